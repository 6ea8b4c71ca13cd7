package bandit

import "math"

// UCB1 is LinUCB's ancestor, for few arms without features: the highest mean +
// √(2·ln n / n_i), where arm i was taken n_i of n times, untried ones first. Source: Auer,
// Cesa-Bianchi, Fischer, "Finite-time analysis of the multiarmed bandit problem", Machine Learning 2002.
type UCB1 struct {
	sum, n []float64
	all    float64
}

// NewUCB1 returns a policy for that many arms.
func NewUCB1(arms int) *UCB1 { return &UCB1{sum: make([]float64, arms), n: make([]float64, arms)} }

// Choose returns an arm; ties go to the first.
func (p *UCB1) Choose() int {
	at, top := 0, math.Inf(-1)
	for i, n := range p.n {
		score := math.Inf(1)
		if n > 0 {
			score = p.sum[i]/n + math.Sqrt(2*math.Log1p(p.all-1)/n)
		}
		if score > top {
			at, top = i, score
		}
	}
	return at
}

// Learn takes a reward of 0 to 1 for an arm.
func (p *UCB1) Learn(arm int, reward float64) {
	p.sum[arm] += reward
	p.n[arm]++
	p.all++
}
