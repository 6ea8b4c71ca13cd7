package evaluation

import (
	"math"

	"sparrow/build/rerank"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

// rareCount is the most ratings that a rare item has.
const rareCount = 5

// GenreKL returns how far the genres of the first k of ranked are from those of the
// profile, in nats, 0 to ln 100: KL(p, q) of [rerank.Divergence], p the mean over the
// events of h that speak for their item, each with the same weight, q that over the
// list. An item shares its weight among its genres; one without genres counts for
// nothing. It is NaN where the genres of either are not known.
// Source: Steck, Calibrated recommendations, RecSys 2018.
func GenreKL(c *catalog.Catalog, h feature.History, ranked []catalog.Row, k int) float64 {
	var liked [][]uint8
	for _, e := range h {
		if e.Positive() {
			liked = append(liked, c.Genres[e.Row])
		}
	}
	var shown [][]uint8
	for _, r := range ranked[:min(k, len(ranked))] {
		shown = append(shown, c.Genres[r])
	}
	p, known := genreMean(liked, len(c.GenreNames))
	q, seen := genreMean(shown, len(c.GenreNames))
	if !known || !seen {
		return math.NaN()
	}
	return rerank.Divergence(p, q)
}

// genreMean returns the mean distribution over g genres of items that have some, and
// whether there are any.
func genreMean(items [][]uint8, g int) ([]float32, bool) {
	mean, sums, n := make([]float32, g), make([]float64, g), 0
	for _, genres := range items {
		if len(genres) > 0 {
			n++
		}
		for _, x := range genres {
			sums[x] += 1 / float64(len(genres))
		}
	}
	for i, s := range sums {
		mean[i] = float32(s / float64(n))
	}
	return mean, n > 0
}

// RareShare returns the share of the first k of ranked, 0 to 1, that five users or
// fewer have, where counts are [N] users; NaN for an empty list.
func RareShare(ranked []catalog.Row, counts []int, k int) float64 {
	ranked = ranked[:min(k, len(ranked))]
	rare := 0
	for _, r := range ranked {
		if counts[r] <= rareCount {
			rare++
		}
	}
	return float64(rare) / float64(len(ranked))
}
