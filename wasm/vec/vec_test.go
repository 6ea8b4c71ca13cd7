package vec

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestDotsByHand adds numbers that a float32 cannot hold together: 1e8 + 1 is
// 1e8, so that the order of the sums shows.
func TestDotsByHand(t *testing.T) {
	x, one := []float32{1e8, 1, 1, 1, -1e8, 1}, []float32{1, 1, 1, 1, 1, 1, 7}
	if got := Dot(x, one); got != 1 { // ((1e8+1)+1)+1 = 1e8, -1e8 = 0, +1
		t.Errorf("Dot = %v, want 1", got)
	}
	// The first lane is 1e8 - 1e8, for the rest of less than four is added to it, + 1.
	if got := DotLanes(x, one); got != 4 {
		t.Errorf("DotLanes = %v, want 4", got)
	}
}

func TestDotsAreTheSumOfProducts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 20).Draw(t, "n")
		value := rapid.Float32Range(-10, 10)
		x, y := rapid.SliceOfN(value, n, n).Draw(t, "x"), rapid.SliceOfN(value, n+3, n+3).Draw(t, "y")
		var want float64
		for i, v := range x {
			want += float64(v) * float64(y[i])
		}
		for name, got := range map[string]float32{"Dot": Dot(x, y), "DotLanes": DotLanes(x, y)} {
			if math.Abs(float64(got)-want) > 1e-3 {
				t.Errorf("%s(%v, %v) = %v, want %v", name, x, y, got, want)
			}
		}
	})
}
