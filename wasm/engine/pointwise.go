package engine

import (
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/ranking"
	"sparrow/wasm/retrieval"
	"sparrow/wasm/vec"
)

// Models returns the names of the pointwise models that the bundle carries
// beside its ranker, in the bundle's order: each may be a Query.Model.
func (e *Engine) Models() []string {
	names := make([]string, len(e.bundle.Pointwise))
	for i := range names {
		names[i] = e.bundle.Pointwise[i].Name
	}
	return names
}

// rank returns the candidates found in the order of the model that q names, best
// first, ties by row; or in the order in which they were found.
func (e *Engine) rank(q *Query, found []retrieval.Candidate) []ranking.Ranked {
	switch {
	case q.Unranked:
		ranked := make([]ranking.Ranked, len(found))
		for i, c := range found {
			ranked[i] = ranking.Ranked{Row: c.Row, Score: c.Score}
		}
		return ranked
	case q.Model == "":
		return e.ranker.Rank(q.History, scored(found))
	}
	rows := make([]catalog.Row, len(found))
	for i, c := range found {
		rows[i] = c.Row
	}
	if e.pointwise == nil {
		e.pointwise = make([]*ranking.PointwiseRanker, len(e.bundle.Pointwise))
	}
	at := slices.Index(e.Models(), q.Model)
	if at < 0 {
		panic("engine: there is no such model")
	}
	ranker := &e.pointwise[at]
	if *ranker == nil {
		*ranker = ranking.NewPointwiseRanker(&e.bundle.Pointwise[at], e.catalog, &e.bundle.Statistics)
	}
	logits := make([]float32, len(rows))
	(*ranker).Logits(logits, q.History, rows, q.Now)
	ranked := make([]ranking.Ranked, len(rows))
	for to, from := range vec.Sorted(len(rows), func(a, b int32) bool {
		return logits[a] > logits[b] || logits[a] == logits[b] && rows[a] < rows[b]
	}) {
		ranked[to] = ranking.Ranked{Row: rows[from], Score: logits[from]}
	}
	return ranked
}
