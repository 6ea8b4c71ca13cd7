package engine

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/rerank"
)

// Scores returns the score of each of rows for q, in the order of rows: what a list among exactly these
// would put them in order by, lowered where they resemble an item of q.Disliked, before variety has a say. One that the
// model gives no finite score has the lowest of all. Each row stands in rows once.
func (e *Engine) Scores(q *Query, rows []catalog.Row) []float32 {
	all := e.retriever.Scores(e.turns(q.History)[0])
	candidates := make([]feature.Candidate, len(rows))
	for i, r := range rows {
		candidates[i] = feature.Candidate{Row: r, Score: all[r]}
	}
	feature.Best(candidates) // as retrieval hands them on
	e.rank(q, candidates)
	candidates = finite(candidates)
	e.weigh(candidates)
	if len(q.Disliked) > 0 {
		rerank.PushDown(candidates, e.Describe(rowsOf(candidates)), e.Describe(q.Disliked), dislikeStrength)
	}
	lowest := float32(0)
	place := make(map[catalog.Row]int, len(candidates))
	for i, c := range candidates {
		place[c.Row] = i
		if v := c.Value(); i == 0 || v < lowest {
			lowest = v
		}
	}
	scores := make([]float32, len(rows))
	for i, r := range rows {
		scores[i] = lowest
		if at, ok := place[r]; ok {
			scores[i] = candidates[at].Value()
		}
	}
	return scores
}
