package engine

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/ranking"
	"sparrow/wasm/retrieval"
)

// Retrieve returns the k best candidates for q before they are ranked, by the
// retrieval model's score, ties by row: the first stage alone, for evaluation.
// q.Variety, q.Disliked and q.K do not matter.
func (e *Engine) Retrieve(q Query, k int) []retrieval.Candidate { return e.retrieve(&q, k) }

func (e *Engine) retrieve(q *Query, k int) []retrieval.Candidate {
	for i := range e.scratch.skip {
		e.scratch.skip[i] = q.Filter != everything && !e.keeps(q.Filter, catalog.Row(i))
	}
	for _, r := range q.Exclude {
		e.scratch.skip[r] = true
	}
	mix := q.Mix
	if mix == nil {
		mix = &retrieval.DefaultMix
	}
	return e.retriever.Mixed(nil, q.History, e.scratch.skip, k, *mix, q.Trending)
}

// everything is the filter that keeps all movies.
var everything = Filter{Genre: AllGenres}

// scored returns the candidates as the ranker takes them.
func scored(found []retrieval.Candidate) []feature.Candidate {
	out := make([]feature.Candidate, len(found))
	for i, c := range found {
		out[i] = feature.Candidate{Row: c.Row, Score: c.Score}
	}
	return out
}

// Contribution is one feature's share of a score.
type Contribution = ranking.Contribution

// Explain returns what each feature contributes to the score of movie r for q,
// the same score that Recommend gives it among the candidates of q. A movie that
// is not one of them is scored beside them; one of the history is scored as if
// the visitor had not said anything of it yet.
func (e *Engine) Explain(q Query, r catalog.Row) ranking.Explanation {
	q.History = without(q.History, r)
	candidates := scored(e.retrieve(&q, Candidates))
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

// without returns h without the event of movie r.
func without(h feature.History, r catalog.Row) feature.History {
	for i, ev := range h {
		if ev.Row == r {
			return append(h[:i:i], h[i+1:]...)
		}
	}
	return h
}

// appetite returns how much a visitor with history h is drawn to each movie,
// whether or not it is popular: the cosine of the user vector and the movie's
// output vector against the largest one, 0 where it is negative; nil without a
// history.
func (e *Engine) appetite(h feature.History) []float32 {
	if len(h) == 0 {
		return nil
	}
	model := &e.bundle.Retrieval
	appetite := make([]float32, e.catalog.Len())
	var top float32
	for r, s := range e.retriever.Scores(h) {
		if scale := model.Out.Scale[r]; scale > 0 {
			appetite[r] = max(0, (s-model.Bias[r])*e.inverse[r]/scale)
			top = max(top, appetite[r])
		}
	}
	if top > 0 {
		for r := range appetite {
			appetite[r] /= top
		}
	}
	return appetite
}
