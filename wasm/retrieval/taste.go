package retrieval

import (
	"math"

	"sparrow/wasm/catalog"
)

// tasteShrinkage is the number of interactions at which half of a movie's
// vector is believed.
const tasteShrinkage = 15

// Taste returns how alike the people are who choose a and b, between -1 and 1:
// the cosine of their output vectors, shrunken towards 0 by √(w_a·w_b) with
// w = count/(count+15), because the vector of a rare movie is mostly noise or
// was predicted from its content. counts is [N].
func (p *Pool) Taste(a, b catalog.Row, counts []uint32) float32 {
	x, _ := p.Out.Row(int(a))
	y, _ := p.Out.Row(int(b))
	xx, yy := dot(x, x), dot(y, y)
	if xx == 0 || yy == 0 {
		return 0
	}
	trust := func(r catalog.Row) float64 { return float64(counts[r]) / float64(counts[r]+tasteShrinkage) }
	cosine := float64(dot(x, y)) / math.Sqrt(float64(xx)*float64(yy))
	return float32(cosine * math.Sqrt(float64(trust(a)*trust(b))))
}

// dot returns the inner product of a and b, exactly.
func dot(a, b []int8) int32 {
	b = b[:len(a)]
	var sum int32
	for i, v := range a {
		sum += int32(v) * int32(b[i])
	}
	return sum
}
