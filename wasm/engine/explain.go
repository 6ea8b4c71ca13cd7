package engine

import (
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/ranking"
)

// Contribution is one feature's share of a score.
type Contribution = ranking.Contribution

// Explain returns what each feature contributes to the score of item r for q,
// the same score that Recommend gives it among the candidates of q. An item that
// is not one of them is scored beside them; one of the history is scored as if
// the visitor had not said anything of it yet.
func (e *Engine) Explain(q Query, r catalog.Row) ranking.Explanation {
	q.History = without(q.History, r)
	candidates := e.retrieve(&q, Candidates)
	at := -1
	for i, c := range candidates {
		if c.Row == r {
			at = i
		}
	}
	if at < 0 {
		at = len(candidates)
		candidates = append(candidates, feature.Candidate{Row: r, Score: e.retriever.Scores(q.History)[r]})
	}
	return e.explained(e.ranker.Explain(q.History, candidates, at), q.History, r)
}

// explained adds to what explains the ranker's score of item r what the profile
// contributes, so that the parts sum to the score that a list has.
func (e *Engine) explained(x ranking.Explanation, h feature.History, r catalog.Row) ranking.Explanation {
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
	at := 0
	for at < len(x.Contributions) && max(x.Contributions[at].Amount, -x.Contributions[at].Amount) >= own.Amount {
		at++
	}
	x.Score, x.Contributions = blended[0].Score, slices.Insert(x.Contributions, at, own)
	return x
}

// ProfileFeature is the name of the profile's score among the contributions.
const ProfileFeature = "profile"

// without returns h without the event of item r.
func without(h feature.History, r catalog.Row) feature.History {
	for i, ev := range h {
		if ev.Row == r {
			return append(h[:i:i], h[i+1:]...)
		}
	}
	return h
}
