package engine

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine/enginetest"
)

// planted returns n unit vectors around the first axes, so many around each as sizes has.
func planted(rng *rand.Rand, width int, sizes ...int) (vectors []float32, n int) {
	for axis, size := range sizes {
		for range size {
			v := make([]float32, width)
			v[axis] = 1
			var sum float64
			for i := range v {
				v[i] += float32(rng.Float64()-0.5) * 0.2
				sum += float64(v[i]) * float64(v[i])
			}
			for i := range v {
				v[i] /= float32(math.Sqrt(sum))
			}
			vectors, n = append(vectors, v...), n+1
		}
	}
	return vectors, n
}

// TestGatherFindsWhatIsPlanted: groups around different axes are found with their sizes;
// one group is one; and there are never more than are allowed.
func TestGatherFindsWhatIsPlanted(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 9))
	for _, sizes := range [][]int{{7}, {10, 1}, {5, 4, 3}, {2, 2, 2, 2, 2}, {3, 3, 3, 3, 3, 3, 3, 3}} {
		vectors, n := planted(rng, 12, sizes...)
		centres, got, of := gather(vectors, n, 12)
		for k, s := range got {
			if m := count(of, k); m != int(s) {
				t.Errorf("group %d of %v has %d members", k, got, m)
			}
		}
		slices.Sort(got)
		slices.Reverse(got)
		if len(sizes) <= mostInterests {
			for i, s := range sizes {
				if len(got) != len(sizes) || got[i] != float32(s) {
					t.Errorf("groups of %v, want %v", got, sizes)
					break
				}
			}
		} else if len(got) != mostInterests {
			t.Errorf("%d groups of %v, want %d", len(got), sizes, mostInterests)
		}
		for _, c := range centres {
			var sum float64
			for _, x := range c {
				sum += float64(x) * float64(x)
			}
			if math.Abs(sum-1) > 1e-5 {
				t.Errorf("a middle of length %v", math.Sqrt(sum))
			}
		}
	}
}

// TestInterestsHaveTheirShares: of likes of two kinds both are wanted in proportion,
// whatever their order, and each candidate is of the kind that it is like, or of none; likes of
// one kind are not divided.
func TestInterestsHaveTheirShares(t *testing.T) {
	e := New(enginetest.Parity(90)) // even and odd items are two kinds
	all := make([]catalog.Row, 90)
	for i := range all {
		all[i] = catalog.Row(i)
	}
	vectors := e.Describe(all)
	likes := []catalog.Row{2, 11, 40, 8, 60, 34, 14, 71}
	target := e.interests(likes, vectors, 0.2)
	if target == nil || len(target.Wanted) != 2 {
		t.Fatalf("two kinds are divided as %+v", target)
	}
	slices.Reverse(likes)
	again := e.interests(likes, vectors, 0.2)
	if !slices.Equal(target.Wanted, again.Wanted) {
		t.Errorf("backwards they are divided as %v, and %v before", again.Wanted, target.Wanted)
	}
	if want := []float32{0.75, 0.25}; !slices.Equal(target.Wanted, want) {
		t.Errorf("wanted %v, want %v", target.Wanted, want)
	}
	known := 0
	for r, of := range target.Of {
		if len(of) > 0 {
			known++
			if int(of[0]) != r%2 {
				t.Errorf("item %d is of interest %d", r, of[0])
			}
		}
	}
	if known < 60 {
		t.Errorf("%d of 90 candidates are of an interest", known)
	}
	if got := e.interests([]catalog.Row{2, 40, 8, 60}, vectors, 0.2); got != nil {
		t.Errorf("one kind is divided as %+v", got)
	}
}

// count returns how many of s are v.
func count(s []int, v int) (n int) {
	for _, x := range s {
		if x == v {
			n++
		}
	}
	return n
}
