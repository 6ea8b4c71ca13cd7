package evaluation

import (
	"cmp"
	"slices"
)

// Holm returns p-values adjusted for their number, in the order given: rejecting
// those of at most α rejects some true hypothesis with probability at most α.
// Source: Holm, A simple sequentially rejective multiple test procedure,
// Scandinavian Journal of Statistics 1979.
func Holm(p []float64) []float64 {
	adjusted, least := make([]float64, len(p)), 0.0
	for rank, i := range ascending(p) {
		least = max(least, min(1, float64(len(p)-rank)*p[i]))
		adjusted[i] = least
	}
	return adjusted
}

// BenjaminiHochberg returns p-values adjusted for their number, in the order given:
// rejecting those of at most α keeps the expected share of wrong rejections at most α,
// if the tests are independent or positively dependent.
// Source: Benjamini & Hochberg, Controlling the false discovery rate, JRSS B 1995.
func BenjaminiHochberg(p []float64) []float64 {
	adjusted, most := make([]float64, len(p)), 1.0
	order := ascending(p)
	for rank := len(p) - 1; rank >= 0; rank-- {
		i := order[rank]
		most = min(most, float64(len(p))/float64(rank+1)*p[i])
		adjusted[i] = most
	}
	return adjusted
}

// ascending returns the indices of p from the smallest up.
func ascending(p []float64) []int {
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p[a], p[b]) })
	return order
}
