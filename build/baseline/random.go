package baseline

import (
	"math/rand/v2"

	"sparrow/wasm/feature"
)

// Random scores items by chance, again for each history: the floor that every
// other method must leave far below. The draw follows from the seed and the history
// alone, so that the order of the questions does not matter.
type Random uint64

// Scores stores a number in [0, 1) for each item in dst, [N].
func (seed Random) Scores(dst []float32, h feature.History) {
	of := uint64(seed)
	for _, e := range h {
		of = of*0x9e3779b97f4a7c15 + uint64(e.Row) + 1
	}
	rng := rand.New(rand.NewPCG(uint64(seed), of))
	for i := range dst {
		dst[i] = rng.Float32()
	}
}
