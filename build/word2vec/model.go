package word2vec

import (
	"math"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

// Model is vectors of items, of length 1. A user is the mean of the items that they
// liked last; the original Sparrow RecSys takes all that they saw, disliked or not.
type Model struct {
	N, D, L int
	Vectors []float32 // [N×D]; zeros for an item without
}

// liked are the items that users liked, by their number among those that are liked often enough.
type liked struct {
	row       []catalog.Row // [M]
	sentences [][]int32     // a user each, oldest first, two items or more
}

func newLiked(d *dataset.Dataset, least int) *liked {
	counts := make([]int, d.Catalog.Len())
	each := func(f func(u int, r catalog.Row)) {
		for u := range d.Start {
			for _, e := range d.Of(u) {
				if (feature.Event{Row: e.Row, Stars: float32(e.Stars) / 2}).Positive() {
					f(u, e.Row)
				}
			}
		}
	}
	each(func(_ int, r catalog.Row) { counts[r]++ })
	number := make([]int32, len(counts))
	l := &liked{}
	for r, n := range counts {
		number[r] = -1
		if n >= least {
			number[r] = int32(len(l.row))
			l.row = append(l.row, catalog.Row(r))
		}
	}
	all := make([][]int32, len(d.Start))
	each(func(u int, r catalog.Row) {
		if number[r] >= 0 {
			all[u] = append(all[u], number[r])
		}
	})
	for _, s := range all {
		if len(s) > 1 {
			l.sentences = append(l.sentences, s)
		}
	}
	return l
}

// model returns trained vectors by catalog row.
func (l *liked) model(v []float32, n int, opt Options) *Model {
	m := &Model{N: n, D: opt.Width, L: opt.Length, Vectors: make([]float32, n*opt.Width)}
	for i, r := range l.row {
		row := m.Vectors[int(r)*m.D:][:m.D]
		copy(row, v[i*m.D:])
		var squares float64
		for _, x := range row {
			squares += float64(x) * float64(x)
		}
		if squares > 0 {
			for k := range row {
				row[k] /= float32(math.Sqrt(squares))
			}
		}
	}
	return m
}

// Scores stores the cosine of every item's vector and the user's, times the user's
// length, in dst, [N]; -2 for an item without a vector. It may be called from several goroutines.
func (m *Model) Scores(dst []float32, h feature.History) {
	u := make([]float32, m.D)
	for i, n := len(h)-1, 0; i >= 0 && n < m.L; i-- {
		if h[i].Positive() {
			n++
			for k, v := range m.Vectors[int(h[i].Row)*m.D:][:m.D] {
				u[k] += v / float32(m.L)
			}
		}
	}
	for r := range dst {
		row := m.Vectors[r*m.D:][:m.D]
		var dot, squares float32
		for k, v := range row {
			dot += float32(v * u[k])
			squares += float32(v * v)
		}
		dst[r] = dot
		if squares == 0 {
			dst[r] = -2
		}
	}
}
