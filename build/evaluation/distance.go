package evaluation

import (
	"math"
	"slices"

	"sparrow/wasm/catalog"
)

// Distance returns how different two items are, from 0 up.
type Distance func(a, b catalog.Row) float64

// IntraListDistance returns the mean distance of two items among the first k of
// ranked, over all pairs; NaN for a list of less than two.
// Source: Ziegler et al., Improving recommendation lists through topic
// diversification, WWW 2005, who sum similarities where this averages distances.
func IntraListDistance(ranked []catalog.Row, between Distance, k int) float64 {
	ranked = ranked[:min(k, len(ranked))]
	var sum float64
	pairs := 0
	for i, a := range ranked {
		for _, b := range ranked[:i] {
			sum += between(a, b)
			pairs++
		}
	}
	return sum / float64(pairs)
}

// CosineDistance returns the distance 1 - cosine, 0 to 2, of items with vectors
// [N×D]. An item without a vector, all of whose numbers are 0, is at distance 1
// from all others.
func CosineDistance(vectors []float32, d int) Distance {
	length := make([]float64, len(vectors)/d)
	for r := range length {
		v := vectors[r*d : (r+1)*d]
		length[r] = math.Sqrt(dot(v, v))
	}
	return func(a, b catalog.Row) float64 {
		if length[a] == 0 || length[b] == 0 {
			return 1
		}
		return 1 - dot(vectors[int(a)*d:(int(a)+1)*d], vectors[int(b)*d:(int(b)+1)*d])/(length[a]*length[b])
	}
}

// dot is not vec.Dot: distances are measured in float64.
func dot(x, y []float32) float64 {
	var sum float64
	for i := range x {
		sum += float64(x[i]) * float64(y[i])
	}
	return sum
}

// GenreDistance returns the distance 1 - |A∩B|/|A∪B|, 0 to 1, of the items'
// genres (Jaccard). Two items without genres are at distance 1.
func GenreDistance(c *catalog.Catalog) Distance {
	return func(a, b catalog.Row) float64 {
		x, y := c.Genres[a], c.Genres[b]
		both := 0
		for _, g := range x {
			if slices.Contains(y, g) {
				both++
			}
		}
		if either := len(x) + len(y) - both; either > 0 {
			return 1 - float64(both)/float64(either)
		}
		return 1
	}
}
