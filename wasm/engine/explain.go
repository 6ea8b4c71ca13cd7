package engine

import (
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/ranking"
	"sparrow/wasm/vec"
)

// Contribution is one feature's share of a score, and Explanation has those of all.
type (
	Contribution = ranking.Contribution
	Explanation  = ranking.Explanation
)

// Explain returns what each feature contributes to the score of item r for q,
// the same score that Recommend gives it among the candidates of q, before boosts. An item that
// is not one of them is scored beside them; one of the history is scored as if
// the visitor had not said anything of it yet.
func (e *Engine) Explain(q Query, r catalog.Row) Explanation {
	q = q.Without(r)
	candidates := e.retrieve(&q, Candidates)
	at := -1
	for i, c := range candidates {
		if c.Row == r {
			at = i
		}
	}
	if at < 0 {
		at = len(candidates)
		candidates = append(candidates, feature.Candidate{Row: r, Score: e.retriever.Scores(e.turns(q.History)[0])[r]})
	}
	turns := e.turns(q.History)
	parts := []Explanation{e.ranker.Explain(turns[0], candidates, at)}
	if len(turns) > 1 {
		e.ranker.Score(turns[0], candidates)
		feature.Best(candidates)
		candidates = candidates[:min(roundsOf, len(candidates))]
		at = slices.IndexFunc(candidates, func(c feature.Candidate) bool { return c.Row == r })
	}
	for i := 1; i < len(turns) && at >= 0; i++ {
		e.retriever.Sample(rowsOf(candidates)).Score(candidates, turns[i], len(turns[i]))
		parts = append(parts, e.ranker.Explain(turns[i], candidates, at))
	}
	x := mean(parts)
	return e.explained(x, q.History, r)
}

// mean returns the mean of explanations: of the scores, and of the contributions of
// each feature.
func mean(parts []Explanation) (x Explanation) {
	if len(parts) == 1 {
		return parts[0]
	}
	n := float32(len(parts))
	for _, y := range parts {
		x.Score += y.Score
		x.Base += y.Base / n
		for _, c := range y.Contributions {
			at := slices.IndexFunc(x.Contributions, func(d Contribution) bool {
				return d.Feature == c.Feature && d.Genre == c.Genre && d.Row == c.Row
			})
			if at < 0 {
				at = len(x.Contributions)
				x.Contributions = append(x.Contributions, Contribution{Feature: c.Feature, Genre: c.Genre, Row: c.Row})
			}
			x.Contributions[at].Amount += c.Amount / n
			x.Contributions[at].Value += c.Value / n
		}
	}
	x.Score /= n
	largest(&x)
	return x
}

// largest puts the contributions of x in the order of their magnitude, ties as they
// are.
func largest(x *Explanation) {
	was := x.Contributions
	x.Contributions = nil
	for _, from := range vec.Sorted(len(was), func(a, b int32) bool {
		return max(was[a].Amount, -was[a].Amount) > max(was[b].Amount, -was[b].Amount)
	}) {
		x.Contributions = append(x.Contributions, was[from])
	}
}

// explained adds to what explains the ranker's score of item r what the profile
// contributes, so that the parts sum to the score that a list has.
func (e *Engine) explained(x Explanation, h feature.History, r catalog.Row) Explanation {
	p := e.bundle.Profile
	if p == nil || p.Gate.Share(h) == 0 {
		return x
	}
	share := p.Gate.Share(h)
	blended := []feature.Candidate{{Row: r, Score: x.Score}}
	p.Blend(blended, h, e.scratch.score)
	x.Base *= 1 - share
	for i := range x.Contributions {
		x.Contributions[i].Amount *= 1 - share
	}
	own := Contribution{Feature: ProfileFeature, Amount: share * e.scratch.score[r], Genre: -1, Row: catalog.None}
	x.Contributions = slices.DeleteFunc(x.Contributions, func(c Contribution) bool {
		if c.Feature == own.Feature { // the ranker reads it, too
			own.Amount, own.Value = own.Amount+c.Amount, c.Value
			return true
		}
		return false
	})
	at := 0
	for at < len(x.Contributions) && max(x.Contributions[at].Amount, -x.Contributions[at].Amount) >= max(own.Amount, -own.Amount) {
		at++
	}
	x.Score, x.Contributions = blended[0].Score, slices.Insert(x.Contributions, at, own)
	return x
}

// ProfileFeature is the name of the profile's score among the contributions: of what the
// ranker makes of it and of what is added to that.
var ProfileFeature = feature.ProfileScore.String()

// without returns h without the event of item r.
func without(h feature.History, r catalog.Row) feature.History {
	for i, ev := range h {
		if ev.Row == r {
			return append(h[:i:i], h[i+1:]...)
		}
	}
	return h
}
