package bandit

import "math/rand/v2"

// EpsilonGreedy takes the arm of the highest expected reward, but any arm with
// probability Epsilon, all alike: the simplest way to explore, and it explores what it knows
// to be bad as often as what it does not know. Source: Sutton and Barto, Reinforcement Learning, 2018,
// section 2.2. Epsilon 0 is greedy.
type EpsilonGreedy struct {
	*Linear
	Epsilon float64
}

// Choose implements [Policy].
func (p EpsilonGreedy) Choose(arms [][]float32, rng *rand.Rand) int {
	if rng.Float64() < p.Epsilon {
		return rng.IntN(len(arms))
	}
	return best(arms, p.Mean)
}
