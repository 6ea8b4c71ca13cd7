package embedding

import "math"

// roundAll returns v with the low 16 bits of each float32 zero, rounded to
// nearest: eight significant bits, an error of at most 0.2 %, and half the
// bytes once compressed.
func roundAll(v []float32) []float32 {
	out := make([]float32, len(v))
	for i, x := range v {
		out[i] = math.Float32frombits((math.Float32bits(x) + 0x8000) &^ 0xffff)
	}
	return out
}
