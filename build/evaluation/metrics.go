package evaluation

import (
	"math"
	"slices"

	"sparrow/wasm/catalog"
)

// NDCG returns the normalized discounted cumulative gain of the first k of
// ranked, with gain 1 for a relevant item: Σ 1/log2(rank+1) over the relevant
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

// discount is the weight of the item at place i, from 0.
func discount(i int) float64 { return 1 / math.Log2(float64(i+2)) }

// HitRate returns 1 if one of the first k of ranked is relevant, else 0.
func HitRate(ranked, relevant []catalog.Row, k int) float64 {
	if firstHit(ranked, relevant, k) == 0 {
		return 0
	}
	return 1
}

// MRR returns 1 over the rank of the first relevant item among the first k of
// ranked, ranks from 1, or 0 if there is none. Its mean over cases is the mean
// reciprocal rank, cut at k.
func MRR(ranked, relevant []catalog.Row, k int) float64 {
	rank := firstHit(ranked, relevant, k)
	if rank == 0 {
		return 0
	}
	return 1 / float64(rank)
}

// firstHit returns the rank of the first relevant item, from 1, 0 for none.
func firstHit(ranked, relevant []catalog.Row, k int) int {
	for i, r := range ranked[:min(k, len(ranked))] {
		if slices.Contains(relevant, r) {
			return i + 1
		}
	}
	return 0
}

// hits returns how many of the first k of ranked are relevant.
func hits(ranked, relevant []catalog.Row, k int) int {
	n := 0
	for _, r := range ranked[:min(k, len(ranked))] {
		if slices.Contains(relevant, r) {
			n++
		}
	}
	return n
}

// Precision returns the share of k places that hold a relevant item: the
// divisor is k, also where the list is shorter or fewer items are relevant.
func Precision(ranked, relevant []catalog.Row, k int) float64 {
	return float64(hits(ranked, relevant, k)) / float64(k)
}

// Recall returns the share of the relevant items that are among the first k
// of ranked, 0 when nothing is relevant.
func Recall(ranked, relevant []catalog.Row, k int) float64 {
	if len(relevant) == 0 {
		return 0
	}
	return float64(hits(ranked, relevant, k)) / float64(len(relevant))
}

// F1 returns the harmonic mean of precision and recall at k of one list, 0 when
// both are. Its mean over cases is not the harmonic mean of their means.
func F1(ranked, relevant []catalog.Row, k int) float64 {
	p, r := Precision(ranked, relevant, k), Recall(ranked, relevant, k)
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

// AP returns the average precision of the first k of ranked: the precisions at
// the ranks of the relevant items, summed and divided by min(k, relevant), so
// that a list that begins with as many relevant items as it can has 1. Its mean
// over cases is MAP@K. It is 0 when nothing is relevant.
func AP(ranked, relevant []catalog.Row, k int) float64 {
	if len(relevant) == 0 {
		return 0
	}
	sum, found := 0.0, 0
	for i, r := range ranked[:min(k, len(ranked))] {
		if slices.Contains(relevant, r) {
			found++
			sum += float64(found) / float64(i+1)
		}
	}
	return sum / float64(min(k, len(relevant)))
}
