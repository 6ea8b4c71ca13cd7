package bandit

import (
	"math/rand/v2"

	"sparrow/wasm/vec"
)

// Duel learns the last layer w, [W], of a ranker from comparisons, as DRN explores:
// beside the ranker stands one that is a step of chance away,
//
//	w' = w + α·u·w,   u uniform in [-1, 1), drawn for each weight,
//
// visitors see a list that both drafted, and when the items of w' got more clicks,
//
//	w ← w + η·(w' - w).
//
// No click has to mean anything but that one list was liked better than the other: of
// w' the direction is used, so that on average w goes up the slope of what people
// prefer. What is learned is the difference to the shipped weights w₀ and stays in a
// ball around them, |w - w₀| ≤ ρ·|w₀|: a bad streak, or somebody who clicks on
// everything, cannot unlearn what the crowd has taught, and a new bundle's weights
// take over with the difference on top.
//
// Sources: Zheng et al., DRN: a deep reinforcement learning framework for news
// recommendation, WWW 2018, section 4.4, eq. 6 and 7; Yue & Joachims, Interactively
// optimizing information retrieval systems as a dueling bandits problem, ICML 2009,
// for the algorithm and the ball. Deviations: only the last layer is turned, the rest
// is the frozen bundle; teams are drafted (wasm/experiment) instead of mixed by
// probabilities; and the step of a weight is at least that of φ times the root mean
// square of w₀, for a weight that is 0 would stay so.
type Duel struct {
	o       DuelOptions
	shipped []float32 // w₀
	learned []float32 // w - w₀
	step    []float32 // w' - w
	reach   float32   // ρ·|w₀|
	least   float32   // φ times the root mean square of w₀
}

// DuelOptions are the constants of a [Duel].
type DuelOptions struct {
	Alpha  float32 // α, length of the step in shares of the weight
	Eta    float32 // η, 0 to 1: share of a step that won which is taken
	Floor  float32 // φ: 0 is the paper's
	Radius float32 // ρ
}

// DefaultDuelOptions returns what did best for crowds of simulated people over the demo
// bundle (build/simulation, seeds 101 to 104, 6000 lists): α of .25 to 2, η of .02 to .2
// and φ of 0, .3 and 1 were tried. Without the floor the gain was a third; the paper's
// α of .1 would take ten times as many lists. ρ of 2 and 4 were no better than 1, .5 and
// .25 worse.
func DefaultDuelOptions() DuelOptions {
	return DuelOptions{Alpha: 1, Eta: 0.05, Floor: 1, Radius: 1}
}

// NewDuel returns a learner that begins at the shipped weights, which it keeps. It is
// not for concurrent use.
func NewDuel(shipped []float32, o DuelOptions) *Duel {
	n := len(shipped)
	length := root(vec.Dot(shipped, shipped))
	return &Duel{
		o: o, shipped: shipped, learned: make([]float32, n), step: make([]float32, n),
		reach: o.Radius * length, least: o.Floor * length / root(float32(n)),
	}
}

// State returns what was learned, [W], w - w₀; it is the learner's own.
func (d *Duel) State() []float32 { return d.learned }

// Restore replaces what was learned by what State once returned, brought into the ball
// if it is outside. It reports false and changes nothing when that cannot be it.
func (d *Duel) Restore(state []float32) bool {
	if len(state) != len(d.learned) || !finite(state) {
		return false
	}
	copy(d.learned, state)
	d.confine()
	return true
}

// Weights stores w in dst, [W].
func (d *Duel) Weights(dst []float32) {
	for i, w := range d.shipped {
		dst[i] = w + d.learned[i]
	}
}

// Explore draws another step and stores w' in dst, [W].
func (d *Duel) Explore(dst []float32, r *rand.Rand) {
	d.Weights(dst)
	for i, w := range dst {
		if w < 0 {
			w = -w
		}
		d.step[i] = d.o.Alpha * float32(2*r.Float64()-1) * max(w, d.least)
		dst[i] += d.step[i]
	}
}

// Settle notes whether w' won, once for each Explore.
func (d *Duel) Settle(won bool) {
	if won {
		for i, s := range d.step {
			d.learned[i] += float32(d.o.Eta * s)
		}
		d.confine()
	}
	clear(d.step)
}

// confine brings w into the ball.
func (d *Duel) confine() {
	if length := root(vec.Dot(d.learned, d.learned)); length > d.reach {
		for i := range d.learned {
			d.learned[i] *= d.reach / length
		}
	}
}
