package session

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/experiment"
	"sparrow/wasm/protocol"
)

// ofUser answers with what a person of a data set rated, which the request brings, and with the list that Recommend
// makes for a visitor of that profile: outside of experiments, and with reasons about that person. What the visitor
// said themself has no part in it but on the cards, which show it as everywhere. Nothing of the person is kept.
//
// What the visitor blocks, or their profile is held to, is on neither list. The person's list is made of all that they
// rated nevertheless; a reason that would name an item that may not be shown is left out.
func (s *Session) ofUser(a *protocol.Answer, q *protocol.Request) {
	log := s.otherOf(a, q)
	if a.Error != nil {
		return
	}
	them := *s
	them.profile, them.made, them.arms, them.enrolment = fold(s.catalog, log), nil, nil, experiment.Enrolment{}
	them.recommend(a, q)
	if a.Error != nil {
		return
	}
	for i := range a.Cards {
		card := &a.Cards[i]
		r, _ := s.catalog.Row(card.ID)
		own := s.profile.of(r)
		card.Action, card.Stars, card.Watch = own.action, own.stars, own.watch
		var why []protocol.Why
		for _, y := range card.Why {
			if about, ok := s.catalog.Row(y.ID); !ok || s.mayList(about) {
				why = append(why, y)
			}
		}
		card.Why = why
	}
	counts := make([]float32, len(s.catalog.GenreNames))
	for _, r := range them.profile.liked {
		for _, g := range s.catalog.Genres[r] {
			counts[g]++
		}
	}
	for _, g := range most(counts, 1) {
		a.Genres = append(a.Genres, protocol.GenreCount{Name: s.catalog.GenreNames[g], Count: int(counts[g])})
	}
	a.Shelves = []protocol.Shelf{{Kind: protocol.UserRated, Cards: s.rated(a, q.Entries)}}
}

// rated returns the cards of the items that entries name, each once, in this order, at most mostCards, without those
// that may not be listed. It counts the items of this catalog in a.
func (s *Session) rated(a *protocol.Answer, entries []protocol.Entry) (cards []protocol.Card) {
	seen := map[catalog.Row]bool{}
	for i := range entries {
		r, ok := s.catalog.Row(entries[i].ID)
		if !ok || seen[r] {
			continue
		}
		seen[r] = true
		a.Total++
		if s.mayList(r) && len(cards) < mostCards {
			cards = append(cards, *s.cardOf(r))
		}
	}
	return cards
}

// mayList reports whether item r may be on a list: the visitor does not block it, and their profile is not held to others.
func (s *Session) mayList(r catalog.Row) bool { return s.blocking == nil || !s.blocking.set.Has(r) }
