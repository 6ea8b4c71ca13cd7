// Package bandit learns from what people do with what it shows them. Some of its
// policies know arms by their number alone ([EpsilonGreedy], [UCB1], [Thompson]),
// some by features ([LinUCB], [Linear]), and [Duel] turns the last layer of a ranker.
// They give every arm a score; the best scores are shown.
//
// What each has learned is one small []float32, which a profile can keep. Chance comes
// from a *rand.Rand, and the same bits come out natively and in the browser: of package
// math only what has no assembly of its own is used, see wasm/feature.
package bandit

import "math"

// Tally is what is known of A arms: [2A], for each how often it was shown and the sum
// of its rewards, 0 to 1 each. ε-greedy, UCB1 and Thompson sampling remember no more.
type Tally []float32

// full is the number of showings at which an arm's are halved: float32 counts in ones
// up to 2²⁴ only. A halved arm still has the same mean.
const full = 1 << 23

// NewTally returns the tally of arms that were never shown.
func NewTally(arms int) Tally { return make(Tally, 2*arms) }

// Add notes that the arm was shown and what it brought, 0 to 1.
func (t Tally) Add(arm int, reward float32) {
	t[2*arm]++
	t[2*arm+1] += reward
	if t[2*arm] >= full {
		t[2*arm] /= 2
		t[2*arm+1] /= 2
	}
}

// Of returns how often the arm was shown and the sum of its rewards.
func (t Tally) Of(arm int) (shown, rewards float32) { return t[2*arm], t[2*arm+1] }

// Means stores each arm's mean reward in dst, [A]: 1, the most there is, for one that
// was never shown, so that every arm is tried.
func (t Tally) Means(dst []float32) {
	for a := range dst {
		dst[a] = 1
		if shown, rewards := t.Of(a); shown > 0 {
			dst[a] = rewards / shown
		}
	}
}

// Valid reports whether t can be a tally of that many arms: what a profile kept may be
// of another version, or broken.
func (t Tally) Valid(arms int) bool {
	if len(t) != 2*arms {
		return false
	}
	for a := range arms {
		if shown, rewards := t.Of(a); !(0 <= rewards && rewards <= shown && shown <= full) {
			return false
		}
	}
	return true
}

// finite reports whether all numbers of v are.
func finite(v []float32) bool {
	for _, x := range v {
		if x-x != 0 {
			return false
		}
	}
	return true
}

func root(x float32) float32 { return float32(math.Sqrt(float64(x))) }
