package pipeline

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

// exact returns a model of n items whose user vectors are those of the last event's item.
func exact(n, d int) *float32Model {
	rng := rand.New(rand.NewPCG(1, 2))
	x := &float32Model{out: make([]float32, n*d), bias: make([]float32, n)}
	for i := range x.out {
		x.out[i] = float32(rng.NormFloat64())
	}
	for r := range x.bias {
		x.bias[r] = float32(rng.IntN(3))
	}
	x.user = func() func(h feature.History) []float32 {
		return func(h feature.History) []float32 { return x.out[int(h[len(h)-1].Row)*d:][:d] }
	}
	return x
}

// TestFloatListsAreOfTheSortedCatalog compares lists with all items sorted, of which a
// third have the same vector and many the same score.
func TestFloatListsAreOfTheSortedCatalog(t *testing.T) {
	const n, d = 301, 16
	x := exact(n, d)
	for r := 0; r < n; r += 3 {
		copy(x.out[r*d:(r+1)*d], x.out)
	}
	recommender := x.method().New()
	for last := range catalog.Row(n) {
		h := feature.History{{Row: (last + 7) % n}, {Row: last}}
		scores := slices.Clone(x.bias)
		var rows []catalog.Row
		for r := range scores {
			for c, v := range x.out[r*d : (r+1)*d] {
				scores[r] += float32(v * x.out[int(last)*d+c])
			}
			if row := catalog.Row(r); row != h[0].Row && row != last {
				rows = append(rows, row)
			}
		}
		slices.SortFunc(rows, func(a, b catalog.Row) int {
			return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(a, b))
		})
		if got := recommender.Recommend(h, 10); !slices.Equal(got, rows[:10]) {
			t.Fatalf("after %d: %v, want %v", last, got, rows[:10])
		}
	}
}

func BenchmarkFloatList(b *testing.B) {
	x := exact(200_000, 64)
	recommender := x.method().New()
	for i := 0; b.Loop(); i++ {
		recommender.Recommend(feature.History{{Row: catalog.Row(i % 1000)}}, 10)
	}
}
