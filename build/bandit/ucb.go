package bandit

import "math"

// UCB1 stores in dst, [A], each arm's upper confidence bound
//
//	mean(a) + √(2·ln n / n(a)),   n = Σ_a n(a),
//
// where n(a) counts how often the arm was shown: what it might well be worth. An arm
// never shown is worth infinitely much. The arm with the largest bound is shown, so
// that none is neglected unless it is known to be bad, and the regret grows with ln n.
//
// Source: Auer, Cesa-Bianchi & Fischer, Finite-time analysis of the multiarmed bandit
// problem, Machine Learning 47, 2002, figure 1. Where several arms are shown at a time,
// each counts as one play: Chen, Wang & Yuan, Combinatorial multi-armed bandit, ICML 2013.
func UCB1(dst []float32, t Tally) {
	n := 0.0
	for a := range dst {
		shown, _ := t.Of(a)
		n += float64(shown)
	}
	logs := math.Log1p(max(n, 1) - 1)
	for a := range dst {
		shown, rewards := t.Of(a)
		if shown == 0 {
			dst[a] = float32(math.Inf(1))
			continue
		}
		dst[a] = rewards/shown + float32(math.Sqrt(2*logs/float64(shown)))
	}
}
