package main

import (
	"cmp"
	"slices"

	"sparrow/build/embedding"
	"sparrow/build/evaluation"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/retrieval"
)

// unquantized returns the retrieval model in float32, as it was trained, as a
// method: beside the bundle's own figures it tells what int8 costs.
func unquantized(p *embedding.Pool) evaluation.Method {
	return evaluation.Method{Name: "retrieval float32", New: func() evaluation.Recommender {
		return &floats{p, make([]float32, p.D), make([]float32, p.N), make([]catalog.Row, 0, p.N)}
	}}
}

type floats struct {
	p      *embedding.Pool
	user   []float32 // [D]
	scores []float32 // [N]
	rows   []catalog.Row
}

// Recommend returns the k movies outside h with the highest scores, ties by row.
func (f *floats) Recommend(h feature.History, k int) []catalog.Row {
	p := f.p
	clear(f.user)
	for i := range min(p.L, len(h)) {
		e := h[len(h)-1-i]
		w := p.Position[i] * p.Level[retrieval.LevelOf(e.Stars)]
		for c, v := range p.In[int(e.Row)*p.D : (int(e.Row)+1)*p.D] {
			f.user[c] += float32(w * v)
		}
	}
	seen := make(map[catalog.Row]bool, len(h))
	for _, e := range h {
		seen[e.Row] = true
	}
	f.rows = f.rows[:0]
	for r := range p.N {
		s := p.Bias[r]
		for c, v := range p.Out[r*p.D : (r+1)*p.D] {
			s += float32(v * f.user[c])
		}
		f.scores[r] = s
		if !seen[catalog.Row(r)] {
			f.rows = append(f.rows, catalog.Row(r))
		}
	}
	slices.SortFunc(f.rows, func(a, b catalog.Row) int {
		return cmp.Or(cmp.Compare(f.scores[b], f.scores[a]), cmp.Compare(a, b))
	})
	return f.rows[:min(k, len(f.rows))]
}
