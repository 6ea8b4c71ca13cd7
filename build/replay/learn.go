package replay

import (
	"math"

	"sparrow/build/stats"
)

// Learner is a policy that learns from what it is shown.
type Learner interface {
	// Choose returns the arm that it would show at decision i of the log.
	Choose(i int) int
	// Learn receives what the arm last chosen brought at decision i.
	Learn(i, arm int, reward float64)
}

// Learned is what a learner would have got, had it run on the kept decisions.
type Learned struct {
	Decisions int     `json:"decisions"` // that were gone through
	Kept      int     `json:"kept"`
	Reward    float64 `json:"reward"` // mean of a kept decision
	Low       float64 `json:"low"`    // 95 % interval, for what this run of the learner was to expect
	High      float64 `json:"high"`
}

// Learn replays a log of n decisions, whose arms were drawn with even chances and
// independently of who came, until most of them are kept: a decision is kept, and the
// learner learns from it, when it chose the arm that was logged; all others are as if they
// had never been. The learner then sees what it would have seen in the world, so that the mean
// reward of T kept decisions has the distribution of that of T decisions in the world.
// It takes about as many decisions for each that is kept as there are arms.
//
// The interval is that of a mean of rewards each with its own expectation (their
// differences are a martingale's), 1.96 standard deviations of the rewards over √kept; other luck while
// learning is not in it, for which several logs are needed.
//
// Source: Li, Chu, Langford & Wang, Unbiased offline evaluation of contextual-bandit-based
// news article recommendation algorithms, WSDM 2011, algorithm 2 and theorem 1. [Judge]
// is for policies that do not learn, and for logs with other propensities.
func Learn(n int, logged func(i int) (arm int, reward float64), l Learner, most int) Learned {
	var out Learned
	var sum, squares float64
	for i := 0; i < n && out.Kept < most; i++ {
		out.Decisions++
		arm, reward := logged(i)
		if l.Choose(i) != arm {
			continue
		}
		l.Learn(i, arm, reward)
		out.Kept++
		sum += reward
		squares += reward * reward
	}
	if out.Kept == 0 {
		out.High = 1
		return out
	}
	kept := float64(out.Kept)
	out.Reward = sum / kept
	half := stats.Normal95 * math.Sqrt(max(0, squares/kept-out.Reward*out.Reward)/kept)
	out.Low, out.High = out.Reward-half, out.Reward+half
	return out
}
