package rerank

import (
	"math"

	"sparrow/wasm/feature"
)

// depth is how many of the best items exploration draws from, or k if that is
// more: an item that far down has no fair chance, and a list must stay a good one.
const depth = 100

// Explore returns k of n items with their propensities, the next one drawn from those of the best 100 (or
// k) that are not chosen yet with the probability
//
//	p(i) = exp(v(i)/τ) / Σ_j exp(v(j)/τ),   τ = temperature·(1-w)·s,
//
// where v(i) is the value that [Diversify] gives the item at that moment, w its
// weight of novelty and s the standard deviation of rel, so that temperature is in
// standard deviations of the items' values. With variety 0 the list follows the
// Plackett–Luce model of the values; towards temperature 0 it becomes that of
// Diversify among the best 100. Items come sorted by value; temperature is above 0;
// uniform returns an independent number in [0, 1) for each place and item.
//
// A draw is an exponential race: the item with the smallest E/exp(v/τ), where E is
// exponential, has exactly p(i) (Gumbel-max, with ln taken of both sides). Sources:
// Luce 1959 and Plackett 1975 (the model); Yellott, Journal of Mathematical
// Psychology 15, 1977, and Kool, van Hoof & Welling, Stochastic beams and where to
// find them, ICML 2019 (the draw). Deviation: novelty changes the values from
// place to place, so that every place is drawn again.
func Explore(items []feature.Candidate, vectors []float32, variety, temperature float32, k int, uniform func(draw uint64) float64, targets ...Target) []feature.Candidate {
	if len(items) == 0 || k <= 0 {
		return nil
	}
	c := newChoice(items, vectors, variety, targets)
	unit := float32(1) // when all scores are equal, chance alone decides
	if _, span := scale(items); span > 0 {
		unit = spread(items) / span
	}
	heat := math.Log2E / (float64(temperature) * float64((1-c.w)*unit))
	n := min(len(items), max(k, depth))
	drawn := make([]feature.Candidate, min(k, n))
	for place := range drawn {
		top := c.options[c.best(n)].value
		next, first, weight, sum := 0, math.Inf(1), 0.0, 0.0
		for i := range n {
			o := &c.options[i]
			if o.taken {
				continue
			}
			w := math.Exp2(float64(o.value-top) * heat)
			sum += w
			if race := -math.Log1p(-uniform(uint64(place)<<32|uint64(items[i].Row))) / w; w > 0 && race < first {
				next, first, weight = i, race, w
			}
		}
		drawn[place] = items[next]
		drawn[place].Propensity = float32(weight / sum)
		c.take(next)
	}
	return drawn
}
