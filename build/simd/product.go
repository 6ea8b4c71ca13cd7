package simd

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

// addPlain is addProductPortable, to the bit, with a way of its own for one column, which gonum
// adds value by value by a call each: the outputs of models are one wide.
func addPlain(dst, a, b blas32.General, t blas.Transpose) {
	switch {
	case dst.Cols != 1:
		addProductPortable(dst, a, b, t)
	case t == blas.Trans:
		column := blas32.Vector{N: dst.Rows, Data: dst.Data, Inc: dst.Stride}
		for k := range b.Rows {
			blas32.Axpy(b.Data[k*b.Stride], blas32.Vector{N: a.Cols, Data: a.Data[k*a.Stride:], Inc: 1}, column)
		}
	default:
		addColumn(dst, a, b)
	}
}

// addColumn adds a·b to dst, where b has one column, four rows side by side, which do not
// wait for each other.
func addColumn(dst, a, b blas32.General) {
	i := 0
	for ; i+4 <= dst.Rows; i += 4 {
		r0, r1, r2, r3 := a.Data[i*a.Stride:][:b.Rows], a.Data[(i+1)*a.Stride:][:b.Rows], a.Data[(i+2)*a.Stride:][:b.Rows], a.Data[(i+3)*a.Stride:][:b.Rows]
		at := dst.Data[i*dst.Stride:]
		s0, s1, s2, s3 := at[0], at[dst.Stride], at[2*dst.Stride], at[3*dst.Stride]
		for k := range b.Rows {
			v := b.Data[k*b.Stride]
			s0 += float32(r0[k] * v)
			s1 += float32(r1[k] * v)
			s2 += float32(r2[k] * v)
			s3 += float32(r3[k] * v)
		}
		at[0], at[dst.Stride], at[2*dst.Stride], at[3*dst.Stride] = s0, s1, s2, s3
	}
	for ; i < dst.Rows; i++ {
		s := dst.Data[i*dst.Stride]
		for k := range b.Rows {
			s += float32(a.Data[i*a.Stride+k] * b.Data[k*b.Stride])
		}
		dst.Data[i*dst.Stride] = s
	}
}

// addBelow adds what tiles of the first rows left over in the first cols of dst.
func addBelow(dst, a, b blas32.General, t blas.Transpose, rows, cols int) {
	if rows == dst.Rows || cols == 0 {
		return
	}
	below, rest := part(dst, rows, 0), b
	below.Cols, rest.Cols = cols, cols
	if t == blas.Trans {
		addPlain(below, part(a, 0, rows), rest, t)
	} else {
		addPlain(below, part(a, rows, 0), rest, t)
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
