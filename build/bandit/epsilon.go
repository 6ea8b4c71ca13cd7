package bandit

import "math/rand/v2"

// EpsilonGreedy returns k arms, or all when there are fewer: for each place, one of
// those that are left at random with probability epsilon, else the one with the best
// score, ties by number. With epsilon 0 they are the k best. scores are an estimate of
// the rewards, such as [Tally.Means], or of anything else that is worth a try.
//
// Source: Watkins, Learning from delayed rewards, 1989; Sutton & Barto, Reinforcement
// learning, 2018, section 2.2. Deviation: a list instead of one arm.
func EpsilonGreedy(scores []float32, k int, epsilon float64, r *rand.Rand) []int {
	left := make([]int, len(scores))
	for a := range left {
		left[a] = a
	}
	k = min(k, len(left))
	chosen := make([]int, 0, k)
	for len(chosen) < k {
		at := 0
		if epsilon > 0 && r.Float64() < epsilon {
			at = r.IntN(len(left))
		} else {
			for i, a := range left {
				if scores[a] > scores[left[at]] {
					at = i
				}
			}
		}
		chosen = append(chosen, left[at])
		left = append(left[:at], left[at+1:]...)
	}
	return chosen
}

// Best returns the k arms with the best scores, best first, ties by number.
func Best(scores []float32, k int) []int { return EpsilonGreedy(scores, k, 0, nil) }
