package session

import (
	"slices"

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

	asked    protocol.Request
	blocking *blocking // then
	profile  *profile  // of the visitor
}

// list returns the list that answers q by plan p. Where q asks for the reasons of
// the last list, this is that list, unless the visitor said something since, or items are excluded.
func (s *Session) list(p *plan, q *protocol.Request) *made {
	m := s.made
	again := q.Reasons == protocol.Alone && m != nil && m.profile == s.profile && m.blocking == s.blocking && sameList(&m.asked, q)
	if !again {
		m = &made{plan: p, asked: *q, blocking: s.blocking, profile: s.profile}
		s.made = m
	}
	for i := range p.n {
		if again {
			s.engine.Attribute(s.profile.asked, m.found[i], m.lists[i])
		} else {
			m.lists[i], m.found[i] = s.engine.RecommendAmong(&p.queries[i])
		}
	}
	return m
}

// sameList reports whether two requests have the same list as answer, whatever they exclude apart.
func sameList(a, b *protocol.Request) bool {
	l, m := &a.Leaning, &b.Leaning
	return a.Verb == b.Verb && a.Variety == b.Variety && a.Now == b.Now && a.K == b.K && a.Genre == b.Genre && a.Decade == b.Decade &&
		a.Filter == b.Filter && a.Repeat == b.Repeat && len(a.Exclude)+len(b.Exclude) == 0 && a.Draw == b.Draw &&
		l.Popularity == m.Popularity && l.Familiarity == m.Familiarity && l.Recency == m.Recency && slices.Equal(l.Genres, m.Genres)
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
