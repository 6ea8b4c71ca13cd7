package engine

import (
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/ranking"
	"sparrow/wasm/retrieval"
)

// Models returns the names of the pointwise models that the bundle carries
// beside its ranker, in the bundle's order: each may be a Query.Model.
func (e *Engine) Models() []string {
	var names []string
	for i := range e.bundle.Pointwise {
		names = append(names, e.bundle.Pointwise[i].Name)
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
	logits := make([]float32, len(rows))
	e.pointwiseRanker(q.Model).Logits(logits, q.History, rows, q.Now)
	ranked := make([]ranking.Ranked, len(rows))
	for to, from := range catalog.Sorted(len(rows), func(a, b int32) bool {
		return logits[a] > logits[b] || logits[a] == logits[b] && rows[a] < rows[b]
	}) {
		ranked[to] = ranking.Ranked{Row: rows[from], Score: logits[from]}
	}
	return ranked
}

// pointwiseRanker returns the ranker of the first pointwise model called name.
// It panics if there is none.
func (e *Engine) pointwiseRanker(name string) *ranking.PointwiseRanker {
	at := slices.Index(e.Models(), name)
	if at < 0 {
		panic("engine: there is no model called " + name)
	}
	if e.pointwise == nil {
		e.pointwise = make([]*ranking.PointwiseRanker, len(e.bundle.Pointwise))
	}
	if e.pointwise[at] == nil {
		e.pointwise[at] = ranking.NewPointwiseRanker(&e.bundle.Pointwise[at], e.catalog, &e.bundle.Statistics)
	}
	return e.pointwise[at]
}
