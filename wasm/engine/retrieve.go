package engine

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/retrieval"
)

// Retrieve returns the k best candidates for q before they are ranked, by the
// retrieval model's score, ties by row: the first stage alone, for evaluation.
// q.Variety, q.Disliked and q.K do not matter.
func (e *Engine) Retrieve(q Query, k int) []feature.Candidate { return e.retrieve(&q, k) }

func (e *Engine) retrieve(q *Query, k int) []feature.Candidate {
	e.among(q.Filter.Among).Outside(e.scratch.skip)
	if q.Filter.Genre != AllGenres || q.Filter.Decade != 0 {
		for i := range e.scratch.skip {
			e.scratch.skip[i] = !e.keeps(q.Filter, catalog.Row(i))
		}
	}
	for _, r := range q.Exclude {
		e.scratch.skip[r] = true
	}
	mix := retrieval.DefaultMix
	if q.Mix != nil {
		mix = *q.Mix
	}
	mix.Again = q.Again
	if q.Variety > 0 && e.likesRare(q.likes()) {
		mix.Rare = rareShare
	}
	if len(q.Leaning.Genres) > 0 {
		mix.Wanted, mix.Wants = leanWanted, make([]bool, e.catalog.Len())
		for r := range mix.Wants {
			mix.Wants[r] = meets(e.catalog.Genres[r], q.Leaning.Genres)
		}
	}
	mix.Rare += leanRare * float64(max(0, -q.Leaning.Popularity))
	return e.retriever.Mixed(make([]feature.Candidate, 0, min(k, e.catalog.Len())), e.turns(q.History)[0], e.scratch.skip, k, mix, q.Trending)
}
