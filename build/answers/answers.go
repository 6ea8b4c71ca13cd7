// Package answers runs the engine for many users: as the methods that
// evaluation measures, and as lists for a file of histories.
package answers

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/feature"
	"sparrow/wasm/filter"
)

// Scored is one item of a list.
type Scored struct {
	Row   catalog.Row
	Score float32
}

// Answer recommends k items for a history, best first, without the history's and
// the excluded ones. The list is overwritten by the next call. It is not for
// concurrent use; the bundle of its engine may be shared.
type Answer func(h feature.History, excluded []catalog.Row, k int) []Scored

// Most returns how long a list of a stage, "retrieval" or "ranking", over a catalog of
// that many items can be at most.
func Most(stage string, items int) int {
	if stage == "retrieval" {
		return items
	}
	return min(items, engine.Candidates)
}

// New returns the answers of e, which it keeps, in the order of a stage, "retrieval" or
// "ranking", of the items of a set. again, nil for none, returns what of the next history may be
// recommended all the same.
func New(e *engine.Engine, stage string, among filter.Set, again func() []catalog.Row) Answer {
	var list []Scored
	return func(h feature.History, excluded []catalog.Row, k int) []Scored {
		q := engine.Query{History: h, Exclude: excluded, Filter: engine.Filter{Genre: engine.AllGenres, Among: among}, K: k}
		if again != nil {
			q.Again = again()
		}
		list = list[:0]
		if stage == "retrieval" {
			for _, f := range e.Retrieve(q, max(k, engine.Candidates)) {
				list = append(list, Scored{f.Row, f.Score})
			}
			return list[:min(k, len(list))]
		}
		for _, r := range e.Pin(&q, e.Recommend(q)) {
			list = append(list, Scored{r.Row, r.Score})
		}
		return list
	}
}
