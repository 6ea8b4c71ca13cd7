//go:build !wasm || !goexperiment.simd || !go1.27

package quant

// Affine stores scale·scales[r]·products[r] + bias[r] in dst, which is [R] as
// the others are: what [Dots] of a matrix stands for. It panics if the shapes
// do not match.
func Affine(dst []float32, products []int32, scale float32, scales, bias []float32) {
	affinePortable(dst, products, scale, scales, bias)
}
