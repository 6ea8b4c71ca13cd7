//go:build !wasm || !goexperiment.simd || !go1.27

package quant

// mixed is of use to the assembly only.
type mixed struct{}

func mix([]int8) mixed { return mixed{} }

// Scores stores the score of each row of m in dst, which is [R] as the scales
// and the biases are. It panics if the shapes do not match.
func (q *Query) Scores(dst []float32, m []int8, scales, bias []float32) {
	q.scoresPortable(dst, m, scales, bias)
}

// Above stores the scores of those fours of rows of which one is above least in
// dst, one four after the other, and the first row of each in at; it returns how
// many. dst is [R] as the scales and the biases are, at is [R/4], and R is a
// multiple of four. It panics if the shapes do not match.
func (q *Query) Above(dst []float32, at []int32, m []int8, scales, bias []float32, least float32) int {
	return q.abovePortable(dst, at, m, scales, bias, least)
}
