package bandit

import "math/rand/v2"

// LinUCB takes the arm that could be best: the highest θ·x + Alpha·√(xᵀA⁻¹x). Where
// little is known the second term is large, and it shrinks as rewards come in. Source: Li, Chu,
// Langford, Schapire, "A contextual-bandit approach to personalized news article
// recommendation", WWW 2010, algorithm 1, with one θ for all arms, as in their hybrid model: our
// arms are movies, of which there are too many to learn one by one.
type LinUCB struct {
	*Linear
	Alpha float64
}

// Choose implements [Policy].
func (p LinUCB) Choose(arms [][]float32, _ *rand.Rand) int {
	return best(arms, func(x []float32) float64 { return p.Mean(x) + p.Alpha*p.Deviation(x) })
}
