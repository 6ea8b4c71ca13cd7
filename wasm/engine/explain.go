package engine

import (
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
	return e.ranker.Explain(q.History, candidates, at)
}

// without returns h without the event of item r.
func without(h feature.History, r catalog.Row) feature.History {
	for i, ev := range h {
		if ev.Row == r {
			return append(h[:i:i], h[i+1:]...)
		}
	}
	return h
}
