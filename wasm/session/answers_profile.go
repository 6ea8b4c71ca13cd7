package session

import (
	"math"
	"slices"
	"strconv"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// act appends one entry to the profile. An entry without a moment gets the
// request's, and one that is older than the last, since a clock was set back,
// the last one's: the log stays in the order in which things were said.
func (s *Session) act(q protocol.Request) protocol.Answer {
	if len(q.Entries) != 1 {
		return badRequest("An action is one entry, not " + strconv.Itoa(len(q.Entries)) + ".")
	}
	e := q.Entries[0]
	if e.At == 0 {
		e.At = q.Now
	}
	if err := check(e); err != nil {
		return badRequest("This cannot be noted: " + err.Error() + ".")
	}
	r, ok := s.catalog.Row(e.ID)
	if !ok {
		return unknownMovie(e.ID)
	}
	if len(s.log) >= maxEntries {
		return badRequest(fullText)
	}
	if n := len(s.log); n > 0 {
		e.At = max(e.At, s.log[n-1].At)
	}
	s.become(append(s.log[:len(s.log):len(s.log)], e))
	return protocol.Answer{Movie: s.cardOf(r)}
}

var fullText = "Your profile is full: it holds " + strconv.Itoa(maxEntries) + " entries. Nothing was changed. Export it and erase it to start a new one."

// undo takes the last entry back.
func (s *Session) undo() protocol.Answer {
	if len(s.log) == 0 {
		return badRequest("There is nothing to take back.")
	}
	last := s.log[len(s.log)-1]
	s.become(s.log[:len(s.log)-1])
	answer := protocol.Answer{Entries: []protocol.Entry{last}}
	if r, ok := s.catalog.Row(last.ID); ok {
		answer.Movie = s.cardOf(r)
	}
	return answer
}

// importEntries merges q.Entries into the profile: all of them or, when one is
// not valid, none. Total counts those of movies that this catalog knows; the
// others are kept too, for a catalog that knows them, and Unknown names their
// movies, each once.
func (s *Session) importEntries(q protocol.Request) protocol.Answer {
	var answer protocol.Answer
	entries := slices.Clone(q.Entries)
	unknown := make(map[catalog.ID]bool)
	for i := range entries {
		e := &entries[i]
		if e.At == 0 {
			e.At = q.Now
		}
		if err := check(*e); err != nil {
			return badRequest("Nothing was imported, because of entry " + strconv.Itoa(i+1) + ": " + err.Error() + ".")
		}
		if _, ok := s.catalog.Row(e.ID); ok {
			answer.Total++
		} else if !unknown[e.ID] {
			unknown[e.ID] = true
			answer.Unknown = append(answer.Unknown, e.ID)
		}
	}
	merged := merge(s.log, entries)
	if len(merged) > maxEntries {
		return badRequest("Nothing was imported: together with it your profile would have " + strconv.Itoa(len(merged)) +
			" entries, and it holds " + strconv.Itoa(maxEntries) + ".")
	}
	s.become(merged)
	return answer
}

// profile lists the log, with a card an entry; the card of a movie that this
// catalog does not know has only its id.
func (s *Session) profile() protocol.Answer {
	answer := protocol.Answer{Entries: slices.Clone(s.log), Taste: s.taste(), Total: len(s.log)}
	for _, e := range s.log {
		card := protocol.Card{ID: e.ID}
		if r, ok := s.catalog.Row(e.ID); ok {
			card = s.card(r)
		}
		answer.Cards = append(answer.Cards, card)
	}
	return answer
}

// taste sums up what the visitor liked: every liked movie weighs 1, spread
// evenly over its genres. Without a liked movie the shares are empty.
func (s *Session) taste() *protocol.Taste {
	t := &protocol.Taste{}
	genres := make([]float32, len(s.catalog.GenreNames))
	decades := make([]int, math.MaxInt16/10+1)
	known := 0 // liked movies with a year
	spread := 0
	for _, r := range s.meaning.liked {
		of := s.catalog.Genres[r]
		for _, g := range of {
			genres[g] += 1 / float32(len(of))
		}
		if len(of) > 0 {
			spread++
		}
		if y := int(s.catalog.Years[r]); y > 0 {
			decades[y/10]++
			known++
		}
	}
	for {
		top := 0
		for g, part := range genres {
			if part > genres[top] {
				top = g
			}
		}
		if len(genres) == 0 || genres[top] == 0 {
			break
		}
		t.Genres = append(t.Genres, protocol.Share{Label: s.catalog.GenreNames[top], Part: genres[top] / float32(spread)})
		genres[top] = 0
	}
	for decade, n := range decades {
		if n > 0 {
			t.Decades = append(t.Decades, protocol.Share{Label: strconv.Itoa(10 * decade), Part: float32(n) / float32(known)})
		}
	}

	var sum float32
	rated := 0
	for _, ev := range s.meaning.history {
		if s.meaning.of(ev.Row).action == protocol.Rate {
			sum += ev.Stars
			rated++
		}
	}
	if rated > 0 {
		t.Mean = sum / float32(rated)
	}
	return t
}

// cardOf returns the card of movie r, to be changed.
func (s *Session) cardOf(r catalog.Row) *protocol.Card {
	card := s.card(r)
	return &card
}
