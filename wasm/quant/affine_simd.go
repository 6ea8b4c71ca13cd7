//go:build wasm && goexperiment.simd && go1.27

package quant

import (
	"simd/archsimd"
	"unsafe"
)

// Affine stores scale·scales[r]·products[r] + bias[r] in dst, which is [R] as
// the others are: what [Dots] of a matrix stands for. It panics if the shapes
// do not match.
func Affine(dst []float32, products []int32, scale float32, scales, bias []float32) {
	n := len(dst)
	products, scales, bias = products[:n], scales[:n], bias[:n]
	all := archsimd.BroadcastFloat32x4(scale)
	y, p := unsafe.Pointer(unsafe.SliceData(dst)), unsafe.Pointer(unsafe.SliceData(products))
	s, b := unsafe.Pointer(unsafe.SliceData(scales)), unsafe.Pointer(unsafe.SliceData(bias))
	r := 0
	for ; r+16 <= n; r += 16 {
		archsimd.LoadFloat32x4Array((*[4]float32)(unsafe.Add(s, 0))).Mul(all).Mul(archsimd.LoadInt32x4Array((*[4]int32)(unsafe.Add(p, 0))).ConvertToFloat32()).
			Add(archsimd.LoadFloat32x4Array((*[4]float32)(unsafe.Add(b, 0)))).StoreArray((*[4]float32)(unsafe.Add(y, 0)))
		archsimd.LoadFloat32x4Array((*[4]float32)(unsafe.Add(s, 16))).Mul(all).Mul(archsimd.LoadInt32x4Array((*[4]int32)(unsafe.Add(p, 16))).ConvertToFloat32()).
			Add(archsimd.LoadFloat32x4Array((*[4]float32)(unsafe.Add(b, 16)))).StoreArray((*[4]float32)(unsafe.Add(y, 16)))
		archsimd.LoadFloat32x4Array((*[4]float32)(unsafe.Add(s, 32))).Mul(all).Mul(archsimd.LoadInt32x4Array((*[4]int32)(unsafe.Add(p, 32))).ConvertToFloat32()).
			Add(archsimd.LoadFloat32x4Array((*[4]float32)(unsafe.Add(b, 32)))).StoreArray((*[4]float32)(unsafe.Add(y, 32)))
		archsimd.LoadFloat32x4Array((*[4]float32)(unsafe.Add(s, 48))).Mul(all).Mul(archsimd.LoadInt32x4Array((*[4]int32)(unsafe.Add(p, 48))).ConvertToFloat32()).
			Add(archsimd.LoadFloat32x4Array((*[4]float32)(unsafe.Add(b, 48)))).StoreArray((*[4]float32)(unsafe.Add(y, 48)))
		y, p, s, b = unsafe.Add(y, 64), unsafe.Add(p, 64), unsafe.Add(s, 64), unsafe.Add(b, 64)
	}
	affinePortable(dst[r:], products[r:], scale, scales[r:], bias[r:])
}
