package engine

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/vec"
)

const (
	setShare = 0.5 // of the most that the profile counts, from which on a history is a set
	rounds   = 3   // orders that a set is ranked in
	setLeast = 3   // events of a sitting; one with fewer belongs to the one before
	roundsOf = 100 // candidates that are ranked in the other orders: the best in the first
)

// isSet reports whether the events of h are likes that came together, so that which
// of them was the last says nothing; see [retrieval.Gate.Share]. A ranker that has learned
// what a set is knows what a part of one is, too.
func (e *Engine) isSet(h feature.History) bool {
	p := e.bundle.Profile
	if e.rounds == 1 {
		return p.Gate.Set(h) == 1
	}
	return p != nil && p.Gate.Most > 0 && p.Gate.Share(h) >= setShare*p.Gate.Most
}

// Unordered reports whether h is ranked as a set, in full or in part, so that nothing may be
// said of its last event.
func (e *Engine) Unordered(h feature.History) bool {
	set := e.bundle.Tables().Set
	return e.isSet(h) || set != nil && set(h) > 0
}

// turns returns the orders that h is ranked in, together with the scores' mean: h itself
// where its order means something, and three where it is a set. In the first the
// events of each sitting stand by how much they resemble all others, the most typical
// last, since what reads a history goes by its end; ties by row. In the next ones each
// sitting begins a third and two thirds later, and goes on with what it left
// out. Times stay where they are. So another order of the events in a sitting changes
// nothing, and no single one decides. A ranker that has learned what a set is, over
// pooling, has one order, that of [scattered]: it goes by places only where there are more
// events than it looks at, and those should be any.
func (e *Engine) turns(h feature.History) []feature.History {
	if !e.isSet(h) {
		return []feature.History{h}
	}
	typical := scattered(h)
	if e.rounds > 1 {
		typical = e.typical(h)
	}
	all := make([]feature.History, e.rounds)
	for r := range all {
		all[r] = make(feature.History, 0, len(h))
	}
	for _, s := range h.InSittings(setLeast) {
		order := vec.Sorted(len(s), func(a, b int32) bool {
			x, y := typical[s[a].Row], typical[s[b].Row]
			return x < y || x == y && s[a].Row < s[b].Row
		})
		for r := range all {
			for i := range s {
				ev := s[order[(i+r*len(s)/rounds)%len(s)]]
				ev.At = s[i].At
				all[r] = append(all[r], ev)
			}
		}
	}
	return all
}

// typical returns how much each item of h resembles all of them together.
func (e *Engine) typical(h feature.History) map[catalog.Row]float32 {
	rows := make([]catalog.Row, len(h))
	for i := range h {
		rows[i] = h[i].Row
	}
	vec.Sort(rows, func(a, b catalog.Row) bool { return a < b }) // sums of floats hang on their order
	vectors, width := e.Describe(rows), e.width()
	sum := make([]float32, width)
	for i := range rows {
		for c, v := range vectors[i*width : (i+1)*width] {
			sum[c] += v
		}
	}
	typical := make(map[catalog.Row]float32, len(rows))
	for i, r := range rows {
		typical[r] = vec.Dot(sum, vectors[i*width:])
	}
	return typical
}

// scattered returns a number for each item of h that says nothing of it.
func scattered(h feature.History) map[catalog.Row]float32 {
	number := make(map[catalog.Row]float32, len(h))
	for _, e := range h {
		number[e.Row] = float32(uint32(e.Row) * 2654435761 >> 8) // Knuth, TAOCP 3, 6.4: multiplicative hashing
	}
	return number
}

// score gives the candidates, which retrieval scored for the first of the turns, the
// ranker's score for history h, and moves it towards the profile's. In the other turns
// only the best of the first are scored.
func (e *Engine) score(h feature.History, candidates []feature.Candidate) {
	turns := e.turns(h)
	e.ranker.Score(turns[0], candidates)
	if len(turns) > 1 {
		feature.Best(candidates)
		e.average(candidates[:min(roundsOf, len(candidates))], turns)
	}
	e.bundle.Profile.Blend(candidates, h, e.scratch.score)
}

// average gives the candidates, which are scored for the first of the turns, the mean
// of the scores for all.
func (e *Engine) average(candidates []feature.Candidate, turns []feature.History) {
	among := e.retriever.Sample(rowsOf(candidates))
	sum := scoresOf(candidates)
	for _, turn := range turns[1:] {
		among.Score(candidates, turn, len(turn))
		e.ranker.Score(turn, candidates)
		for i := range sum {
			sum[i] += candidates[i].Score
		}
	}
	for i := range sum {
		candidates[i].Score = sum[i] / float32(len(turns))
	}
}
