package ui

import (
	"slices"

	"sparrow/wasm/protocol"
)

// list requests a list. When one is shown already and the visitor changed
// something, its cards glide to their new places. A list of recommendations is
// shown without reasons, which explain gets, with the cards, when they come.
func (s *store) list(q protocol.Request, shown bool, then func(reply), explain func([]protocol.Card)) {
	q.Now, q.Lang = now(), s.route.lang
	if explain != nil {
		q.Reasons = protocol.Later
	}
	answered := false
	s.client.ask(q, func(r reply) {
		answered = r.seeded
		s.remember(r.Answer)
		if !shown || !s.moving {
			then(r)
			s.redraw()
			s.explain(q, r.Answer, explain)
			return
		}
		s.moving = false
		s.animate(func() {
			then(r)
			s.explain(q, r.Answer, explain)
		})
	})
	s.settled = s.settled && answered
}

// explain requests the reasons of the list that q was answered with. They are
// dropped when another list has taken its place since, or when they are of other
// items, as after a like in another tab.
func (s *store) explain(q protocol.Request, a protocol.Answer, explain func([]protocol.Card)) {
	s.lists++
	list, page := s.lists, s.page
	cards := recommended(&a)
	if explain == nil || len(cards) == 0 {
		return
	}
	q.Reasons = protocol.Alone
	s.client.ask(q, func(r reply) {
		why := recommended(&r.Answer)
		if s.lists != list || s.page != page || len(why) != len(cards) {
			return
		}
		explained := slices.Clone(cards) // what is drawn already must differ
		for i := range why {
			if explained[i].ID != why[i].ID {
				return
			}
			explained[i].Why = why[i].Why
		}
		explain(explained)
		s.redraw()
	})
}

// recommended returns the cards of a that are there for the visitor's history.
func recommended(a *protocol.Answer) []protocol.Card {
	for i := range a.Shelves {
		if a.Shelves[i].Kind == "for-you" {
			return a.Shelves[i].Cards
		}
	}
	return a.Cards
}

// remember keeps the cards of a, so that a page opened from one of them has
// something to show at once.
func (s *store) remember(a protocol.Answer) {
	for _, c := range a.Cards {
		s.cards[c.ID] = c
	}
	for _, shelf := range a.Shelves {
		for _, c := range shelf.Cards {
			s.cards[c.ID] = c
		}
	}
}
