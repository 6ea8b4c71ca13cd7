package vec

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestTopKIsTheBeginningOfTheSortedList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// Few values, so that there are ties; -0 is a tie with 0.
		score := rapid.SliceOfN(rapid.SampledFrom([]float32{-3e38, -2, -1.5, -1e-40, negativeZero(), 0, 1e-40, 0.5, 2, 3e38}), 0, 60).Draw(t, "scores")
		k := rapid.IntRange(0, 70).Draw(t, "k")
		want := make([]int32, len(score))
		for i := range want {
			want[i] = int32(i)
		}
		slices.SortStableFunc(want, func(a, b int32) int { return cmp.Compare(score[b], score[a]) })
		var top TopK
		for range 2 { // a TopK may be used again
			top.Reset(k)
			for _, i := range rapid.Permutation(want).Draw(t, "order") {
				top.Push(score[i], i)
			}
			got := []int32{}
			for _, key := range top.Sorted() {
				got = append(got, At(key))
			}
			if !slices.Equal(got, want[:min(k, len(want))]) {
				t.Fatalf("the best %d of %v are %v, want %v", k, score, got, want[:min(k, len(want))])
			}
		}
	})
}

// TestLeastLetsNoneOfTheBestBeMissed pushes only what Least lets through.
func TestLeastLetsNoneOfTheBestBeMissed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		score := rapid.SliceOfN(rapid.SampledFrom([]float32{-3e38, -2, negativeZero(), 0, 0.5, 2, 3e38}), 0, 40).Draw(t, "scores")
		k := rapid.IntRange(0, 50).Draw(t, "k")
		var all, some TopK
		all.Reset(k)
		some.Reset(k)
		for i, s := range score {
			all.Push(s, int32(i))
			if s > some.Least() {
				some.Push(s, int32(i))
			}
		}
		if got, want := some.Sorted(), all.Sorted(); !slices.Equal(got, want) {
			t.Fatalf("the best %d of %v are %v, want %v", k, score, got, want)
		}
	})
}

func negativeZero() float32 {
	zero := float32(0)
	return -zero
}

func TestPushKeyKeepsTheSmallest(t *testing.T) {
	var top TopK
	top.Reset(3)
	for _, key := range []uint64{1 << 63, 9, 4, 1<<64 - 1, 7, 5} {
		top.PushKey(key)
	}
	if got, want := top.Sorted(), []uint64{4, 5, 7}; !slices.Equal(got, want) {
		t.Errorf("the smallest 3 keys are %v, want %v", got, want)
	}
}

// TestNothingAboveTheBoundIsKept: what is at the bound or above it changes nothing, what is
// below is kept.
func TestNothingAboveTheBoundIsKept(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 4))
	for k := range 5 {
		var with, without TopK
		with.Reset(k)
		without.Reset(k)
		for range 100 {
			key := uint64(rng.IntN(50))
			with.PushKey(key)
			if key < without.Bound() {
				without.PushKey(key)
			}
		}
		if a, b := with.Sorted(), without.Sorted(); !slices.Equal(a, b) {
			t.Errorf("of %d: %v, and without those at the bound %v", k, a, b)
		}
	}
}
