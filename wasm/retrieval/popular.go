package retrieval

import (
	"math"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/vec"
)

// shrinkage is the number of ratings at which an item's own mean counts as
// much as the mean of all.
const shrinkage = 20

// popular returns all rows, the most popular first, ties by row. What is
// popular has both: ln(1 + trend) times the mean of its stars, which is shrunken
// towards the mean of all ratings.
func popular(s *feature.Statistics) []catalog.Row {
	var stars, rated float64
	for r, n := range s.Count {
		if s.Mean[r] > 0 {
			stars += float64(n) * float64(s.Mean[r])
			rated += float64(n)
		}
	}
	mean := 1.0 // no one gave any stars: the trend alone decides
	if rated > 0 {
		mean = stars / rated
	}
	value := make([]uint64, len(s.Count)) // its bits, which ascend as it descends: it is never negative
	rows := make([]catalog.Row, len(s.Count))
	for r, n := range s.Count {
		own, count := mean, 0.0
		if s.Mean[r] > 0 {
			own, count = float64(s.Mean[r]), float64(n)
		}
		shrunken := (float64(own*count) + float64(mean*shrinkage)) / (count + shrinkage)
		value[r] = ^math.Float64bits(math.Log1p(float64(s.Trend[r])) * shrunken)
		rows[r] = catalog.Row(r)
	}
	vec.SortByKey(rows, value)
	return rows
}
