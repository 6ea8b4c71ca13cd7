package simd

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestElementsEqualThePortableOnes compares bits at lengths around those of lanes.
func TestElementsEqualThePortableOnes(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{0, 1, 15, 16, 17, 48, 100} {
		random := func() []float32 {
			v := make([]float32, n)
			for i := range v {
				v[i] = rng.Float32()
			}
			return v
		}
		x, y := random(), random()
		got, want := slices.Clone(x), slices.Clone(x)
		Add(got, y)
		addPortable(want, y)
		if !slices.Equal(got, want) {
			t.Errorf("n = %d: Add gives %v, want %v", n, got, want)
		}
		g, a, b := random(), random(), random()
		for i := range g {
			g[i] -= 0.5
		}
		got, want = slices.Clone(x), slices.Clone(x)
		gotA, gotB := slices.Clone(a), slices.Clone(b)
		Adam(got, g, gotA, gotB, 0.9, 0.99, 0.1, 1.5, 0.01)
		adamPortable(want, g, a, b, 0.9, 0.99, 0.1, 1.5, 0.01)
		if !slices.Equal(got, want) || !slices.Equal(gotA, a) || !slices.Equal(gotB, b) {
			t.Errorf("n = %d: Adam differs from adamPortable", n)
		}
	}
}

// addPortable is what Add does, value by value.
func addPortable(dst, x []float32) {
	dst = dst[:len(x)]
	for k, v := range x {
		dst[k] += v
	}
}
