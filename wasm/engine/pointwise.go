package engine

import (
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/ranking"
)

// pointwise is a [ranking.PointwiseRanker]; its code is linked by newPointwise alone.
type pointwise interface {
	Score(h feature.History, candidates []feature.Candidate, now int64)
	Rank(h feature.History, candidates []feature.Candidate, now int64)
}

func newPointwise(p *ranking.Pointwise, c *catalog.Catalog, s *feature.Statistics) pointwise {
	return ranking.NewPointwiseRanker(p, c, s)
}

// Models returns the names of the pointwise models that the bundle carries
// beside its ranker, in the bundle's order: each may be a Query.Model.
func (e *Engine) Models() []string {
	names := make([]string, len(e.bundle.Pointwise))
	for i := range names {
		names[i] = e.bundle.Pointwise[i].Name
	}
	return names
}

// rank lets the model that q names score and sort the candidates, best first,
// ties by row; or leaves them as retrieval found them.
func (e *Engine) rank(q *Query, candidates []feature.Candidate) {
	switch {
	case q.Unranked:
	case q.Model == "":
		e.score(q.History, candidates)
		ranking.Place(candidates)
	default:
		e.pointwiseRanker(q.Model).Rank(q.History, candidates, q.Now)
	}
}

// pointwiseRanker returns the ranker of the model called name, made when it is
// first asked for. It panics if there is no such model, as in an engine of
// [OpenLists] there is none.
func (e *Engine) pointwiseRanker(name string) pointwise {
	if e.pointwise == nil {
		e.pointwise = make([]pointwise, len(e.bundle.Pointwise))
	}
	at := slices.Index(e.Models(), name)
	if at < 0 || e.newPointwise == nil {
		panic("engine: there is no such model")
	}
	if e.pointwise[at] == nil {
		e.pointwise[at] = e.newPointwise(&e.bundle.Pointwise[at], e.catalog, &e.bundle.Statistics)
	}
	return e.pointwise[at]
}
