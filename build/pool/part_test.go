package pool

import (
	"math"
	"testing"

	"sparrow/build/simd"
)

// third is the part of an interaction that counts a third.
const third = 255 / 3

// TestGradientOfThirds takes a target that counts a third three times, and
// once in full: the gradient is the same.
func TestGradientOfThirds(t *testing.T) {
	for _, negatives := range []int{0, 9} {
		opt := PoolOptions{Width: 5, Length: 4, MinCount: 1, Epochs: 1, Batch: 3, Negatives: negatives, Seed: 3}
		gradient := func(part uint8, times int) []float32 {
			s := newSequences(small(), opt)
			target := s.targets[17]
			s.part[target] = part
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
		full, thirds := gradient(0, 1), gradient(third, 3)
		for i, want := range full {
			if got := thirds[i]; math.Abs(float64(got-want)) > 1e-5*(1+math.Abs(float64(want))) {
				t.Errorf("%d negatives: gradient of parameter %d is %g by thirds, %g in full", negatives, i, got, want)
			}
		}
	}
}
