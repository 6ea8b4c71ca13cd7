package nn

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestProductEqualsOneNumberAtATime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, k, n := rapid.IntRange(0, 11).Draw(t, "M"), rapid.IntRange(0, 37).Draw(t, "K"), rapid.IntRange(0, 37).Draw(t, "N")
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		zeros := rapid.Float64Range(0, 1).Draw(t, "share of zeros")
		values := func(size int) []float32 {
			v := make([]float32, size)
			for i := range v {
				v[i] = float32(rng.NormFloat64() * math.Exp(4*rng.NormFloat64()))
			}
			return v
		}
		a, b, dst := values(m*k), values(k*n), values(m*n)
		for i := range a {
			if rng.Float64() < zeros {
				a[i] = float32(math.Copysign(0, rng.Float64()-.5))
			}
		}
		for r := range m { // as of a step that is not there
			if rng.Float64() < zeros {
				clear(a[r*k : (r+1)*k])
			}
		}
		want := slices.Clone(dst)
		product(want, a, b, m, k, n)
		Product(dst, a, b, m, k, n)
		for i, v := range dst {
			if math.Float32bits(v) != math.Float32bits(want[i]) {
				t.Fatalf("%d×%d×%d: value %d is %v, want %v", m, k, n, i, v, want[i])
			}
		}
	})
}

// What fills K up to a whole turn of a loop adds nothing, not even a sign.
func TestProductKeepsTheSignOfASumOfZeros(t *testing.T) {
	for k := range 20 {
		a, b := slices.Repeat([]float32{-1e-30}, 4*k), slices.Repeat([]float32{1e-30}, 8*k)
		dst := slices.Repeat([]float32{float32(math.Copysign(0, -1))}, 4*8)
		Product(dst, a, b, 4, k, 8)
		for i, v := range dst {
			if math.Float32bits(v) != 1<<31 {
				t.Fatalf("K of %d: value %d is %v, want −0", k, i, v)
			}
		}
	}
}

func TestReLUEqualsOneNumberAtATime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.SliceOfN(rapid.Float32(), 0, 70).Draw(t, "x")
		for _, odd := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), math.Copysign(0, -1)} {
			x = append(x, float32(odd))
		}
		rapid.Permutation(x).Draw(t, "order")
		want := slices.Clone(x)
		relu(want)
		ReLU(x)
		for i, v := range x {
			if math.Float32bits(v) != math.Float32bits(want[i]) {
				t.Fatalf("value %d is %v, want %v", i, v, want[i])
			}
		}
	})
}

func TestProductPanicsOnAShortSlice(t *testing.T) {
	for _, c := range []struct{ dst, a, b int }{{63, 32, 128}, {64, 31, 128}, {64, 32, 127}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%+v did not panic", c)
				}
			}()
			Product(make([]float32, c.dst), make([]float32, c.a), make([]float32, c.b), 4, 8, 16)
		}()
	}
}

func BenchmarkProduct(b *testing.B) {
	for _, shape := range [][3]int{{300, 90, 64}, {300, 64, 32}, {100, 64, 64}, {1, 64, 64}} {
		m, k, n := shape[0], shape[1], shape[2]
		x, w, y := make([]float32, m*k), make([]float32, k*n), make([]float32, m*n)
		for i := range x {
			x[i] = float32(i%7) - 2.5
		}
		for _, v := range []struct {
			name string
			run  func(dst, a, b []float32, m, k, n int)
		}{{"Product", Product}, {"one at a time", product}} {
			b.Run(fmt.Sprintf("%d×%d×%d/%s", m, k, n, v.name), func(b *testing.B) {
				for b.Loop() {
					v.run(y, x, w, m, k, n)
				}
			})
		}
	}
}
