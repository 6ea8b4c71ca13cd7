//go:build !wasm || !goexperiment.simd || !go1.27

package quant

// Dots stores the inner product of q with each row of m in dst, where m is
// [len(dst)×len(q)] in row order. Products and sums are exact integers.
// It panics if the shapes do not match.
func Dots(dst []int32, m, q []int8) { dotsPortable(dst, m, q) }

// Dot returns the inner product of two rows of integers, exactly. It panics if
// b is shorter than a.
func Dot(a, b []int8) int32 { return dotPortable(a, b) }
