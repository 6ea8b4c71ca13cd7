package quant

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestAffineIsThePortableOneToTheBit(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for n := range 70 {
		products, scales, bias := make([]int32, n), make([]float32, n), make([]float32, n)
		for r := range products {
			products[r] = int32(rng.Uint32())
			scales[r], bias[r] = rng.Float32(), float32(rng.NormFloat64())
			if rng.IntN(5) == 0 {
				products[r], bias[r] = 0, float32(math.Copysign(0, -1))
			}
		}
		got, want := make([]float32, n), make([]float32, n)
		scale := float32(rng.NormFloat64())
		Affine(got, products, scale, scales, bias)
		affinePortable(want, products, scale, scales, bias)
		bits := func(x []float32) (b []uint32) {
			for _, v := range x {
				b = append(b, math.Float32bits(v))
			}
			return b
		}
		if !slices.Equal(bits(got), bits(want)) {
			t.Fatalf("Affine of %d products = %v, want %v", n, got, want)
		}
	}
}

func TestAffineByHand(t *testing.T) {
	got := make([]float32, 9)
	Affine(got, []int32{1, -2, 3, 0, 5, 6, 7, 8, 9}, 2, []float32{1, 1, 1, 1, 1, 1, 1, .5, 2}, []float32{0, 0, 1, 4, 0, 0, 0, 0, -1})
	if want := []float32{2, -4, 7, 4, 10, 12, 14, 8, 35}; !slices.Equal(got, want) {
		t.Errorf("Affine = %v, want %v", got, want)
	}
}
