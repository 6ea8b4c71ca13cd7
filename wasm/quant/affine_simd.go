//go:build wasm && goexperiment.simd && go1.27

package quant

import "simd/archsimd"

// Affine stores scale·scales[r]·products[r] + bias[r] in dst, which is [R] as
// the others are: what [Dots] of a matrix stands for. It panics if the shapes
// do not match.
func Affine(dst []float32, products []int32, scale float32, scales, bias []float32) {
	n := len(dst)
	products, scales, bias = products[:n], scales[:n], bias[:n]
	all := archsimd.BroadcastFloat32x4(scale)
	r := 0
	for ; r+8 <= n; r += 8 {
		y, p, s, b := (*[8]float32)(dst[r:]), (*[8]int32)(products[r:]), (*[8]float32)(scales[r:]), (*[8]float32)(bias[r:])
		low := archsimd.LoadFloat32x4Array((*[4]float32)(s[0:4])).Mul(all).Mul(archsimd.LoadInt32x4Array((*[4]int32)(p[0:4])).ConvertToFloat32())
		high := archsimd.LoadFloat32x4Array((*[4]float32)(s[4:8])).Mul(all).Mul(archsimd.LoadInt32x4Array((*[4]int32)(p[4:8])).ConvertToFloat32())
		low.Add(archsimd.LoadFloat32x4Array((*[4]float32)(b[0:4]))).StoreArray((*[4]float32)(y[0:4]))
		high.Add(archsimd.LoadFloat32x4Array((*[4]float32)(b[4:8]))).StoreArray((*[4]float32)(y[4:8]))
	}
	affinePortable(dst[r:], products[r:], scale, scales[r:], bias[r:])
}
