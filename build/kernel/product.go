// Package kernel has the inner loops of training.
package kernel

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
)

// Matrix is a view of the first rows·cols values as a [rows×cols] matrix.
func Matrix(v []float32, rows, cols int) blas32.General {
	return blas32.General{Rows: rows, Cols: cols, Stride: cols, Data: v[:rows*cols]}
}

// part is a view of m from row r and column c to its end.
func part(m blas32.General, r, c int) blas32.General {
	return blas32.General{Rows: m.Rows - r, Cols: m.Cols - c, Stride: m.Stride, Data: m.Data[r*m.Stride+c:]}
}

// addProductPortable adds a·b to dst, or aᵀ·b if t is blas.Trans. Each value is
// summed in the order of the inner dimension, every product rounded before it is
// added: any implementation that does so computes the same bits.
func addProductPortable(dst, a, b blas32.General, t blas.Transpose) {
	blas32.Gemm(t, blas.NoTrans, 1, a, b, 1, dst)
}

// addEdges adds what tiles of the first rows and cols of dst left over.
func addEdges(dst, a, b blas32.General, t blas.Transpose, rows, cols int) {
	if cols < dst.Cols { // the columns on the right, all rows
		addProductPortable(part(dst, 0, cols), a, part(b, 0, cols), t)
	}
	if rows < dst.Rows && cols > 0 { // the rows below, but for those columns
		below, rest := part(dst, rows, 0), b
		below.Cols, rest.Cols = cols, cols
		if t == blas.Trans {
			addProductPortable(below, part(a, 0, rows), rest, t)
		} else {
			addProductPortable(below, part(a, rows, 0), rest, t)
		}
	}
}

// Product adds a·b to dst, where a is [M×K], b is [K×N] and dst is [M×N].
func Product(dst, a, b []float32, m, k, n int) {
	AddProduct(Matrix(dst, m, n), Matrix(a, m, k), Matrix(b, k, n), blas.NoTrans)
}

// ProductT adds aᵀ·b to dst, where a is [K×M], b is [K×N] and dst is [M×N].
func ProductT(dst, a, b []float32, m, k, n int) {
	AddProduct(Matrix(dst, m, n), Matrix(a, k, m), Matrix(b, k, n), blas.Trans)
}
