//go:build !netlib

package simd

import (
	"unsafe"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
)

// AddProduct is addProductPortable: to the bit, but in builds for [fused] sums. Where there
// is AVX-512 it takes sixteen lanes at a time, else it is addProduct8.
func AddProduct(dst, a, b blas32.General, t blas.Transpose) {
	if !wide || b.Rows == 0 {
		addProduct8(dst, a, b, t)
		return
	}
	aRow, aStep := a.Stride, 1
	if t == blas.Trans {
		aRow, aStep = 1, a.Stride
	}
	rows, cols := dst.Rows&^3, dst.Cols&^31
	for j := 0; j < cols; j += 32 {
		for i := 0; i < rows; i += 4 {
			tile4x32(b.Rows, unsafe.Pointer(&a.Data[i*aRow]), 4*uintptr(aRow), 4*uintptr(aStep),
				unsafe.Pointer(&b.Data[j]), 4*uintptr(b.Stride), unsafe.Pointer(&dst.Data[i*dst.Stride+j]), 4*uintptr(dst.Stride))
		}
	}
	if cols < dst.Cols {
		addProduct8(part(dst, 0, cols), a, part(b, 0, cols), t)
	}
	addBelow(dst, a, b, t, rows, cols)
}
