package vec

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestPushAllIsPushInTurn pushes lists with many ties in pieces of every
// length, some left out.
func TestPushAllIsPushInTurn(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		n, k := rng.IntN(90), rng.IntN(20)
		scores, skip := make([]float32, n), make([]bool, n)
		for i := range scores {
			scores[i], skip[i] = float32(rng.IntN(9)-4)/2, rng.IntN(4) == 0
		}
		var got, want TopK
		got.Reset(k)
		want.Reset(k)
		for i, s := range scores {
			if !skip[i] {
				want.Push(s, int32(i))
			}
		}
		for from := 0; from < n; {
			to := min(n, from+1+rng.IntN(50))
			got.PushAll(scores[from:to], int32(from), skip[from:])
			from = to
		}
		if g, w := got.Sorted(), want.Sorted(); !slices.Equal(g, w) {
			t.Fatalf("the best %d of %v without %v = %v, want %v", k, scores, skip, g, w)
		}
	}
}

func TestAboveIsThePortableOne(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for n := range 80 {
		scores := make([]float32, n)
		for range 40 {
			clear(scores)
			if n > 0 {
				scores[rng.IntN(n)], scores[rng.IntN(n)] = 1, float32(rng.IntN(2))
			}
			from := rng.IntN(n + 1)
			if got, want := above(scores, 0.5, from), abovePortable(scores, 0.5, from); got != want {
				t.Fatalf("above(%v, 0.5, %d) = %d, want %d", scores, from, got, want)
			}
		}
	}
}
