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

	request protocol.Request // that was answered, and
	profile *profile         // for whom
}

// list returns the list that answers q by plan p. Where q asks for the reasons of
// the list before, this is that list, unless the visitor said something since.
func (s *Session) list(p *plan, q *protocol.Request) *made {
	m := s.owed
	s.owed = nil
	if q.Reasons == protocol.Alone && m != nil && m.answers(q, s.profile) {
		for i := range p.n {
			s.engine.Attribute(m.profile.history, m.found[i], m.lists[i])
		}
		return m
	}
	m = &made{plan: p, request: *q, profile: s.profile}
	for i := range p.n {
		m.lists[i], m.found[i] = s.engine.RecommendAmong(&p.queries[i])
	}
	if q.Reasons == protocol.Later {
		s.owed = m
	}
	return m
}

// answers reports whether m was made for q and a visitor of that profile.
func (m *made) answers(q *protocol.Request, p *profile) bool {
	r := &m.request
	return m.profile == p && r.Verb == q.Verb && r.Genre == q.Genre && r.Decade == q.Decade &&
		r.K == q.K && r.Variety == q.Variety && r.Now == q.Now
}

// draft returns the one list of m, or what becomes of the two that share it, each item
// with the number of its team.
func (m *made) draft() []engine.Recommendation {
	p := m.plan
	if p.n == 1 {
		return m.lists[0]
	}
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
