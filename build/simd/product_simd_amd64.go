//go:build goexperiment.simd && go1.27 && amd64 && !netlib

package simd

import (
	"simd/archsimd"
	"unsafe"
)

// wide reports whether tile4x32 runs here.
var wide = archsimd.X86.AVX512()

// tile4x32 adds the product of a, [4×k] with steps of rowStep and kStep bytes, and of b,
// [k×32] with a step of bStep bytes, to c, [4×32] with a step of cStep bytes, with fused
// multiplications and additions, whose sums differ in the last bits. Pointers spare the
// bounds checks, which cost half of the speed.
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
	archsimd.ClearAVXUpperBits()
}

func lanes(p unsafe.Pointer, at uintptr) archsimd.Float32x16 {
	return archsimd.LoadFloat32x16Array((*[16]float32)(unsafe.Add(p, at)))
}
