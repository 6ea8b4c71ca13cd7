package vec

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestDotColumnsIsDotToTheBit holds each column to Dot, with zeros of both
// signs among the values.
func TestDotColumnsIsDotToTheBit(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	values := func(n int) []float32 {
		x := make([]float32, n)
		for i := range x {
			x[i] = float32(math.Copysign(0, float64(rng.IntN(2))-0.5))
			if rng.IntN(4) > 0 {
				x[i] = float32(rng.NormFloat64())
			}
		}
		return x
	}
	for range 500 {
		width, n := rng.IntN(20), rng.IntN(70)
		x, m, got := values(width), values(width*n), values(n)
		DotColumns(got, x, m)
		for j := range n {
			column := make([]float32, width)
			for c := range column {
				column[c] = m[c*n+j]
			}
			if want := Dot(x, column); math.Float32bits(got[j]) != math.Float32bits(want) {
				t.Fatalf("column %d of [%d×%d]: DotColumns = %v, want %v", j, width, n, got[j], want)
			}
		}
	}
}

func TestDotColumnsPanicsOnAWrongShape(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("DotColumns of 2 values and 7 as 2 rows of 3 did not panic")
		}
	}()
	DotColumns(make([]float32, 3), make([]float32, 2), make([]float32, 7))
}
