//go:build !wasm || !goexperiment.simd

package vec

// above returns the first i ≥ from whose score is above least, or len(scores).
func above(scores []float32, least float32, from int) int {
	return abovePortable(scores, least, from)
}
