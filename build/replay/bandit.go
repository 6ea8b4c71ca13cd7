package replay

import (
	"math/rand/v2"

	"sparrow/wasm/bandit"
)

// Round is one visit of a log whose arm was drawn from all arms alike.
type Round struct {
	Arms   [][]float32 // [arms][F]
	Shown  int         // index into Arms
	Reward float32
}

// Bandit estimates what a policy that learns would have earned a visit, by replay: the
// policy chooses; where it takes the arm that was shown, the reward counts and it learns from it, and
// every other round is passed over as if it had never been. Because the log was drawn alike, what
// is left is as if the policy had been live, and about one round of as many as there are arms is left. It returns
// the mean reward and how many rounds it is of. Source: Li, Chu, Langford, Wang, "Unbiased offline evaluation
// of contextual-bandit-based news article recommendation algorithms", WSDM 2011, algorithm 2.
func Bandit(p bandit.Policy, log []Round, rng *rand.Rand) (mean float64, rounds int) {
	var sum float64
	for _, r := range log {
		if p.Choose(r.Arms, rng) != r.Shown {
			continue
		}
		sum += float64(r.Reward)
		rounds++
		p.Learn(r.Arms[r.Shown], r.Reward)
	}
	return sum / float64(max(1, rounds)), rounds
}
