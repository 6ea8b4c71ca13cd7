package stats

import (
	"math/rand/v2"
	"slices"
)

// Bootstrap returns the mean of independent values with its 95 % interval by the percentile
// bootstrap: as many are drawn with replacement, rounds times, and it reaches from the 2.5th to the
// 97.5th percentile of their means. Of pairs values are the differences. Without values all is 0.
// Source: Efron, Bootstrap methods: another look at the jackknife, Annals of Statistics 1979.
func Bootstrap(values []float64, rounds int, seed uint64) Interval {
	n := len(values)
	if n == 0 {
		return Interval{}
	}
	mean := func(at func(i int) int) float64 {
		sum := 0.0
		for i := range n {
			sum += values[at(i)]
		}
		return sum / float64(n)
	}
	rng := rand.New(rand.NewPCG(seed, 0x626f6f74))
	draws := make([]float64, rounds)
	for i := range draws {
		draws[i] = mean(func(int) int { return rng.IntN(n) })
	}
	slices.Sort(draws)
	return Interval{mean(func(i int) int { return i }), draws[rounds/40], draws[rounds-1-rounds/40]}
}
