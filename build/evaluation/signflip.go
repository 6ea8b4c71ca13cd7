package evaluation

import (
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
)

// SignFlip returns the two-sided p-value of the hypothesis that the paired
// differences, one a user, are as likely d as -d: the share of random signs, and of
// those of the data once more, whose sum is as far from 0 or farther. It is a
// permutation test that swaps the two methods' names user by user; 1 when all
// differences are 0.
// Source: Fisher, The design of experiments, 1935, section 21; the one more: Phipson &
// Smyth, Permutation p-values should never be zero, SAGMB 2010.
func SignFlip(differences []float64, o Resampling) float64 {
	d := slices.DeleteFunc(slices.Clone(differences), func(x float64) bool { return x == 0 })
	var observed, scale float64
	for _, x := range d {
		observed += x
		scale += math.Abs(x)
	}
	least := math.Abs(observed) - 1e-12*scale // rounding must not make a tie less
	workers := min(runtime.GOMAXPROCS(0), o.Rounds)
	far := make([]int, workers)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for round := w; round < o.Rounds; round += workers {
				if math.Abs(flipped(d, rand.NewPCG(o.Seed, uint64(round)))) >= least {
					far[w]++
				}
			}
		})
	}
	wg.Wait()
	count := 1
	for _, n := range far {
		count += n
	}
	return float64(count) / float64(o.Rounds+1)
}

// flipped returns the sum of d with random signs.
func flipped(d []float64, bits *rand.PCG) float64 {
	var sum float64
	for len(d) > 0 {
		word, part := bits.Uint64(), d[:min(64, len(d))]
		for i, x := range part {
			// The sign is the top bit of a float64.
			sum += math.Float64frombits(math.Float64bits(x) ^ word>>i<<63)
		}
		d = d[len(part):]
	}
	return sum
}
