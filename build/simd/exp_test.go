package simd

import (
	"math"
	"slices"
	"testing"

	"sparrow/wasm/nn"
)

func TestExpSum(t *testing.T) {
	x := make([]float32, 0, 9000)
	for v := float32(-90); v <= 0; v += 0.01 {
		x = append(x, v)
	}
	const top = 1.5
	got := append([]float32(nil), x...)
	sum := ExpSum(got, top)
	var want float64
	for i, v := range x {
		e := math.Exp(float64(v - top)) // of the rounded difference: its rounding is not ExpSum's
		want += e
		if v-top < -80 {
			if got[i] != 0 {
				t.Errorf("ExpSum: exp(%g) = %g, want 0 below -80", v-top, got[i])
			}
			continue
		}
		if diff := math.Abs(float64(got[i])-e) / e; diff > 1e-6 {
			t.Errorf("ExpSum: exp(%g) = %g, want %g: relative error %g", v-top, got[i], e, diff)
		}
	}
	if math.Abs(float64(sum)-want) > 1e-4*want {
		t.Errorf("ExpSum: sum = %g, want %g", sum, want)
	}
}

func TestExpLanesEqualsThePortableOne(t *testing.T) {
	for n := range 40 {
		x := make([]float32, n)
		for i := range x {
			x[i] = float32(-i*i)/12 - 0.3*float32(n)
		}
		y := append([]float32(nil), x...)
		got, want := [8]float32{1, 2}, [8]float32{1, 2}
		expLanes(x, -0.7, &got)
		nn.ExpLanes(y, -0.7, &want)
		if got != want || !slices.Equal(x, y) {
			t.Errorf("expLanes of %d values: %v, lanes %v; portable %v, lanes %v", n, x, got, y, want)
		}
	}
}

func BenchmarkExpSum(b *testing.B) {
	x := make([]float32, 3600)
	b.SetBytes(4 * 3600)
	for b.Loop() {
		ExpSum(x, 3)
	}
}
