package bandit

import (
	"math"
	"math/rand/v2"
)

// Thompson takes the arm that is best in a world drawn from what is believed: each arm as
// often as it is likely to be the best. Its world is θ̃ ~ N(θ, V²·A⁻¹); since only θ̃·x
// of the arms matters and arms are judged one by one, each score is drawn from
// N(θ·x, V²·xᵀA⁻¹x), without the correlation between arms. Sources: Thompson, Biometrika 1933;
// Chapelle and Li, "An empirical evaluation of Thompson sampling", NeurIPS 2011; Agrawal
// and Goyal, ICML 2013, whose draw is of θ̃ itself.
type Thompson struct {
	*Linear
	V float64
}

// Choose implements [Policy].
func (p Thompson) Choose(arms [][]float32, rng *rand.Rand) int {
	return best(arms, func(x []float32) float64 { return p.Mean(x) + p.V*p.Deviation(x)*normal(rng) })
}

// normal returns a draw of mean 0 and deviation 1 by the polar method of Marsaglia and
// Bray (SIAM Review 1964), of functions that give the same bits everywhere.
func normal(rng *rand.Rand) float64 {
	for {
		u, v := 2*rng.Float64()-1, 2*rng.Float64()-1
		if s := u*u + v*v; s > 0 && s < 1 {
			return u * math.Sqrt(-2*math.Log1p(s-1)/s)
		}
	}
}

// Beta is Thompson sampling for few arms without features: the reward of arm i is a
// coin whose chance is believed to be Beta(1 + its ones, 1 + its zeros). Source: Chapelle and Li, algorithm 2.
type Beta struct{ ones, zeros []float64 }

// NewBeta returns a policy for that many arms.
func NewBeta(arms int) *Beta { return &Beta{make([]float64, arms), make([]float64, arms)} }

// Choose returns an arm.
func (p *Beta) Choose(rng *rand.Rand) int {
	at, top := 0, math.Inf(-1)
	for i := range p.ones {
		a, b := gamma(1+p.ones[i], rng), gamma(1+p.zeros[i], rng)
		if v := a / (a + b); v > top {
			at, top = i, v
		}
	}
	return at
}

// Learn takes a reward of 0 to 1 for an arm.
func (p *Beta) Learn(arm int, reward float64) {
	p.ones[arm] += reward
	p.zeros[arm] += 1 - reward
}

// gamma returns a draw of the gamma distribution of shape k ≥ 1 and scale 1. Source:
// Marsaglia and Tsang, ACM TOMS 2000.
func gamma(k float64, rng *rand.Rand) float64 {
	d := k - 1.0/3
	c := 1 / math.Sqrt(9*d)
	for {
		x := normal(rng)
		v := 1 + c*x
		if v <= 0 {
			continue
		}
		v = v * v * v
		if math.Log1p(rng.Float64()-1) < 0.5*x*x+d-d*v+d*math.Log1p(v-1) {
			return d * v
		}
	}
}
