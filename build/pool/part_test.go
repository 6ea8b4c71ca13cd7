package pool

import (
	"math"
	"testing"

	"sparrow/build/dataset"
	"sparrow/build/simd"
)

// third is the part of an interaction that counts a third.
const third = 255 / 3

// TestGradientOfThirds takes a target that counts a third three times, and
// once in full: the gradient is the same. One of three times the confidence of the
// mean that counts a third is one in full, too.
func TestGradientOfThirds(t *testing.T) {
	for _, negatives := range []int{0, 9} {
		opt := PoolOptions{Width: 5, Length: 4, MinCount: 1, Epochs: 1, Batch: 3, Negatives: negatives, Seed: 3}
		gradient := func(part uint8, sure uint16, times int) []float32 {
			s := newSequences(small(), opt)
			target := s.targets[17]
			s.weights[target] = float32(dataset.Interaction{Part: part, Confidence: sure}.Target())
			tr := newTrainer(s, opt)
			simd.Transpose(tr.outT, tr.params.out, tr.params.d, tr.params.m)
			h := tr.shards[0]
			batch := make([]int32, times)
			for i := range batch {
				batch[i] = target
			}
			h.run(batch, 1)
			return h.grad.all
		}
		full, thirds, sure := gradient(0, 0, 1), gradient(third, 0, 3), gradient(third, 3*4096, 1)
		for i, want := range full {
			for name, got := range map[string]float32{"by thirds": thirds[i], "a third of three times": sure[i]} {
				if math.Abs(float64(got-want)) > 1e-5*(1+math.Abs(float64(want))) {
					t.Errorf("%d negatives: gradient of parameter %d is %g %s, %g in full", negatives, i, got, name, want)
				}
			}
		}
	}
}
