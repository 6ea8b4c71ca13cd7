package session

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/protocol"
)

// mostInstead is how many items are named that come up in place of another.
const mostInstead = 3

// whatIf answers with what the list would be had the visitor not spoken of one item.
func (s *Session) whatIf(a *protocol.Answer, q *protocol.Request) {
	r, ok := s.catalog.Row(q.ID)
	if !ok {
		unknownItem(a, q.ID)
		return
	}
	if len(q.Exclude) != 1 {
		badRequest(a, "One item of the history is left out.")
		return
	}
	left, ok := s.catalog.Row(q.Exclude[0])
	if !ok {
		unknownItem(a, q.Exclude[0])
		return
	}
	if badLeaning(a, q) {
		return
	}
	list := *q
	list.Exclude = nil
	with := s.plan(&list, ListVariety).queries[0]
	with.Filter = s.filter(a, &list)
	if a.Error != nil {
		return
	}
	with.Because = false
	other := with.Without(left)
	if len(other.History) == len(with.History) {
		badRequest(a, "The history has nothing of the item that is left out.")
		return
	}
	before, after := s.engine.Recommend(with), s.engine.Recommend(other)
	a.Before, a.After = place(before, r), place(after, r)
	for i := range after {
		if row := after[i].Row; row != r && row != left && place(before, row) == 0 && len(a.Cards) < mostInstead {
			a.Cards = append(a.Cards, *s.cardOf(row))
		}
	}
}

// place returns the place of item r on a list, from 1; 0 where it is not there.
func place(list []engine.Recommendation, r catalog.Row) int {
	for i := range list {
		if list[i].Row == r {
			return i + 1
		}
	}
	return 0
}
