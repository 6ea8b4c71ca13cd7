package embedding

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/build/dataset"
)

// third is the part of an interaction that counts a third.
const third = 255 / 3

// TestThreeThirds has three users whose second movie counts a third each, and
// one for whom it counts in full: the crowd's counts are the same.
func TestThreeThirds(t *testing.T) {
	once := []dataset.Interaction{{Row: 0, At: 100}, {Row: 1, At: 200, Stars: 7}}
	thirds := []dataset.Interaction{{Row: 0, At: 100, Part: third}, {Row: 1, At: 200, Stars: 7, Part: third}}
	a, b := of(2, once), of(2, thirds, thirds, thirds)
	if diff := cmp.Diff(Statistics(a, 50), Statistics(b, 50)); diff != "" {
		t.Errorf("Statistics (-once in full +three thirds):\n%s", diff)
	}
	opt := TransitionOptions{Window: 2, Smoothing: 1, Longest: 2, Least: 0.1}
	if diff := cmp.Diff(Transition(a, opt), Transition(b, opt)); diff != "" {
		t.Errorf("Transition (-once in full +three thirds):\n%s", diff)
	}
}

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
			transpose(tr.outT, tr.params.out, tr.params.m, tr.params.d)
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
