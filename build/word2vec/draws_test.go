package word2vec

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestNegativesFollowThreeQuarters counts the table that negatives are drawn from: a word
// that occurs 16 times as often as another is drawn 8 times as often.
func TestNegativesFollowThreeQuarters(t *testing.T) {
	var s []int32
	for w, n := range []int{16, 1, 81} {
		for range n {
			s = append(s, int32(w))
		}
	}
	tr := newTrainer([][]int32{s}, 4, Options{Width: 1})
	share := make([]float64, 4)
	for _, w := range tr.draw {
		share[w] += 1 / float64(len(tr.draw))
	}
	for w, want := range []float64{8. / 36, 1. / 36, 27. / 36, 0} {
		if math.Abs(share[w]-want) > 1e-5 {
			t.Errorf("word %d is drawn with probability %g, want %g", w, share[w], want)
		}
	}
}

// TestSubsamplingKeepsTheRare: the probability to keep a word is √(t/f), 1 at most.
func TestSubsamplingKeepsTheRare(t *testing.T) {
	s := make([]int32, 100)
	s[99] = 1
	tr := newTrainer([][]int32{s}, 2, Options{Width: 1, Subsample: 0.04})
	if want := math.Sqrt(0.04 / 0.99); math.Abs(tr.keep[0]-want) > 1e-12 || tr.keep[1] != 1 {
		t.Errorf("kept with probability %g and %g, want %g and 1", tr.keep[0], tr.keep[1], want)
	}
}

// TestWalksFollowTheWeights: from node 0, two thirds of the steps go to 1 and a third to 2;
// walks start everywhere, have as many nodes as they may and end where nothing follows.
func TestWalksFollowTheWeights(t *testing.T) {
	g := newGraph([][]int32{{0, 1}, {0, 1}, {0, 2}, {2, 3}}, 5)
	opt := WalkOptions{Options: Options{Seed: 4}, Walks: 3000, Steps: 3}
	first := func(g *graph, at, _ int32, rng *rand.Rand) int32 { return g.next(at, rng) }
	to := map[[2]int32]int{}
	starts := map[int32]int{}
	for _, w := range g.walks(opt, first) {
		starts[w[0]]++
		if len(w) > 3 {
			t.Fatalf("a walk of %d nodes", len(w))
		}
		if last := w[len(w)-1]; len(w) < 3 && last != 1 && last != 3 {
			t.Errorf("walk %v ends early", w)
		}
		for i := range len(w) - 1 {
			to[[2]int32{w[i], w[i+1]}]++
		}
	}
	if starts[0] != 3000 || starts[2] != 3000 || starts[1]+starts[3]+starts[4] != 0 {
		t.Errorf("walks start %v times: nodes 0 and 2 have a next one, 3000 are due from each", starts)
	}
	// 2,000 are expected with a standard deviation of 26.
	if n := to[[2]int32{0, 1}]; n < 1870 || n > 2130 || to[[2]int32{0, 2}] != 3000-n {
		t.Errorf("steps %v: of 3,000 from node 0 two thirds go to node 1", to)
	}
}
