package retrieval

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/quant"
	"sparrow/wasm/vec"
)

// wideModel returns a model of n items and a user; many items are copies of
// another, so that scores tie.
func wideModel(n, d int) (*Model, []float32) {
	rng := rand.New(rand.NewPCG(1, uint64(n)))
	out := make([]float32, n*d)
	for i := range out {
		out[i] = float32(rng.NormFloat64())
	}
	m := &Model{Out: quant.Quantize(out, n, d), Bias: make([]float32, n)}
	for r := range m.Bias {
		m.Bias[r] = float32(rng.IntN(3))
		if from := rng.IntN(n); from%3 == 0 {
			copy(m.Out.Data[r*d:][:d], m.Out.Data[from*d:][:d])
			m.Out.Scale[r], m.Bias[r] = m.Out.Scale[from], m.Bias[from]
		}
	}
	u := make([]float32, d)
	for i := range u {
		u[i] = float32(rng.NormFloat64())
	}
	return m, u
}

// plainScores is the formula, item by item.
func plainScores(m *Model, u []float32) []float32 {
	q := quant.Quantize(u, 1, len(u))
	query, scale := q.Row(0)
	scores := make([]float32, m.Out.Rows)
	for r := range scores {
		row, own := m.Out.Row(r)
		var product int32
		for c, v := range row {
			product += int32(v) * int32(query[c])
		}
		scores[r] = float32(float32(scale*own)*float32(product)) + m.Bias[r]
	}
	return scores
}

// TestScanIsThePlainFormulaToTheBit holds blocks, what is left of one, single
// items and the best of all to the formula, sorted.
func TestScanIsThePlainFormulaToTheBit(t *testing.T) {
	for _, n := range []int{1, 15, block - 1, block, block + 1, 2*block + 17} {
		for _, d := range []int{4, 32, 50, 64} {
			m, u := wideModel(n, d)
			want, got := plainScores(m, u), make([]float32, n)
			m.Scores(got, u)
			s := m.scan(u)
			skip := make([]bool, n)
			for r := range got {
				if bits := math.Float32bits(want[r]); math.Float32bits(got[r]) != bits || math.Float32bits(s.score(catalog.Row(r))) != bits {
					t.Fatalf("N=%d D=%d: score of %d = %v and %v alone, want %v", n, d, r, got[r], s.score(catalog.Row(r)), want[r])
				}
				skip[r] = r%7 == 3
			}
			for _, k := range []int{0, 1, 100, n + 1} {
				var all, best vec.TopK
				all.Reset(k)
				best.Reset(k)
				for r, v := range want {
					if !skip[r] {
						all.Push(v, int32(r))
					}
				}
				s.best(&best, skip)
				if g, w := best.Sorted(), all.Sorted(); !slices.Equal(g, w) {
					t.Fatalf("N=%d D=%d: the best %d are %v, want %v", n, d, k, g, w)
				}
			}
		}
	}
}

// BenchmarkTop is the best 100 of all items: by blocks, and with the plain
// formula and a heap as the reference beside it.
func BenchmarkTop(b *testing.B) {
	for _, n := range []int{62000, 1000000} {
		m, u := wideModel(n, 64)
		skip := make([]bool, n)
		var top vec.TopK
		b.Run(fmt.Sprintf("N=%d/scan", n), func(b *testing.B) {
			for b.Loop() {
				s := m.scan(u)
				top.Reset(100)
				s.best(&top, skip)
				top.Sorted()
			}
		})
		b.Run(fmt.Sprintf("N=%d/plain", n), func(b *testing.B) {
			for b.Loop() {
				top.Reset(100)
				least := top.Least()
				for r, v := range plainScores(m, u) {
					if v > least && !skip[r] {
						top.Push(v, int32(r))
						least = top.Least()
					}
				}
				top.Sorted()
			}
		})
	}
}
