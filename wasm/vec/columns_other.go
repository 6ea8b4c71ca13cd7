//go:build !wasm || !goexperiment.simd || !go1.27

package vec

// DotColumns stores [Dot] of x and each column of m in dst, where m is
// [len(x)×len(dst)] in row order. It panics if the shapes do not match.
func DotColumns(dst, x, m []float32) { dotColumnsPortable(dst, x, m, 0) }
