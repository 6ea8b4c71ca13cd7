package embedding

import (
	"math/rand/v2"

	"sparrow/wasm/catalog"
)

// sample keeps so many of the vectors that it is offered, each with the same chance.
// Source: Vitter, Random sampling with a reservoir, ACM TOMS 1985, algorithm R.
type sample struct {
	most    int
	rng     *rand.Rand
	offered int
	items   []catalog.Row
	vectors []float32 // [items×W]
}

func newSample(most int, seed uint64) *sample {
	return &sample{most: most, rng: rand.New(rand.NewPCG(seed, 0))}
}

// offer offers the vector of an item, which is copied.
func (s *sample) offer(item catalog.Row, v []float32) {
	s.offered++
	if len(s.items) < s.most {
		s.items, s.vectors = append(s.items, item), append(s.vectors, v...)
		return
	}
	if at := s.rng.IntN(s.offered); at < s.most {
		s.items[at] = item
		copy(s.vectors[at*len(v):], v)
	}
}

// evenly returns n items of the sample, or all where it has fewer, and the columns of their
// vectors, [W×n].
func (s *sample) evenly(n, w int) (items []catalog.Row, columns []float32) {
	n = min(n, len(s.items))
	items, columns = make([]catalog.Row, n), make([]float32, w*n)
	for i := range n {
		at := i * len(s.items) / n
		items[i] = s.items[at]
		for c, x := range s.vectors[at*w:][:w] {
			columns[c*n+i] = x
		}
	}
	return items, columns
}
