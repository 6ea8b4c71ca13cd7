package collaborative

import (
	"math/rand/v2"

	"sparrow/build/dataset"
	"sparrow/build/evaluation"
	"sparrow/wasm/feature"
)

// Popularity recommends the movies with most interactions in train, whoever asks.
func Popularity(train *dataset.Dataset) evaluation.Method {
	counts := make([]float32, train.Catalog.Len())
	for u := range train.Users {
		for _, e := range train.Of(u) {
			counts[e.Row]++
		}
	}
	return evaluation.Scored("popularity", len(counts), func() evaluation.Scores {
		return func(dst []float32, _ feature.History) { copy(dst, counts) }
	})
}

// Random recommends movies drawn anew for each history. The draw follows from
// seed and history alone, so that the order of the cases does not matter.
func Random(n int, seed uint64) evaluation.Method {
	return evaluation.Scored("random", n, func() evaluation.Scores {
		return func(dst []float32, h feature.History) {
			of := seed
			for _, e := range h {
				of = of*0x9e3779b97f4a7c15 + uint64(e.Row) + 1
			}
			rng := rand.New(rand.NewPCG(seed, of))
			for i := range dst {
				dst[i] = rng.Float32()
			}
		}
	})
}
