package bandit

import (
	"math/rand/v2"

	"sparrow/wasm/vec"
)

// Thompson stores in dst, [A], a draw from what each arm's mean reward may be,
//
//	Beta(1 + rewards(a), 1 + shown(a) - rewards(a)),
//
// the posterior of a uniform prior when rewards are 0 or 1. The arm with the largest
// draw is shown: each as often as it is likely to be the best.
//
// Source: Thompson, Biometrika 25, 1933; Chapelle & Li, An empirical evaluation of
// Thompson sampling, NIPS 2011, algorithm 2.
func Thompson(dst []float32, t Tally, r *rand.Rand) {
	for a := range dst {
		shown, rewards := t.Of(a)
		dst[a] = float32(beta(1+float64(rewards), 1+float64(shown-rewards), r))
	}
}

// Draw stores in dst, [D], weights that may be the true ones: θ + ν·S·z with normal z
// comes from the normal distribution with mean θ and covariance ν²·A⁻¹. A policy that shows
// the x with the largest dst·x does Thompson sampling in a linear model that all arms
// share. Spread, ν, is the standard deviation of the noise.
//
// Source: Agrawal & Goyal, Thompson sampling for contextual bandits with linear payoffs,
// ICML 2013, algorithm 1; Chapelle & Li, NIPS 2011, section 4, for the clicks of a
// logistic model. Deviation from the latter: the noise is taken to be normal, so that
// no approximation of the posterior is needed.
func (l *Linear) Draw(dst []float32, spread float32, r *rand.Rand) {
	for i := range l.f {
		l.f[i] = spread * float32(normal(r))
	}
	for i, v := range l.Weights() {
		dst[i] = v + vec.Dot(l.row(i), l.f)
	}
}
