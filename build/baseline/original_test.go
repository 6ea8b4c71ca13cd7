package baseline

import (
	"testing"

	"sparrow/wasm/catalog"
)

// The original, Sparrow RecSys, ranks by the raw mean of the stars: what one person gave five beats
// whatever many people love.
func TestOriginalBelievesOneRating(t *testing.T) {
	many := make([]uint8, 99)
	for i := range many {
		many[i] = []uint8{10, 9, 9}[i%3] // 4.67 stars on average
	}
	d := rated(3, map[int][]uint8{0: {10}, 1: many, 2: {6, 6, 6, 6, 6, 6}})
	var sum, count [3]float64
	for _, e := range d.Interactions {
		sum[e.Row] += float64(e.Stars) / 2
		count[e.Row]++
	}
	original := catalog.Row(0)
	for r := range catalog.Row(3) {
		if sum[r]/count[r] > sum[original]/count[original] {
			original = r
		}
	}
	if original != 0 {
		t.Errorf("the original's list begins with %d", original)
	}

	if got := best(BayesianMean(d, DefaultBayesianMeanOptions(d)), 3, 3, nil); got[0] != 1 {
		t.Errorf("BayesianMean's order is %v, want movie 1 first", got)
	}
}
