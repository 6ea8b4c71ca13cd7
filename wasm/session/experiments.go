package session

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/experiment"
	"sparrow/wasm/protocol"
	"sparrow/wasm/retrieval"
)

const (
	// drawSeconds is for how long what chance decides stays decided: a list must not
	// be another one each time the visitor comes back to its page.
	drawSeconds = 1800

	listVariety = 0.3 // of recommendations, where neither page nor experiment says
	homeVariety = 0   // of the home page's shelf
)

// Enrol tells the session which experiments there are, who the visitor is in
// them, and what is trending. It replaces what was told before.
func (s *Session) Enrol(e experiment.Enrolment) {
	s.enrolment, s.trending = e, nil
	seen := make([]bool, s.catalog.Len())
	for _, t := range e.Trending {
		if r, ok := s.catalog.Row(t.ID); ok && !seen[r] {
			seen[r] = true
			s.trending = append(s.trending, r)
		}
	}
}

// plan is how the visitor's list is made: from one query, or from two that share
// it.
type plan struct {
	queries []engine.Query
	teams   []string // the arms of two queries
	coin    func(n int) bool
}

// plan returns how to answer q with the arms that are active. Where q leaves the
// variety open it is that of an arm, else usual.
func (s *Session) plan(q *protocol.Request, usual float32) *plan {
	open := q.Variety < 0
	p := &plan{queries: []engine.Query{s.query(q)}}
	if open {
		p.queries[0].Variety = usual
	}
	arms := s.enrolment.Arms(q.Now)
	for _, in := range arms {
		s.apply(&p.queries[0], in.Layer, in.Arm, q.Now, open)
	}
	for _, in := range arms {
		if len(in.Arm.Interleave) == 0 {
			continue
		}
		p.teams = in.Arm.Interleave
		p.queries = append(p.queries, p.queries[0])
		for i, name := range p.teams {
			s.apply(&p.queries[i], in.Layer, in.Layer.ArmNamed(name), q.Now, open)
		}
		seed := s.seed(in.Layer, "/draft", q.Now)
		p.coin = func(n int) bool { return seed.Uniform(uint64(n)) < 0.5 }
	}
	return p
}

// apply makes the query that of an arm, but for its variety where it is not open.
func (s *Session) apply(query *engine.Query, l *experiment.Layer, a *experiment.Arm, now int64, open bool) {
	if m := a.Mix; m != nil {
		query.Mix = &retrieval.Mix{Transition: m.Transition, Popular: m.Popular, Trending: m.Trending}
	}
	if a.Variety != nil && open {
		query.Variety = *a.Variety
	}
	if a.Explore != nil {
		seed := s.seed(l, "/explore", now)
		query.Explore = *a.Explore
		query.Chance = func(place int, r catalog.Row) float64 { return seed.Uniform(uint64(place)<<32 | uint64(r)) }
	}
}

func (s *Session) seed(l *experiment.Layer, purpose string, now int64) experiment.Seed {
	return experiment.SeedOf(l.Salt+purpose, s.enrolment.Visitor, now/drawSeconds)
}

// recommendations makes the list of a plan and returns beside it the arm that
// each movie is of, nil when no two share the list, and how many candidates there
// were for the first.
func (s *Session) recommendations(p *plan) (list []engine.Recommendation, teams []string, candidates int) {
	list, candidates = s.engine.RecommendCounted(p.queries[0])
	if len(p.queries) == 1 {
		return list, nil, candidates
	}
	lists := [2][]engine.Recommendation{list, s.engine.Recommend(p.queries[1])}
	var rows [2][]catalog.Row
	for i := range lists {
		for j := range lists[i] {
			rows[i] = append(rows[i], lists[i][j].Row)
		}
	}
	list = nil
	for _, pick := range experiment.Draft(rows[0], rows[1], p.queries[0].K, p.coin) {
		list = append(list, lists[pick.Team][pick.At])
		teams = append(teams, p.teams[pick.Team])
	}
	return list, teams, candidates
}

// layers returns the layers that an answer to q depends on, whichever arm the
// visitor is in: those of models, and with recommended also those of lists.
func (s *Session) layers(q *protocol.Request, recommended bool) []string {
	var names []string
	for _, in := range s.enrolment.Arms(q.Now) {
		c := in.Layer.Changes()
		if c.Bundle || recommended && (c.Mix || c.Explore || c.Interleave || c.Variety && q.Variety < 0) {
			names = append(names, in.Layer.Name)
		}
	}
	return names
}
