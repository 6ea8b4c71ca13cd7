package engine

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/ranking"
	"sparrow/wasm/retrieval"
)

// Judges returns the names of the pointwise models that the bundle carries beside its
// ranker: Query.Judge 1 is the first of them.
func (e *Engine) Judges() []string {
	var names []string
	for i := range e.bundle.Pointwise {
		names = append(names, e.bundle.Pointwise[i].Name)
	}
	return names
}

// rank returns the candidates found in the order of the ranker or of the judge that q
// names, best first, ties by row; or in the order in which they were found.
func (e *Engine) rank(q *Query, found []retrieval.Candidate) []ranking.Ranked {
	switch {
	case q.Unranked:
		ranked := make([]ranking.Ranked, len(found))
		for i, c := range found {
			ranked[i] = ranking.Ranked{Row: c.Row, Score: c.Score}
		}
		return ranked
	case q.Judge == 0:
		return e.ranker.Rank(q.History, scored(found))
	}
	rows := make([]catalog.Row, len(found))
	for i, c := range found {
		rows[i] = c.Row
	}
	if e.judges == nil {
		e.judges = make([]*ranking.Judge, len(e.bundle.Pointwise))
	}
	judge := &e.judges[q.Judge-1]
	if *judge == nil {
		*judge = ranking.NewJudge(&e.bundle.Pointwise[q.Judge-1], e.catalog, &e.bundle.Statistics)
	}
	logits := make([]float32, len(rows))
	(*judge).Logits(logits, q.History, rows, q.Now)
	ranked := make([]ranking.Ranked, len(rows))
	for to, from := range catalog.Sorted(len(rows), func(a, b int32) bool {
		return logits[a] > logits[b] || logits[a] == logits[b] && rows[a] < rows[b]
	}) {
		ranked[to] = ranking.Ranked{Row: rows[from], Score: logits[from]}
	}
	return ranked
}
