//go:build goexperiment.simd && go1.27 && amd64 && !netlib

package simd

import (
	"simd/archsimd"
	"unsafe"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
)

// AddProduct is addProductPortable with fused multiplications and additions,
// whose sums differ in the last bits: sixteen lanes at a time where there is
// AVX-512, else addProduct8.
func AddProduct(dst, a, b blas32.General, t blas.Transpose) {
	if !archsimd.X86.AVX512() || b.Rows == 0 {
		addProduct8(dst, a, b, t)
		return
	}
	rowStep, kStep := a.Stride, 1
	if t == blas.Trans {
		rowStep, kStep = 1, a.Stride
	}
	rows, cols := dst.Rows/4*4, dst.Cols&^31
	for j := 0; j < cols; j += 32 {
		for i := 0; i < rows; i += 4 {
			tile4x32(b.Rows, unsafe.Pointer(&a.Data[i*rowStep]), 4*uintptr(rowStep), 4*uintptr(kStep),
				unsafe.Pointer(&b.Data[j]), 4*uintptr(b.Stride), unsafe.Pointer(&dst.Data[i*dst.Stride+j]), 4*uintptr(dst.Stride))
		}
	}
	archsimd.ClearAVXUpperBits()
	if cols < dst.Cols {
		addProduct8(part(dst, 0, cols), a, part(b, 0, cols), t)
	}
	addBelow(dst, a, b, t, rows, cols)
}

// tile4x32 adds the product of a, [4×k] with steps of rowStep and kStep bytes, and of b,
// [k×32] with a step of bStep bytes, to c, [4×32] with a step of cStep bytes. Pointers spare
// the bounds checks, which cost half of the speed.
func tile4x32(k int, a unsafe.Pointer, rowStep, kStep uintptr, b unsafe.Pointer, bStep uintptr, c unsafe.Pointer, cStep uintptr) {
	c00, c01 := lanes(c, 0*cStep), lanes(c, 0*cStep+64)
	c10, c11 := lanes(c, 1*cStep), lanes(c, 1*cStep+64)
	c20, c21 := lanes(c, 2*cStep), lanes(c, 2*cStep+64)
	c30, c31 := lanes(c, 3*cStep), lanes(c, 3*cStep+64)
	for ; k > 0; k-- {
		b0, b1 := lanes(b, 0), lanes(b, 64)
		x0 := archsimd.BroadcastFloat32x16(*(*float32)(unsafe.Add(a, 0*rowStep)))
		c00 = x0.MulAdd(b0, c00)
		c01 = x0.MulAdd(b1, c01)
		x1 := archsimd.BroadcastFloat32x16(*(*float32)(unsafe.Add(a, 1*rowStep)))
		c10 = x1.MulAdd(b0, c10)
		c11 = x1.MulAdd(b1, c11)
		x2 := archsimd.BroadcastFloat32x16(*(*float32)(unsafe.Add(a, 2*rowStep)))
		c20 = x2.MulAdd(b0, c20)
		c21 = x2.MulAdd(b1, c21)
		x3 := archsimd.BroadcastFloat32x16(*(*float32)(unsafe.Add(a, 3*rowStep)))
		c30 = x3.MulAdd(b0, c30)
		c31 = x3.MulAdd(b1, c31)
		a, b = unsafe.Add(a, kStep), unsafe.Add(b, bStep)
	}
	c00.StoreArray((*[16]float32)(unsafe.Add(c, 0*cStep)))
	c01.StoreArray((*[16]float32)(unsafe.Add(c, 0*cStep+64)))
	c10.StoreArray((*[16]float32)(unsafe.Add(c, 1*cStep)))
	c11.StoreArray((*[16]float32)(unsafe.Add(c, 1*cStep+64)))
	c20.StoreArray((*[16]float32)(unsafe.Add(c, 2*cStep)))
	c21.StoreArray((*[16]float32)(unsafe.Add(c, 2*cStep+64)))
	c30.StoreArray((*[16]float32)(unsafe.Add(c, 3*cStep)))
	c31.StoreArray((*[16]float32)(unsafe.Add(c, 3*cStep+64)))
}

func lanes(p unsafe.Pointer, at uintptr) archsimd.Float32x16 {
	return archsimd.LoadFloat32x16Array((*[16]float32)(unsafe.Add(p, at)))
}
