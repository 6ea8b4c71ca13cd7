package session

import (
	"math"
	"strconv"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// change is the last act: undo takes it back, and an amendment takes its place.
// It lives in memory alone, so that what was taken back is not kept anywhere.
type change struct {
	id            catalog.ID
	before, after state
}

// act appends one entry to the profile and settles it. An entry without a moment
// gets the request's, and one that is older than the last, since a clock was set
// back, the last one's: the log stays in the order in which things were said.
// Clear leaves an item of which only the watchlist speaks on the watchlist; Forget
// is for items that the catalog does not know, too.
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
	text := fault(&e)
	if e.Action == protocol.Note {
		text = "a note comes in by " + string(protocol.Import)
	}
	if text != "" {
		badRequest(a, "This cannot be noted: "+text+".")
		return
	}
	if !ok && e.Action != protocol.Forget {
		unknownItem(a, e.ID)
		return
	}
	before := s.state()
	if q.Verb == protocol.Amend && s.last != nil && s.last.id == e.ID && before.equal(s.last.after) {
		before = s.last.before
		s.goBack()
	}
	after := before
	n := len(before.log)
	if n > 0 {
		e.At = max(e.At, before.log[n-1].At)
	}
	if e.Action != protocol.Clear || judged(before.log, e.ID) {
		after.log = settle(append(before.log[:n:n], e))
	}
	if e.Action == protocol.Forget {
		after.notes = pick(before.notes, e.ID, true)
	}
	if len(after.log) > maxEntries {
		badRequest(a, fullText)
		return
	}
	s.last = &change{e.ID, before, after}
	s.commit(after, q.Now)
	if ok {
		a.Item = s.cardOf(r)
	}
}

// judged reports whether log says of item id more than that it is on the
// watchlist.
func judged(log []protocol.Entry, id catalog.ID) bool {
	for i := range log {
		if log[i].ID == id && log[i].Action != protocol.Watchlist {
			return true
		}
	}
	return false
}

const fullText = "Nothing was changed: your profile is full, it holds 20,000 entries. Export it and forget some items, or erase it, to go on."

// goBack makes the profile what it was before the last act, which it holds since, and forgets that step.
func (s *Session) goBack() {
	if n := len(s.steps); n > 0 && !s.last.before.equal(s.last.after) {
		s.steps = s.steps[:n-1]
	}
	s.become(s.last.before)
}

// undo takes the last act back, or the step of q. If another page has changed the profile since
// the act, its item alone becomes what it was.
func (s *Session) undo(a *protocol.Answer, q *protocol.Request) {
	if q.Step != 0 {
		s.takeBack(a, q)
		return
	}
	if s.last == nil {
		badRequest(a, "There is nothing to take back.")
		return
	}
	last := s.last
	if s.state().equal(last.after) {
		s.goBack()
	} else {
		s.commit(state{
			merge(pick(s.log, last.id, true), pick(last.before.log, last.id, false)),
			noted(pick(s.notes, last.id, true), pick(last.before.notes, last.id, false)),
		}, q.Now)
	}
	s.last = nil
	if r, ok := s.catalog.Row(last.id); ok {
		a.Item = s.cardOf(r)
	}
}

// erase empties the profile for good.
func (s *Session) erase(*protocol.Answer, *protocol.Request) {
	s.last, s.steps = nil, nil
	s.become(state{})
}

// importEntries takes q.Without out of the profile and merges q.Entries into it: all of them
// or, when one is not valid, none. What they take back again is not in it. An entry without a
// moment gets the request's, unless the profile says the same of its item already. Total counts
// the items of this catalog that they speak of; others are kept too, for a catalog that
// knows them, and Unknown names them. The answer's Entries are those that the profile did not have:
// an import with them as Without takes this one back, but for a View that an older opinion made needless.
func (s *Session) importEntries(a *protocol.Answer, q *protocol.Request) {
	gone, goneNotes := split(q.Without)
	log, notes := without(s.log, gone), without(s.notes, goneNotes)
	entries := undated(append(log[:len(log):len(log)], notes...), q.Entries)
	for i := range entries {
		e := &entries[i]
		if e.At == 0 {
			e.At = q.Now
		}
		if text := fault(e); text != "" {
			badRequest(a, "Nothing was imported, because of entry "+strconv.Itoa(i+1)+": "+text+".")
			return
		}
	}
	entries, anew := split(byTime(entries))
	entries = settle(entries)
	after := state{merge(log, entries), noted(notes, anew)}
	if len(after.log) > maxEntries || tooLong(after.notes) {
		badRequest(a, fullText)
		return
	}
	a.Entries = append(without(after.log, log), without(after.notes, notes)...)
	s.commit(after, q.Now)
	entries = grouped(append(entries, anew...))
	for i := range entries {
		if i > 0 && entries[i].ID == entries[i-1].ID {
			continue
		}
		if _, ok := s.catalog.Row(entries[i].ID); ok {
			a.Total++
		} else {
			a.Unknown = append(a.Unknown, entries[i].ID)
		}
	}
}

// listProfile lists the log item by item as grouped orders it, with a card an
// item; the card of one that this catalog does not know has only its id.
func (s *Session) listProfile(a *protocol.Answer, _ *protocol.Request) {
	a.Entries, a.Taste = grouped(append(s.log[:len(s.log):len(s.log)], s.notes...)), s.taste()
	for i := range a.Entries {
		id := a.Entries[i].ID
		if i > 0 && id == a.Entries[i-1].ID {
			continue
		}
		card := protocol.Card{ID: id}
		if r, ok := s.catalog.Row(id); ok {
			s.card(&card, r)
		}
		a.Cards = append(a.Cards, card)
	}
	a.Total = len(a.Cards)
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
