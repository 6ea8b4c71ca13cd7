package vec

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestReservoirKeepsWhatAHeapKeeps pushes lists that rise, fall or are in any
// order, with many ties and some left out, one by one and by fours.
func TestReservoirKeepsWhatAHeapKeeps(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	var r Reservoir
	for round := range 4000 {
		n, k := rng.IntN(300), rng.IntN(30)
		scores, skip := make([]float32, n), make([]bool, n)
		for i := range scores {
			skip[i] = rng.IntN(4) < round%5
			scores[i] = float32(rng.IntN(1+rng.IntN(200))-90) / 2
		}
		switch round % 4 {
		case 0:
			slices.Sort(scores)
		case 1:
			slices.Sort(scores)
			slices.Reverse(scores)
		}
		if n > 2 {
			scores[rng.IntN(n)], scores[rng.IntN(n)] = negativeZero(), float32(math.Inf(-1))
		}
		var got, want TopK
		got.Reset(k)
		want.Reset(k)
		r.Reset(k, skip)
		for i, s := range scores {
			if !math.IsInf(float64(s), -1) && !skip[i] {
				want.Push(s, int32(i))
			}
		}
		for from := 0; from < n; {
			if round%2 == 0 || n-from < 8 || rng.IntN(3) == 0 {
				r.Push(scores[from], int32(from))
				from++
				continue
			}
			r.PushFours(scores[from:from+8], []int32{0, 4}, from)
			from += 8
		}
		r.PushInto(&got)
		if g, w := got.Sorted(), want.Sorted(); !slices.Equal(g, w) {
			t.Fatalf("the best %d of %v = %v, want %v", k, scores, g, w)
		}
	}
}

func TestLeastIsTheBeginningOfTheSortedKeys(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for range 4000 {
		keys := make([]uint64, rng.IntN(60))
		for i, v := range rng.Perm(len(keys)) {
			keys[i] = uint64(v)
		}
		k := rng.IntN(70)
		least(keys, k)
		first := keys[:min(k, len(keys))]
		slices.Sort(first)
		for i, v := range first {
			if v != uint64(i) {
				t.Fatalf("the %d smallest of %d are %v", k, len(keys), first)
			}
		}
	}
}
