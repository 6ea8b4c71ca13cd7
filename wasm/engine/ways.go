package engine

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/quant"
)

// Way is one way to compare items: an ingredient of [Engine.Similar] alone.
type Way int

const (
	ByTaste  Way = iota // cosine of the retrieval model's output vectors
	ByNext              // transitions that lead from the item to the other, against the strongest
	ByGenres            // cosine of TF-IDF vectors, as with the next two
	ByTags
	ByTitle // of words of the title
	ways
)

// Alike returns the k items most like item r, as [Engine.SimilarPinned] does, and
// for each way to compare the at most k that are most like it in that way alone,
// best first, ties by popularity, scored 0 to 1: never r itself, none that has
// nothing in common with it, and none whose title may share a word by chance.
func (e *Engine) Alike(r catalog.Row, k int) (mixed []Similar, alone [ways][]Recommendation) {
	mixed = e.SimilarPinned(r, k, nil) // leaves what it compared in the scratch memory
	s := &e.scratch
	e.cosines(s.score, r)
	for w, values := range [ways][]float32{s.score, s.followed, s.genre, s.tags, s.title} {
		values[r] = 0
		if shown := e.overlay.shown; shown != nil {
			for other := range values {
				if !shown.Has(catalog.Row(other)) {
					values[other] = 0 // as what has nothing in common
				}
			}
		}
		list := plain(e.best(values, k))
		n, least := 0, float32(0)
		if Way(w) == ByTitle {
			least = titleNoise
		}
		for n < len(list) && values[list[n].Row] > least {
			list[n].Score = min(1, values[list[n].Row])
			n++
		}
		alone[w] = list[:n]
	}
	return mixed, alone
}

// cosines stores in dst, which is [N], what cosine returns for r and each item.
func (e *Engine) cosines(dst []float32, r catalog.Row) {
	out := &e.bundle.Retrieval.Out
	row, _ := out.Row(int(r))
	products := make([]int32, len(dst))
	quant.Dots(products, out.Data, row)
	for i, p := range products {
		dst[i] = float32(p) * e.inverse[r] * e.inverse[i]
	}
}
