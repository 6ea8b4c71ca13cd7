//go:build !netlib

package simd

import (
	"sync"

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
	addTiles(dst, a, b, t, rows, cols)
	switch right := dst.Cols - cols; {
	case right == 1 || rows == 0:
		addPlain(part(dst, 0, cols), a, part(b, 0, cols), t)
		addBelow(dst, a, b, t, rows, cols)
	case right > 0:
		addPadded(part(dst, 0, cols), a, part(b, 0, cols), t, rows)
		addBelow(dst, a, b, t, rows, dst.Cols)
	default:
		addBelow(dst, a, b, t, rows, cols)
	}
}

// addTiles is addProduct8 of the first rows and cols of dst, multiples of 4 and of 16.
func addTiles(dst, a, b blas32.General, t blas.Transpose, rows, cols int) {
	aRow, aStep := uintptr(a.Stride)*4, uintptr(4)
	if t == blas.Trans {
		aRow, aStep = aStep, aRow
	}
	for j := 0; j < cols; j += tileCols {
		for i := 0; i < rows; i += 4 {
			first := i * a.Stride
			if t == blas.Trans {
				first = i
			}
			tile4x16(b.Rows, &a.Data[first], aRow, aStep, &b.Data[j], uintptr(b.Stride)*4, &dst.Data[i*dst.Stride+j], uintptr(dst.Stride)*4)
		}
	}
}

const tileCols = 16

// padded holds memory of addPadded, which is called for every list of a training.
var padded = sync.Pool{New: func() any { return new([]float32) }}

// addPadded is addTiles of all columns of dst, fewer than a tile has: they are copied to
// where zeros fill the tile, and the sums back.
func addPadded(dst, a, b blas32.General, t blas.Transpose, rows int) {
	memory := padded.Get().(*[]float32)
	defer padded.Put(memory)
	if n := (b.Rows + rows) * tileCols; len(*memory) < n {
		*memory = make([]float32, n)
	}
	wide := Matrix(*memory, b.Rows, tileCols)
	sum := Matrix((*memory)[len(wide.Data):], rows, tileCols)
	for k := range b.Rows {
		clear(wide.Data[k*tileCols+copy(wide.Data[k*tileCols:], b.Data[k*b.Stride:][:b.Cols]) : (k+1)*tileCols])
	}
	for i := range rows {
		copy(sum.Data[i*tileCols:], dst.Data[i*dst.Stride:][:dst.Cols])
	}
	addTiles(sum, a, wide, t, rows, tileCols)
	for i := range rows {
		copy(dst.Data[i*dst.Stride:][:dst.Cols], sum.Data[i*tileCols:])
	}
}
