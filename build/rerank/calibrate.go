package rerank

import "math"

// smoothing is α of the divergence: the share of the wanted distribution that is
// mixed into that of the list, so that a genre that is missing yet costs a
// finite amount, at most ln 100. It is the paper's value.
const smoothing = 0.01

// Calibrate returns the first k of n items, as their places in scores, chosen
// greedily so that the list's genres follow the distribution wanted: the next item is the one with
// the largest
//
//	(1-λ)·Σ rel - λ·KL(wanted, list),
//
// where the sum is over the chosen items and it, rel is the score stretched to
// 0..1 over the items, and list is the mean of genres over the same ones. genres is
// [n×G], parallel to scores, wanted is [G]; each row of genres and wanted is a
// distribution, which sums to 1, or zeros where nothing is known. λ = 0 is the
// ranker's order, and so is a wanted of zeros; λ is cut to 0..1. Ties go to the
// earlier item. It panics if the shapes do not match.
//
// Source: Steck, Calibrated recommendations, RecSys 2018, with the same weight for
// every place of a list. Deviation: the paper sums raw scores, ours are stretched,
// so that one λ suits every ranker.
func Calibrate(scores, genres, wanted []float32, lambda float32, k int) []int {
	n, width := len(scores), len(wanted)
	if len(genres) != n*width {
		panic("rerank: genres do not match the items")
	}
	if k = min(k, n); k <= 0 {
		return nil
	}
	w := min(max(float64(lambda), 0), 1)
	rel := stretched(scores)
	taken := make([]bool, n)
	sum, mean := make([]float64, width), make([]float32, width)
	chosen := make([]int, k)
	for place := range chosen {
		best, top := -1, 0.0
		for i := range scores {
			if taken[i] {
				continue
			}
			row := genres[i*width:][:width]
			for g, p := range row {
				mean[g] = float32((sum[g] + float64(p)) / float64(place+1))
			}
			// The sum over what is chosen already is the same for all.
			value := -float64(w*Divergence(wanted, mean)) + float64((1-w)*rel[i])
			if best < 0 || value > top {
				best, top = i, value
			}
		}
		taken[best] = true
		chosen[place] = best
		for g, p := range genres[best*width:][:width] {
			sum[g] += float64(p)
		}
	}
	return chosen
}

// Divergence returns the Kullback–Leibler divergence of a list's genres from
// the wanted ones, in nats, 0 to ln 100:
//
//	KL(p, q) = Σ p(g)·ln(p(g) / q̃(g)),   q̃ = 0.99·q + 0.01·p,
//
// for p wanted and q the list's, both [G]. It is 0 only where the two agree or p is zeros.
// Source: Steck 2018.
func Divergence(wanted, list []float32) float64 {
	if len(wanted) != len(list) {
		panic("rerank: distributions do not match")
	}
	var sum float64
	for g, v := range wanted {
		if p := float64(v); p > 0 {
			mixed := float64((1-smoothing)*float64(list[g])) + float64(smoothing*p)
			sum += float64(p * math.Log(p/mixed))
		}
	}
	return sum
}

// Genres stores in dst, [len(items)×G], the distribution over G genres of each
// item, which lists its genres without repeats: the same share for each, zeros
// where there are none. It panics if the shapes do not match. Source: Steck 2018.
func Genres(dst []float32, items [][]uint8) {
	clear(dst)
	if len(items) == 0 {
		return
	}
	width := len(dst) / len(items)
	if width*len(items) != len(dst) {
		panic("rerank: dst does not match the items")
	}
	for i, genres := range items {
		for _, g := range genres {
			dst[i*width:][:width][g] = 1 / float32(len(genres))
		}
	}
}

// Taste stores in dst, [G], the genres of a user whose history is [m×G], oldest
// first, each row a distribution or zeros: the mean of the rows with a weight of
// 2^(-a/halfLife) for the one that is followed by a others. Rows of zeros count for
// nothing; where all are, dst is zeros. halfLife is above 0, in items. It panics
// if the shapes do not match. Source: Steck 2018, where the weights may say how
// recently an item was played; the half-life is ours.
func Taste(dst, history []float32, halfLife float64) {
	clear(dst)
	if len(history) == 0 {
		return
	}
	width := len(dst)
	if width == 0 || len(history)%width != 0 {
		panic("rerank: dst does not match the history")
	}
	sums := make([]float64, width)
	var all float64
	for age, end := 0, len(history); end > 0; age, end = age+1, end-width {
		weight := math.Exp2(-float64(age) / halfLife)
		for g, p := range history[end-width : end] {
			sums[g] += float64(weight * float64(p))
			all += float64(weight * float64(p))
		}
	}
	if all == 0 {
		return
	}
	for g, s := range sums {
		dst[g] = float32(s / all)
	}
}
