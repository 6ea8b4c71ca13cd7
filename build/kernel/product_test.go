package kernel

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/blas"
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
	for _, shape := range [][3]int{{4, 16, 1}, {1, 1, 1}, {3, 15, 2}, {5, 17, 3}, {64, 33, 70}, {37, 200, 32}, {130, 64, 65}} {
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
				if !slices.Equal(got, want) {
					t.Errorf("AddProduct differs from addProductPortable")
				}
			})
		}
	}
}

func BenchmarkAddProduct(b *testing.B) {
	const m, n, k = 64, 3600, 32
	x, y, z := make([]float32, m*k), make([]float32, k*n), make([]float32, m*n)
	for i := range x {
		x[i] = float32(i % 7)
	}
	for _, f := range []struct {
		name string
		add  func()
	}{
		{"portable", func() { addProductPortable(Matrix(z, m, n), Matrix(x, m, k), Matrix(y, k, n), blas.NoTrans) }},
		{"this machine", func() { AddProduct(Matrix(z, m, n), Matrix(x, m, k), Matrix(y, k, n), blas.NoTrans) }},
	} {
		b.Run(fmt.Sprintf("%s/C=%d/M=%d/D=%d", f.name, m, n, k), func(b *testing.B) {
			for b.Loop() {
				f.add()
			}
			b.ReportMetric(2*m*n*k/(float64(b.Elapsed().Nanoseconds())/float64(b.N)), "GFLOPS")
		})
	}
}
