package session

import (
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/protocol"
)

// mostBasket is how many items of a basket are looked at: the last ones.
const mostBasket = 20

// together answers with what goes with a basket: first what is bought together with it, or
// with [protocol.Next] what people take after its last item, as many as Total says, then what is
// like its items, with what they have in common. Where the first card has no score nothing is
// known, and these are popular items.
func (s *Session) together(a *protocol.Answer, q *protocol.Request) {
	basket := s.basket(a, q.ID)
	if len(basket) == 0 {
		a.Unknown = nil
		unknownItem(a, q.ID)
		return
	}
	if q.Verb == protocol.Next {
		basket = basket[len(basket)-1:]
	}
	among := s.among(a, q, basket[0])
	if a.Error != nil {
		a.Unknown = nil
		return
	}
	var list []engine.Companion
	if q.Verb == protocol.Next {
		list = s.engine.Next(basket[0], q.K, among)
	} else {
		list = s.engine.Together(basket, q.K, among)
	}
	a.Cards = make([]protocol.Card, 0, len(list))
	for i := range list {
		item := &list[i]
		if !item.Linked && item.Score == 0 && i > 0 && list[0].Score > 0 && q.Filter == "" {
			break // popular, as in like
		}
		a.Cards = a.Cards[:i+1]
		card := &a.Cards[i]
		if item.Linked {
			a.Total++
			s.card(card, item.Row)
		} else {
			s.similar(card, &item.Like, item.With)
		}
		card.Score = item.Score
	}
	a.Shows = string(q.Verb)
	if a.Total == 0 {
		a.Shows = likeOrPopular(a.Cards)
	}
}

// basket returns the items that id names: one, or several with commas between, each once.
// Those that are not in this catalog stand in a as unknown. Of more than mostBasket the last
// ones are taken.
func (s *Session) basket(a *protocol.Answer, id catalog.ID) (rows []catalog.Row) {
	if r, ok := s.catalog.Row(id); ok {
		return []catalog.Row{r}
	}
	for begin, i := 0, 0; i <= len(id); i++ {
		if i < len(id) && id[i] != ',' {
			continue
		}
		name := id[begin:i]
		begin = i + 1
		r, ok := s.catalog.Row(name)
		if !ok {
			a.Unknown = append(a.Unknown, name)
		} else if !slices.Contains(rows, r) {
			rows = append(rows, r)
		}
	}
	return rows[max(0, len(rows)-mostBasket):]
}
