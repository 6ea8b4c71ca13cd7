package session

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// named answers with the items that the entries of q name, such as those of a list that somebody
// sent: each once, at most mostCards.
func (s *Session) named(a *protocol.Answer, q *protocol.Request) {
	shown := map[catalog.ID]bool{}
	for _, e := range q.Entries {
		if shown[e.ID] || len(shown) == mostCards {
			continue
		}
		shown[e.ID] = true
		if r, ok := s.catalog.Row(e.ID); ok {
			a.Cards = append(a.Cards, *s.cardOf(r))
		} else {
			a.Unknown = append(a.Unknown, e.ID)
		}
	}
}
