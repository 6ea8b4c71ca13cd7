package abtest

import (
	"math"

	"sparrow/wasm/experiment"
)

// crowding is by how much the variance of a rate is larger than that of as many
// independent impressions, because the impressions of one visitor are alike. It
// is a guess to plan with; a report measures.
const crowding = 2

// VisitorsNeeded returns how many visitors of the layer's arms together show,
// with a power of 80 % at 5 %, that a rate of clicks per impression differs by
// effect of itself between control and each other arm, at so many impressions a
// visitor. The smallest arm decides.
//
//	n = (z(0.975) + z(0.8))² · (p(1-p) + q(1-q)) / (p - q)² impressions an arm,   q = p·(1 + effect)
func VisitorsNeeded(l *experiment.Layer, rate, effect, impressions float64) float64 {
	other := rate * (1 + effect)
	z := normal(0.975) + normal(0.8)
	n := z * z * (rate*(1-rate) + other*(1-other)) / ((rate - other) * (rate - other))
	least, sum := math.Inf(1), 0.0
	for _, a := range l.Arms {
		sum += a.Weight
		if len(a.Interleave) == 0 {
			least = min(least, a.Weight)
		}
	}
	return math.Ceil(n * crowding / impressions * sum / least)
}
