// Package bandit chooses while it learns: what is shown is what can be liked, so
// whoever only shows what he believes to be best never finds out what he does not know. Rewards
// are 0 or 1, as of a click; draws come from a generator that the caller seeds.
package bandit

import (
	"math"
	"math/rand/v2"
)

// Policy chooses one of several arms, each known by its features, and learns
// from what came of it.
type Policy interface {
	// Choose returns the index of an arm. arms is [arms][F]; ties go to the first.
	Choose(arms [][]float32, rng *rand.Rand) int
	// Learn takes a reward of 0 to 1 for an arm with features x, [F].
	Learn(x []float32, reward float32)
}

// Linear is a ridge regression of rewards on features that is kept up to date: A =
// λI + Σ x·xᵀ, b = Σ r·x, and θ = A⁻¹·b is the estimate. Its inverse is updated by Sherman and
// Morrison's formula, A⁻¹ -= (A⁻¹x)(A⁻¹x)ᵀ/(1 + xᵀA⁻¹x), in float64.
type Linear struct {
	F       int
	inverse []float64 // [F×F] A⁻¹
	b       []float64
	theta   []float64
	scratch []float64
}

// NewLinear returns a regression that knows nothing, with F features and λ = ridge.
func NewLinear(f int, ridge float64) *Linear {
	l := &Linear{F: f, inverse: make([]float64, f*f), b: make([]float64, f), theta: make([]float64, f), scratch: make([]float64, f)}
	for i := range f {
		l.inverse[i*f+i] = 1 / ridge
	}
	return l
}

// Learn takes one reward.
func (l *Linear) Learn(x []float32, reward float32) {
	l.times(x)
	var along float64
	for i, v := range x {
		along += float64(v) * l.scratch[i]
		l.b[i] += float64(reward) * float64(v)
	}
	for i := range l.F {
		for j := range l.F {
			l.inverse[i*l.F+j] -= l.scratch[i] * l.scratch[j] / (1 + along)
		}
	}
	for i := range l.F {
		var sum float64
		for j := range l.F {
			sum += l.inverse[i*l.F+j] * l.b[j]
		}
		l.theta[i] = sum
	}
}

// times stores A⁻¹·x in scratch.
func (l *Linear) times(x []float32) {
	for i := range l.F {
		var sum float64
		for j, v := range x {
			sum += l.inverse[i*l.F+j] * float64(v)
		}
		l.scratch[i] = sum
	}
}

// Mean returns the expected reward θ·x.
func (l *Linear) Mean(x []float32) float64 {
	var sum float64
	for i, v := range x {
		sum += l.theta[i] * float64(v)
	}
	return sum
}

// Deviation returns √(xᵀA⁻¹x), how little is known in the direction of x.
func (l *Linear) Deviation(x []float32) float64 {
	l.times(x)
	var sum float64
	for i, v := range x {
		sum += float64(v) * l.scratch[i]
	}
	return math.Sqrt(max(0, sum))
}

// best returns the arm of the highest score.
func best(arms [][]float32, score func(x []float32) float64) int {
	at, top := 0, math.Inf(-1)
	for i, x := range arms {
		if s := score(x); s > top {
			at, top = i, s
		}
	}
	return at
}
