//go:build !wasm || !goexperiment.simd || !go1.27

package vec

// above returns the first i ≥ from whose score is above least, or len(scores).
func above(scores []float32, least float32, from int) int {
	return abovePortable(scores, least, from)
}
