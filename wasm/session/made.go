package session

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/experiment"
	"sparrow/wasm/protocol"
)

// made is what the engine made of a plan: a list for each query, and what each was
// chosen from.
type made struct {
	plan  *plan
	lists [2][]engine.Recommendation
	found [2][]catalog.Row

	asked   protocol.Request
	profile *profile // of the visitor
}

// list returns the list that answers q by plan p. Where q asks for the reasons of
// the last list, this is that list, unless the visitor said something since, or items are excluded.
func (s *Session) list(p *plan, q *protocol.Request) *made {
	m := s.made
	again := q.Reasons == protocol.Alone && m != nil && m.profile == s.profile && m.asked.Verb == q.Verb && m.asked.Variety == q.Variety && m.asked.Now == q.Now &&
		m.asked.K == q.K && m.asked.Genre == q.Genre && m.asked.Decade == q.Decade && m.asked.Filter == q.Filter && m.asked.Repeat == q.Repeat &&
		len(m.asked.Exclude)+len(q.Exclude) == 0
	if !again {
		m = &made{plan: p, asked: *q, profile: s.profile}
		s.made = m
	}
	for i := range p.n {
		if again {
			s.engine.Attribute(s.profile.history, m.found[i], m.lists[i])
		} else {
			m.lists[i], m.found[i] = s.engine.RecommendAmong(&p.queries[i])
		}
	}
	return m
}

// draft returns the one list of m, or what becomes of the two that share it, each item
// with the number of its team, and with what rules pin to its places.
func (s *Session) draft(m *made) []engine.Recommendation {
	p := m.plan
	list := m.lists[0]
	if p.n > 1 {
		list = m.share()
	}
	return s.engine.Pin(&p.queries[0], list)
}

// share returns what becomes of the two lists of m.
func (m *made) share() []engine.Recommendation {
	p := m.plan
	var rows [2][]catalog.Row
	for i := range rows {
		for j := range m.lists[i] {
			rows[i] = append(rows[i], m.lists[i][j].Row)
		}
	}
	picks := experiment.Draft(rows[0], rows[1], p.queries[0].K, p.chance)
	list := make([]engine.Recommendation, len(picks))
	for i, pick := range picks {
		list[i] = m.lists[pick.Team][pick.At]
		list[i].Team = pick.Team
	}
	return list
}
