package session

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// hold chooses the items of the list that q asks for where it has to keep to quotas: what is
// answered then is of these alone. For quotas that cannot be read it makes a an error.
func (s *Session) hold(a *protocol.Answer, q *protocol.Request) {
	switch q.Verb {
	case protocol.Browse, protocol.Item, protocol.Basket, protocol.Recommend:
	default:
		return
	}
	quotas, err := s.engine.Quotas(q.Max, q.Min, q.Spread)
	if err != nil {
		refuse(a, "filter", "The "+err.Error()+".")
	}
	if quotas == nil {
		return
	}
	longer, first := *q, q.Offset
	longer.Offset, longer.Reasons = 0, protocol.Later
	s.only = s.engine.Within(quotas, first+q.K, func(n int) []catalog.Row {
		longer.K = n
		var all protocol.Answer
		s.fill(&all, &longer)
		rows := make([]catalog.Row, len(all.Cards))
		for i := range rows {
			rows[i], _ = s.catalog.Row(all.Cards[i].ID)
		}
		return rows
	})
}
