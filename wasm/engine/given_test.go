package engine

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/quant"
)

// given returns b with vectors that were not learned, all of which lean one way, and that no
// one has chosen anything of.
func given(b *bundle.Bundle) *bundle.Bundle {
	rng, n, d := rand.New(rand.NewPCG(5, 6)), b.Catalog.Len(), b.Retrieval.Out.Cols
	v := make([]float32, n*d)
	for i := range v {
		v[i] = float32(rng.NormFloat64())
		if i%d == 0 {
			v[i] += 3
		}
	}
	m := &b.Retrieval
	m.Given, m.In, m.Out = true, quant.Quantize(v, n, d), quant.Quantize(v, n, d)
	b.Statistics.Count, b.Statistics.Trend = make([]uint32, n), make([]float32, n)
	b.Transition.Start, b.Transition.Items, b.Transition.Weights = make([]uint32, n+1), nil, nil
	return b
}

// TestGivenVectorsAreComparedAsTheyAre: where nothing else tells items apart, what is similar
// is what has the nearest vectors, by plain cosine, though no one knows the items; and no one
// is said to like two of them.
func TestGivenVectorsAreComparedAsTheyAre(t *testing.T) {
	b := given(enginetest.Parity(80))
	c := b.Catalog
	for r := range c.IDs {
		c.Titles[r], c.Years[r], c.Genres[r], c.Tags[r] = string(rune('一'+r)), 0, nil, nil
	}
	e := New(b)
	for r := range catalog.Row(80) {
		want := make([]catalog.Row, 0, 79)
		for other := range catalog.Row(80) {
			if other != r {
				want = append(want, other)
			}
		}
		slices.SortStableFunc(want, func(x, y catalog.Row) int { return cmp.Compare(e.rawCosine(r, y), e.rawCosine(r, x)) })
		for i, s := range e.Similar(r, 5) {
			if s.Score <= 0 || e.rawCosine(r, s.Row) < e.rawCosine(r, want[i])-1e-6 {
				t.Fatalf("of %d: %v at %d, score %v, want %v", r, s.Row, i, s.Score, want[i])
			}
		}
	}
	for r := range c.IDs {
		b.Statistics.Count[r] = 100
	}
	for _, s := range New(b).Similar(0, 5) {
		if kind, _ := e.Likeness(&s, 0); kind == SharedPeople {
			t.Errorf("the same people are said to like 0 and %d", s.Row)
		}
	}
}

// TestGivenVectorsLead: beside them genre and year move what is as near, and no more.
func TestGivenVectorsLead(t *testing.T) {
	b := enginetest.Parity(12)
	d := b.Retrieval.Out.Cols
	v := make([]float32, 12*d)
	for r := range 12 {
		v[d*r+r%2] = 1
	}
	b.Retrieval.Given, b.Retrieval.In, b.Retrieval.Out = true, quant.Quantize(v, 12, d), quant.Quantize(v, 12, d)
	b.Transition.Start, b.Transition.Items, b.Transition.Weights = make([]uint32, 13), nil, nil
	b.Catalog.Genres[0], b.Catalog.Genres[2], b.Catalog.Genres[1] = []uint8{0}, []uint8{1}, []uint8{0}
	list := New(b).Similar(0, 11)
	at := func(r catalog.Row) int { return slices.IndexFunc(list, func(s Similar) bool { return s.Row == r }) }
	if at(2) > at(1) || at(4) > at(2) {
		t.Errorf("the same vector and genre stands at %d, the same vector at %d, the same genre at %d", at(4), at(2), at(1))
	}
}
