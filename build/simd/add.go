package simd

import "gonum.org/v1/gonum/blas/blas32"

// Add adds x to dst, which is as long or longer, by what gonum has in assembler for one
// times x, which is x.
func Add(dst, x []float32) {
	if n := len(x); n > 0 {
		blas32.Axpy(1, blas32.Vector{N: n, Inc: 1, Data: x}, blas32.Vector{N: n, Inc: 1, Data: dst})
	}
}
