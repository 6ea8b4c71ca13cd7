// Package evaluation measures recommenders on interactions that they have not
// seen, ranking the full catalog.
package evaluation

import (
	"math"
	"slices"

	"sparrow/wasm/catalog"
)

// NDCG returns the normalized discounted cumulative gain of the first k of
// ranked, with gain 1 for a relevant movie: Σ 1/log2(rank+1) over the relevant
// ones, ranks from 1, over the same sum of a list that begins with all of them.
// It is 0 when nothing is relevant. relevant has no repeats.
// Source: Järvelin and Kekäläinen, ACM TOIS 2002, with binary gains.
func NDCG(ranked, relevant []catalog.Row, k int) float64 {
	var gain, ideal float64
	for i, r := range ranked[:min(k, len(ranked))] {
		if slices.Contains(relevant, r) {
			gain += discount(i)
		}
	}
	for i := range min(k, len(relevant)) {
		ideal += discount(i)
	}
	if ideal == 0 {
		return 0
	}
	return gain / ideal
}

// discount is the weight of the movie at place i, from 0.
func discount(i int) float64 { return 1 / math.Log2(float64(i+2)) }

// HitRate returns 1 if one of the first k of ranked is relevant, else 0.
func HitRate(ranked, relevant []catalog.Row, k int) float64 {
	if firstHit(ranked, relevant, k) == 0 {
		return 0
	}
	return 1
}

// MRR returns 1 over the rank of the first relevant movie among the first k of
// ranked, ranks from 1, or 0 if there is none. Its mean over cases is the mean
// reciprocal rank, cut at k.
func MRR(ranked, relevant []catalog.Row, k int) float64 {
	rank := firstHit(ranked, relevant, k)
	if rank == 0 {
		return 0
	}
	return 1 / float64(rank)
}

// firstHit returns the rank of the first relevant movie, from 1, 0 for none.
func firstHit(ranked, relevant []catalog.Row, k int) int {
	for i, r := range ranked[:min(k, len(ranked))] {
		if slices.Contains(relevant, r) {
			return i + 1
		}
	}
	return 0
}

// Coverage returns the share of a catalog of n movies that is in at least one
// of the lists' first k.
func Coverage(lists [][]catalog.Row, k, n int) float64 {
	shown := make([]bool, n)
	count := 0
	for _, l := range lists {
		for _, r := range l[:min(k, len(l))] {
			if !shown[r] {
				shown[r] = true
				count++
			}
		}
	}
	return float64(count) / float64(n)
}
