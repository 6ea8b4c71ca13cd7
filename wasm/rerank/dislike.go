package rerank

import (
	"math"

	"sparrow/wasm/feature"
	"sparrow/wasm/vec"
)

// near is the similarity from which on an item counts as alike enough to sink
// with a disliked one; below it two items merely share a century or a genre.
const near = 0.5

// PushDown gives each item that resembles a disliked item a penalty of
// strength·spread·(s-0.5)/0.5 for the largest similarity s > 0.5 to any of them,
// where spread is the standard deviation of the values, and sorts the items and
// their vectors by value again, best first, ties in the order they came.
// vectors is [n×C] and disliked [m×C], both of unit rows or zeros. It panics if
// the shapes do not match.
func PushDown(items []feature.Candidate, vectors, disliked []float32, strength float32) {
	n := len(items)
	if n == 0 || len(disliked) == 0 {
		return
	}
	width := len(vectors) / n
	if width == 0 || width*n != len(vectors) || len(disliked)%width != 0 {
		panic("rerank: vectors do not match")
	}
	amount := strength * spread(items)
	for i := range items {
		row := vectors[i*width : (i+1)*width]
		top := float32(near)
		for d := 0; d < len(disliked); d += width {
			top = max(top, vec.Dot(row, disliked[d:]))
		}
		items[i].Penalty += amount * (top - near) / (1 - near)
	}
	resort(items, vectors)
}

// spread returns the population standard deviation of the values.
func spread(items []feature.Candidate) float32 {
	var sum, squares float64
	for i := range items {
		v := float64(items[i].Value())
		sum += v
		squares += float64(v * v)
	}
	n := float64(len(items))
	mean := sum / n
	return float32(math.Sqrt(max(0, squares/n-float64(mean*mean))))
}
