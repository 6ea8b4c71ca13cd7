package evaluation

import (
	"cmp"
	"math"
	"slices"
)

// Bin is a point of a reliability plot: rows of neighbouring probabilities.
type Bin struct {
	Rows      int      `json:"rows"`
	From      float64  `json:"from"` // lowest probability
	To        float64  `json:"to"`   // highest probability
	Predicted float64  `json:"predicted"`
	Observed  Estimate `json:"observed"` // share of liked rows, with the interval of the normal approximation over users
}

// Bins returns at most n bins of as many rows each, from the lowest probabilities
// up; users[i] has row i. Rows of equal probability are in one bin, which may
// make it larger and others fewer.
func Bins(p []float64, labels []bool, users []int, n int) []Bin {
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(p[a], p[b]), cmp.Compare(a, b)) })
	var bins []Bin
	for from, b := 0, 1; b <= n; b++ {
		to := b * len(p) / n
		for to > from && to < len(p) && p[order[to]] == p[order[to-1]] {
			to++
		}
		if to <= from {
			continue
		}
		rows := order[from:to]
		bin := Bin{Rows: len(rows), From: p[rows[0]], To: p[rows[len(rows)-1]]}
		observed := make([]float64, len(rows))
		for i, r := range rows {
			bin.Predicted += p[r] / float64(len(rows))
			if labels[r] {
				observed[i] = 1
			}
		}
		m, _ := meanOf("", observed, unitsOf(len(rows), func(i int) int { return users[rows[i]] }))
		bin.Observed = m.Estimate
		bins, from = append(bins, bin), to
	}
	return bins
}

// ECE returns the expected calibration error of bins: the mean distance between
// what was predicted and what was observed, weighted by rows. Even the true
// probabilities do not get 0, for what is observed in a bin is partly luck.
// Source: Naeini, Cooper & Hauskrecht, Obtaining well calibrated probabilities using
// Bayesian binning, AAAI 2015; with bins of equal mass: Nguyen & O'Connor, Posterior
// calibration and exploratory analysis, EMNLP 2015.
func ECE(bins []Bin) float64 {
	var sum, rows float64
	for _, b := range bins {
		sum += float64(b.Rows) * math.Abs(b.Predicted-b.Observed.Mean)
		rows += float64(b.Rows)
	}
	return sum / rows
}
