package replay

import (
	"math"
	"math/rand/v2"
	"testing"

	"sparrow/build/bandit"
)

// script chooses the arms it was told to and remembers what it learned.
type script struct {
	arms  []int
	heard [][2]int
}

func (s *script) Choose(i int) int { return s.arms[i] }
func (s *script) Learn(i, arm int, _ float64) {
	s.heard = append(s.heard, [2]int{i, arm})
}

// TestLearnByHand: of six decisions 0, 2 and 3 match, with rewards 1, 0, 1: mean 2/3,
// half the interval 1.96·√(2/9/3) = .533445. With two to keep it stops at decision 2.
func TestLearnByHand(t *testing.T) {
	logged := []struct {
		arm    int
		reward float64
	}{{0, 1}, {1, 1}, {2, 0}, {0, 1}, {1, 0}, {2, 1}}
	log := func(i int) (int, float64) { return logged[i].arm, logged[i].reward }
	s := &script{arms: []int{0, 2, 2, 0, 0, 0}}
	got := Learn(len(logged), log, s, 10)
	nearly(t, "reward", got.Reward, 2.0/3, 1e-9)
	nearly(t, "low", got.Low, 2.0/3-0.533445, 1e-6)
	nearly(t, "high", got.High, 2.0/3+0.533445, 1e-6)
	if got.Kept != 3 || got.Decisions != 6 || len(s.heard) != 3 || s.heard[1] != [2]int{2, 2} {
		t.Errorf("kept %d of %d, the learner heard %v; want decisions 0, 2, 3", got.Kept, got.Decisions, s.heard)
	}
	if got := Learn(len(logged), log, &script{arms: s.arms}, 2); got.Kept != 2 || got.Decisions != 3 || got.Reward != 0.5 {
		t.Errorf("with two to keep: %+v, want a mean of 1/2 after 3 decisions", got)
	}
	if got := Learn(2, log, &script{arms: []int{2, 2}}, 2); got != (Learned{Decisions: 2, High: 1}) {
		t.Errorf("no match: %+v, want nothing known", got)
	}
}

// linear is LinUCB in the world of [play], whose context it sees.
type linear struct {
	model    *bandit.LinUCB
	contexts []int
}

var contexts = [][]float32{{1, 0}, {0, 1}}

func (l *linear) Choose(i int) int {
	scores := make([]float32, 3)
	l.model.Scores(scores, contexts[l.contexts[i]])
	return bandit.Best(scores, 1)[0]
}

func (l *linear) Learn(i, arm int, reward float64) {
	l.model.Learn(arm, contexts[l.contexts[i]], float32(reward))
}

// TestReplayOfALearnerIsTheWorld: LinUCB gets as much on 200 kept decisions of even logs as
// on 200 decisions in the world, within four standard errors of their difference over
// 300 runs; and much more than half of what separates the mean of even choices, .3167,
// from the best, .55, so that it has learned something. A replay that lets it learn from what it
// did not choose agrees less, or this test would prove nothing.
func TestReplayOfALearnerIsTheWorld(t *testing.T) {
	const runs, most, n = 300, 200, 3000
	var difference, squares, world, cheated float64
	for run := range runs {
		r := rand.New(rand.NewPCG(uint64(run), 8))
		pays := func(x, arm int) float64 {
			if r.Float64() < odds.reward[x][arm] {
				return 1
			}
			return 0
		}
		live := &linear{bandit.NewLinUCB(3, 2, 1), []int{0}}
		got := 0.0
		for range most {
			live.contexts[0] = r.IntN(2)
			arm := live.Choose(0)
			reward := pays(live.contexts[0], arm)
			live.Learn(0, arm, reward)
			got += reward / most
		}
		log := &linear{bandit.NewLinUCB(3, 2, 1), nil}
		greedy := &linear{bandit.NewLinUCB(3, 2, 1), nil}
		var arms []int
		var rewards []float64
		for range n {
			x, arm := r.IntN(2), r.IntN(3)
			log.contexts, arms, rewards = append(log.contexts, x), append(arms, arm), append(rewards, pays(x, arm))
		}
		logged := func(i int) (int, float64) { return arms[i], rewards[i] }
		replayed := Learn(n, logged, log, most)
		if replayed.Kept != most {
			t.Fatalf("kept %d of %d", replayed.Kept, n)
		}
		greedy.contexts = log.contexts
		for i := range n { // learns from all of the log before it is replayed
			greedy.Learn(i, arms[i], rewards[i])
		}
		cheated += Learn(n, logged, greedy, most).Reward / runs
		d := replayed.Reward - got
		difference += d / runs
		squares += d * d / runs
		world += got / runs
	}
	off := 4 * math.Sqrt(squares/runs)
	nearly(t, "replay - world", difference, 0, off)
	if world < 0.46 {
		t.Errorf("the learner got %.3f, want .46 at least", world)
	}
	if math.Abs(cheated-world) < off {
		t.Errorf("who cheats gets %.3f and the world gives %.3f: within %.3f, this test proves nothing", cheated, world, off)
	}
}
