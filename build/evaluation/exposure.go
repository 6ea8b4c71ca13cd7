package evaluation

import (
	"math"
	"slices"

	"sparrow/wasm/catalog"
)

// Coverage returns the share of a catalog of n items that is in at least one
// of the lists' first k.
func Coverage(lists [][]catalog.Row, k, n int) float64 {
	shown := 0
	for _, times := range exposure(lists, k, n) {
		if times > 0 {
			shown++
		}
	}
	return float64(shown) / float64(n)
}

// Gini returns how unequally the places of the lists' first k fall to a catalog
// of n items: 0 when every item has as many, (n-1)/n when one has all, and 0
// when there are none. With x ascending and i from 1 it is
// Σ (2i - n - 1)·x(i) / (n·Σ x).
func Gini(lists [][]catalog.Row, k, n int) float64 {
	x := exposure(lists, k, n)
	slices.Sort(x)
	var sum, above float64
	for i, times := range x {
		sum += float64(times)
		above += float64(2*(i+1)-n-1) * float64(times)
	}
	if sum == 0 {
		return 0
	}
	return above / (float64(n) * sum)
}

// exposure returns, [N], in how many of the lists' first k each item is.
func exposure(lists [][]catalog.Row, k, n int) []int {
	times := make([]int, n)
	for _, l := range lists {
		for _, r := range l[:min(k, len(l))] {
			times[r]++
		}
	}
	return times
}

// Novelty returns the mean self-information -log2 p of the first k of ranked in
// bits, where p is the share of the users who have the item; counts are [N]
// users. An item that no user has counts as had by one. It is NaN for an empty list.
// Source: Zhou et al., Solving the apparent diversity-accuracy dilemma of
// recommender systems, PNAS 2010, where it is called surprisal.
func Novelty(ranked []catalog.Row, counts []int, users, k int) float64 {
	var sum float64
	ranked = ranked[:min(k, len(ranked))]
	for _, r := range ranked {
		sum += math.Log2(float64(users) / float64(max(counts[r], 1)))
	}
	return sum / float64(len(ranked))
}

// MeanPopularity returns the mean share of the users, 0 to 1, who have an item
// of the list; NaN for an empty list. Of what is recommended it is a user's part
// in ARP, the average recommendation popularity.
// Source: Yin et al., Challenging the long tail recommendation, VLDB 2012, who
// count users where this takes their share.
func MeanPopularity(list []catalog.Row, counts []int, users int) float64 {
	var sum float64
	for _, r := range list {
		sum += float64(counts[r]) / float64(users)
	}
	return sum / float64(len(list))
}
