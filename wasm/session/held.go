package session

import (
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/filter"
	"sparrow/wasm/protocol"
)

// own are the verbs whose cards are what the visitor said of items themself, or what a file of theirs speaks of: a
// request that is held to a filter has all of them, so that everything that a profile holds can be seen, taken back
// and saved.
var own = []protocol.Verb{
	protocol.Recent, protocol.Profile, protocol.History, protocol.Steps, protocol.Interests, protocol.Act, protocol.Amend, protocol.Undo, protocol.Match,
}

// outside returns the items that do not meet the filter that a request is held to; nil for "". For a filter that
// cannot be read it makes a an error.
func (s *Session) outside(a *protocol.Answer, held string) filter.Set {
	if held == "" {
		return nil
	}
	meet, err := s.engine.Meeting(held)
	if err != nil {
		refuse(a, "filter", "The "+err.Error()+".")
		return nil
	}
	set := filter.All(s.catalog.Len())
	for i := range set {
		set[i] &^= meet[i]
	}
	return set
}

// allows reports whether item r meets the filter that the request is held to.
func (s *Session) allows(r catalog.Row) bool {
	return s.blocking == nil || s.blocking.outside == nil || !s.blocking.outside.Has(r)
}

// refuseOutside makes a an error where q is about an item that it may not show. Lists of ids that the page has kept
// are no such question: of them [Session.siftHeld] leaves the others.
func (s *Session) refuseOutside(a *protocol.Answer, q *protocol.Request) {
	if q.ID == "" || q.Verb == protocol.Summarize || q.Verb == protocol.Fresh || slices.Contains(own, q.Verb) {
		return
	}
	for _, r := range s.basket(new(protocol.Answer), q.ID) {
		if !s.allows(r) {
			refuse(a, "held", "The item \""+string(q.ID)+"\" is outside of what this profile is held to.")
			return
		}
	}
}

// siftHeld takes what q may not show out of its answer, whatever made that. Lists of which the engine chooses are
// without it before, so that they are as long as others.
func (s *Session) siftHeld(a *protocol.Answer, q *protocol.Request) {
	if a.Error != nil || slices.Contains(own, q.Verb) {
		return
	}
	if a.Item != nil && !s.shows(a.Item) {
		a.Item = nil
	}
	a.Cards = s.siftCards(a.Cards, &a.Points)
	for i := range a.Shelves {
		if shelf := &a.Shelves[i]; shelf.Kind != "interest" {
			shelf.Cards = s.siftCards(shelf.Cards, new(protocol.Points))
		}
	}
}

// shows reports whether a card may be shown.
func (s *Session) shows(c *protocol.Card) bool {
	r, ok := s.catalog.Row(c.ID)
	return !ok || s.allows(r)
}

// siftCards returns the cards that may be shown, in place, and leaves their points.
func (s *Session) siftCards(cards []protocol.Card, at *protocol.Points) []protocol.Card {
	n := 0
	for i := range cards {
		if !s.shows(&cards[i]) {
			continue
		}
		if n < i {
			cards[n] = cards[i]
		}
		if i < len(at.X) {
			at.X[n], at.Y[n] = at.X[i], at.Y[i]
		}
		n++
	}
	at.X, at.Y = at.X[:min(n, len(at.X))], at.Y[:min(n, len(at.Y))]
	return cards[:n]
}
