//go:build !netlib

package simd

import (
	"golang.org/x/sys/cpu"
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
)

// tile4x16 adds to the [4×16] matrix at c the product of a [4×k] and a [k×16]
// matrix, k > 0. The strides are in bytes: from a row of a to the next, from
// one step of k to the next in a and in b, from a row of c to the next. It needs
// AVX2 and does not fuse the multiplication with the addition.
//
//go:noescape
func tile4x16(k int, a *float32, aRow, aStep uintptr, b *float32, bStep uintptr, c *float32, cRow uintptr)

// addProduct8 is addProductPortable, to the bit, about four times as fast where
// there is AVX2, eight lanes at a time: sixteen columns of four rows stay in registers for
// the whole inner dimension, where gonum loads and stores them at every step.
func addProduct8(dst, a, b blas32.General, t blas.Transpose) {
	if !cpu.X86.HasAVX2 || b.Rows == 0 {
		addPlain(dst, a, b, t)
		return
	}
	rows, cols := dst.Rows&^3, dst.Cols&^15
	aRow, aStep := uintptr(a.Stride)*4, uintptr(4)
	if t == blas.Trans {
		aRow, aStep = aStep, aRow
	}
	for j := 0; j < cols; j += 16 {
		for i := 0; i < rows; i += 4 {
			first := i * a.Stride
			if t == blas.Trans {
				first = i
			}
			tile4x16(b.Rows, &a.Data[first], aRow, aStep, &b.Data[j], uintptr(b.Stride)*4, &dst.Data[i*dst.Stride+j], uintptr(dst.Stride)*4)
		}
	}
	addEdges(dst, a, b, t, rows, cols)
}
