package session

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// search answers with the items whose names fit.
func (s *Session) search(a *protocol.Answer, q *protocol.Request) {
	among := s.among(a, q, catalog.None)
	if a.Error != nil {
		return
	}
	k := q.K
	if among != nil {
		k = mostCards // so that enough are left
	}
	hits := s.engine.Search(q.Query, k)
	a.Cards = make([]protocol.Card, 0, min(q.K, len(hits)))
	for _, hit := range hits {
		if len(a.Cards) == q.K || !among.Has(hit.Row) {
			continue
		}
		a.Cards = a.Cards[:len(a.Cards)+1]
		card, name := &a.Cards[len(a.Cards)-1], hit.Name
		s.card(card, hit.Row)
		if name == "" {
			name = s.catalog.Titles[hit.Row]
		}
		card.Also = s.also(hit.Row, name)
	}
	for _, word := range s.engine.Lacking() {
		a.Values = append(a.Values, protocol.Value{Text: word})
	}
}

// also returns a name of item r where it is not shown as its title, else "".
func (s *Session) also(r catalog.Row, name string) string {
	if name == s.title(r) {
		return ""
	}
	return name
}

func (s *Session) prepareSearch() bool { return s.engine.PrepareSearch() }
