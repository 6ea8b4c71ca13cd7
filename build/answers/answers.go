// Package answers lets the engine answer for many users: as the methods that
// evaluation judges, and as lists for a file of histories.
package answers

import (
	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/feature"
)

// Scored is one item of a list.
type Scored struct {
	Row   catalog.Row
	Score float32
}

// New returns a function that recommends k movies for a history in the order of
// a stage, "retrieval" or "ranking", best first, without the history's and the excluded
// ones. The list is overwritten by the next call. The function is not for
// concurrent use; b may be shared.
func New(b *bundle.Bundle, stage string) func(h feature.History, excluded []catalog.Row, k int) []Scored {
	var list []Scored
	e := engine.New(b)
	return func(h feature.History, excluded []catalog.Row, k int) []Scored {
		q := engine.Query{History: h, Exclude: excluded, Filter: engine.Filter{Genre: engine.AllGenres}, K: k}
		list = list[:0]
		if stage == "retrieval" {
			for _, f := range e.Retrieve(q, max(k, engine.Candidates)) {
				list = append(list, Scored{f.Row, f.Score})
			}
			return list[:min(k, len(list))]
		}
		for _, r := range e.Recommend(q) {
			list = append(list, Scored{r.Row, r.Score})
		}
		return list
	}
}
