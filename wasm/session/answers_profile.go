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
func (s *Session) act(a *protocol.Answer, q *protocol.Request) {
	if len(q.Entries) != 1 {
		badRequest(a, "An action is one entry, no more and no less.")
		return
	}
	e := q.Entries[0]
	if e.At == 0 {
		e.At = q.Now
	}
	r, ok := s.catalog.Row(e.ID)
	if text := fault(&e); text != "" {
		badRequest(a, "This cannot be noted: "+text+".")
	} else if !ok {
		unknownItem(a, e.ID)
	} else if n := len(s.log); n >= maxEntries {
		badRequest(a, fullText)
	} else {
		if n > 0 {
			e.At = max(e.At, s.log[n-1].At)
		}
		s.become(append(s.log[:n:n], e))
		a.Item = s.cardOf(r)
	}
}

const fullText = "Nothing was changed: your profile is full, it holds 20,000 entries. Export it and erase it to start a new one."

// undo takes the last entry back.
func (s *Session) undo(a *protocol.Answer) {
	n := len(s.log)
	if n == 0 {
		badRequest(a, "There is nothing to take back.")
		return
	}
	a.Entries = []protocol.Entry{s.log[n-1]}
	s.become(s.log[:n-1])
	if r, ok := s.catalog.Row(a.Entries[0].ID); ok {
		a.Item = s.cardOf(r)
	}
}

// importEntries merges q.Entries into the profile: all of them or, when one is
// not valid, none. Total counts those of items that this catalog knows; the
// others are kept too, for a catalog that knows them, and Unknown names their
// items, each once.
func (s *Session) importEntries(a *protocol.Answer, q *protocol.Request) {
	entries := slices.Clone(q.Entries)
	seen := make(map[catalog.ID]bool)
	total := 0
	var unknown []catalog.ID
	for i := range entries {
		e := &entries[i]
		if e.At == 0 {
			e.At = q.Now
		}
		if text := fault(e); text != "" {
			badRequest(a, "Nothing was imported, because of entry "+strconv.Itoa(i+1)+": "+text+".")
			return
		}
		if _, ok := s.catalog.Row(e.ID); ok {
			total++
		} else if !seen[e.ID] {
			seen[e.ID] = true
			unknown = append(unknown, e.ID)
		}
	}
	merged := merge(s.log, entries)
	if len(merged) > maxEntries {
		badRequest(a, fullText)
		return
	}
	s.become(merged)
	a.Total, a.Unknown = total, unknown
}

// profile lists the log, with a card an entry; the card of an item that this
// catalog does not know has only its id.
func (s *Session) listProfile(a *protocol.Answer) {
	a.Entries, a.Taste, a.Total = slices.Clone(s.log), s.taste(), len(s.log)
	a.Cards = make([]protocol.Card, len(s.log))
	for i := range s.log {
		a.Cards[i].ID = s.log[i].ID
		if r, ok := s.catalog.Row(s.log[i].ID); ok {
			s.card(&a.Cards[i], r)
		}
	}
}

// taste sums up what the visitor liked: every liked item weighs 1, spread
// evenly over its genres. Without a liked item the shares are empty.
func (s *Session) taste() *protocol.Taste {
	t := &protocol.Taste{}
	genres := make([]float32, len(s.catalog.GenreNames))
	decades := make([]int, math.MaxInt16/10+1) // items of 10·index and the nine years after
	known := 0                                 // liked items with a year
	spread := 0
	for _, r := range s.profile.liked {
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
	for _, ev := range s.profile.history {
		if s.profile.of(ev.Row).action == protocol.Rate {
			sum += ev.Stars
			rated++
		}
	}
	if rated > 0 {
		t.Mean = sum / float32(rated)
	}
	return t
}
