package rerank

import (
	"math"

	"sparrow/wasm/catalog"
)

// depth is how many of the best items exploration draws from, or k if that is
// more: an item that far down has no fair chance, and a list must stay a good one.
const depth = 100

// Drawn is an item of an explored list and the probability that it was drawn
// for its place, given the items before it.
type Drawn struct {
	Item
	Propensity float32
}

// Explore returns k of n items, the next one drawn from those of the best 100 (or
// k) that are not chosen yet with the probability
//
//	p(i) = exp(v(i)/τ) / Σ_j exp(v(j)/τ),   τ = temperature·(1-w)·s,
//
// where v(i) is the value that [Diversify] gives the item at that moment, w its
// weight of novelty and s the standard deviation of rel, so that temperature is in
// standard deviations of the items' scores. With variety 0 the list follows the
// Plackett–Luce model of the scores; towards temperature 0 it becomes that of
// Diversify among the best 100. Items come sorted by score; temperature is above 0;
// uniform returns an independent number in [0, 1) for each place and item.
//
// A draw is an exponential race: the item with the smallest E/exp(v/τ), where E is
// exponential, has exactly p(i) (Gumbel-max, with ln taken of both sides). Sources:
// Luce 1959 and Plackett 1975 (the model); Yellott, Journal of Mathematical
// Psychology 15, 1977, and Kool, van Hoof & Welling, Stochastic beams and where to
// find them, ICML 2019 (the draw). Deviation: novelty changes the values from
// place to place, so that every place is drawn anew.
func Explore(items []Item, vectors []float32, variety, temperature float32, k int, uniform func(place int, r catalog.Row) float64) []Drawn {
	n := min(len(items), max(k, depth))
	drawn := make([]Drawn, 0, max(0, min(k, n)))
	if len(items) == 0 {
		return drawn
	}
	c := newChoice(items, vectors, variety)
	s := float64(1) // when all scores are equal, chance alone decides
	if span := items[0].Score - items[len(items)-1].Score; span > 0 {
		s = float64(spread(items) / span)
	}
	scale := math.Log2E / (float64(temperature) * float64(1-c.w) * s)
	weights := make([]float64, n)
	for len(drawn) < cap(drawn) {
		top := float32(math.Inf(-1))
		for i := range weights {
			if !c.taken[i] {
				top = max(top, c.value(i))
			}
		}
		next, first, sum := -1, 0.0, 0.0
		for i := range weights {
			if c.taken[i] {
				continue
			}
			weights[i] = math.Exp2(float64(c.value(i)-top) * scale)
			sum += weights[i]
			if weights[i] == 0 {
				continue // too far behind for a float64
			}
			race := -math.Log1p(-uniform(len(drawn), items[i].Row)) / weights[i]
			if next < 0 || race < first {
				next, first = i, race
			}
		}
		drawn = append(drawn, Drawn{items[next], float32(weights[next] / sum)})
		c.take(next)
	}
	return drawn
}
