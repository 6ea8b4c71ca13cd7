package session

import (
	"sparrow/wasm/engine"
	"sparrow/wasm/experiment"
	"sparrow/wasm/protocol"
	"sparrow/wasm/retrieval"
)

const (
	// drawSeconds is for how long what chance decides stays decided: a list must not
	// be another one each time the visitor comes back to its page.
	drawSeconds = 1800

	ListVariety = 0.2 // of recommendations, where neither page nor experiment says
)

// Enrol tells the session which experiments there are, who the visitor is in
// them, and what is trending. It replaces what was told before.
func (s *Session) Enrol(e experiment.Enrolment) {
	s.enrolment, s.trending, s.made = e, nil, nil
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
	queries [2]engine.Query
	n       int      // queries in use
	teams   []string // the arms of two queries
	chance  func(n uint64) float64
}

// plan returns how to answer q with the arms that are active. Where q leaves the
// variety open it is that of an arm, else usual.
func (s *Session) plan(q *protocol.Request, usual float32) *plan {
	p := new(plan)
	first, open := &p.queries[0], q.Variety < 0
	s.query(first, q)
	if open {
		first.Variety = usual
	}
	var shared *experiment.Assigned
	for i := range s.arms {
		in := &s.arms[i]
		s.apply(first, in, q.Now, open)
		if len(in.Arm.Interleave) > 0 {
			shared = in
		}
	}
	p.n = 1
	if shared == nil {
		return p
	}
	p.n, p.teams, p.queries[1] = 2, shared.Arm.Interleave, *first
	for i, name := range p.teams {
		if arm := shared.Layer.ArmNamed(name); arm != nil {
			s.apply(&p.queries[i], &experiment.Assigned{Layer: shared.Layer, Arm: arm}, q.Now, open)
		}
	}
	p.chance = s.chance(shared, q.Now)
	return p
}

// apply makes the query that of an arm, but for its variety where it is not open.
func (s *Session) apply(query *engine.Query, in *experiment.Assigned, now int64, open bool) {
	a := in.Arm
	if m := a.Mix; m != nil {
		query.Mix = &retrieval.Mix{Transition: m.Transition, Popular: m.Popular, Trending: m.Trending}
	}
	if a.Variety != nil && open {
		query.Variety = *a.Variety
	}
	if a.Explore != nil {
		query.Explore, query.Chance = *a.Explore, s.chance(in, now)
	}
}

// chance returns what decides in a layer for the visitor at this time.
func (s *Session) chance(in *experiment.Assigned, now int64) func(uint64) float64 {
	return experiment.SeedOf(in.Layer.Salt, s.enrolment.Visitor, now/drawSeconds).Uniform
}

// layers returns the layers that a list in the answer to q depends on, whichever
// arm the visitor is in: those of models, and where it is recommended also those
// of lists.
func (s *Session) layers(q *protocol.Request, recommended bool) []string {
	matter := experiment.ChangesBundle
	if recommended {
		matter |= experiment.ChangesMix | experiment.Interleaves
		if q.Draw == 0 {
			matter |= experiment.ChangesExplore
		}
		if q.Variety < 0 {
			matter |= experiment.ChangesVariety
		}
	}
	var names []string
	for i := range s.arms {
		if l := s.arms[i].Layer; l.Changes()&matter != 0 {
			names = append(names, l.Name)
		}
	}
	return names
}
