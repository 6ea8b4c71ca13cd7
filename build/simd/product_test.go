package simd

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
)

func TestAddProductEqualsThePortableOne(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	random := func(n int) []float32 {
		v := make([]float32, n)
		for i := range v {
			v[i] = float32(rng.NormFloat64())
		}
		return v
	}
	for _, shape := range [][3]int{{4, 16, 1}, {1, 1, 1}, {3, 15, 2}, {5, 17, 3}, {64, 33, 70}, {64, 1, 1024}, {1023, 1, 64}, {5, 1, 300}, {37, 200, 32}, {130, 64, 65}} {
		m, n, k := shape[0], shape[1], shape[2]
		for _, trans := range []blas.Transpose{blas.NoTrans, blas.Trans} {
			t.Run(fmt.Sprintf("%d×%d×%d %c", m, n, k, trans), func(t *testing.T) {
				a, b, got := random(m*k), random(k*n), random(m*n)
				want := slices.Clone(got)
				left := Matrix(a, m, k)
				if trans == blas.Trans {
					left = Matrix(a, k, m)
				}
				addProductPortable(Matrix(want, m, n), left, Matrix(b, k, n), trans)
				AddProduct(Matrix(got, m, n), left, Matrix(b, k, n), trans)
				for i := range got {
					if d := math.Abs(float64(got[i] - want[i])); d > 1e-4 || d > 0 && !fused {
						t.Fatalf("AddProduct: value %d is %g, addProductPortable has %g", i, got[i], want[i])
					}
				}
			})
		}
	}
}

func BenchmarkAddProduct(b *testing.B) {
	for _, shape := range [][3]int{{64, 3616, 32}, {64, 3616, 64}, {256, 128, 160}, {1024, 64, 128}, {100, 100, 32}} {
		m, n, k := shape[0], shape[1], shape[2]
		x, y, z := make([]float32, m*k), make([]float32, k*n), make([]float32, m*n)
		for i := range x {
			x[i] = float32(i % 7)
		}
		for _, f := range []struct {
			name string
			add  func(dst, a, b blas32.General, t blas.Transpose)
		}{{"portable", addProductPortable}, {"this machine", AddProduct}} {
			b.Run(fmt.Sprintf("M=%d/N=%d/K=%d/%s", m, n, k, f.name), func(b *testing.B) {
				for b.Loop() {
					f.add(Matrix(z, m, n), Matrix(x, m, k), Matrix(y, k, n), blas.NoTrans)
				}
				b.ReportMetric(2*float64(m*n*k)/(float64(b.Elapsed().Nanoseconds())/float64(b.N)), "GFLOPS")
			})
		}
	}
}
