package simulation

import (
	"math/rand/v2"

	"sparrow/build/bandit"
	"sparrow/wasm/catalog"
	"sparrow/wasm/experiment"
)

// policy fills a slot.
type policy interface {
	// choose returns the k arms to show to a guest.
	choose(g *guest, k int) []int
	// learn receives which arms of the last choice were clicked.
	learn(g *guest, shown []int, clicked []bool)
}

// Settings of the policies, the best of those that were tried over the demo bundle on
// seeds 101 to 106, with 3000 visits: ε of .02, .05, .1, .2; α of .05 to .5; ν of 0 to
// .4 and λ of 1 and 10; for DRN see [bandit.DefaultDuelOptions].
const (
	epsilon = 0.05
	hope    = 0.3 // α of LinUCB
	noise   = 0.3 // ν of linear Thompson sampling
	ridge   = 10  // λ of it
)

// Oracle and Random are the places of two of the [Policies].
const (
	Oracle = iota
	Random
)

// Policies are the names of the policies in the order of the table: those that know the
// truth or learn nothing, then the [Learners]. "best fixed" shows everybody what is best
// on the average, the most that a policy can reach which does not distinguish visitors.
var Policies = append([]string{"oracle", "random", "ranker", "best fixed"}, Learners...)

// Learners are the policies that learn; the first four do not distinguish visitors.
var Learners = []string{"greedy", "ε-greedy", "UCB1", "Thompson", "LinUCB", "linear Thompson", "DRN"}

// policy returns a policy that has learned nothing, by its name.
func (s *Slot) policy(name string, seed uint64) policy {
	r := s.dice.generator(ofPolicy, seed, nameOf(name))
	switch name {
	case "oracle":
		return truth(func(g *guest) []float64 { return g.appetite })
	case "best fixed":
		mean := make([]float64, s.arms)
		for i := range s.guests {
			for a, p := range s.guests[i].appetite {
				mean[a] += p
			}
		}
		return truth(func(*guest) []float64 { return mean })
	case "random":
		return &tallied{random: r, epsilon: 1, tally: bandit.NewTally(s.arms), score: means}
	case "ranker":
		return shipped{}
	case "greedy":
		return &tallied{random: r, tally: bandit.NewTally(s.arms), score: means}
	case "ε-greedy":
		return &tallied{random: r, epsilon: epsilon, tally: bandit.NewTally(s.arms), score: means}
	case "UCB1":
		return &tallied{random: r, tally: bandit.NewTally(s.arms), score: func(dst []float32, t bandit.Tally, _ *rand.Rand) { bandit.UCB1(dst, t) }}
	case "Thompson":
		return &tallied{random: r, tally: bandit.NewTally(s.arms), score: bandit.Thompson}
	case "LinUCB":
		return &contextual{bandit.NewLinUCB(s.arms, len(s.guests[0].user), hope)}
	case "linear Thompson":
		width := 1 + len(s.last)
		return &sampled{bandit.NewLinear(make([]float32, width), ridge), make([]float32, width), r}
	case "DRN":
		return newDueling(s.last, bandit.DefaultDuelOptions(), r)
	}
	panic("simulation: no policy " + name)
}

// truth shows what is best by numbers that no policy can see.
type truth func(g *guest) []float64

func (p truth) choose(g *guest, k int) []int { return best(p(g), k) }
func (truth) learn(*guest, []int, []bool)    {}

// shipped shows what the ranker ranks first and never learns.
type shipped struct{}

func (shipped) choose(g *guest, k int) []int { return bandit.Best(g.scores, k) }
func (shipped) learn(*guest, []int, []bool)  {}

func means(dst []float32, t bandit.Tally, _ *rand.Rand) { t.Means(dst) }

// tallied sees only the number of an arm.
type tallied struct {
	tally   bandit.Tally
	epsilon float64
	score   func(dst []float32, t bandit.Tally, r *rand.Rand)
	random  *rand.Rand
}

func (p *tallied) choose(_ *guest, k int) []int {
	scores := make([]float32, len(p.tally)/2)
	p.score(scores, p.tally, p.random)
	return bandit.EpsilonGreedy(scores, k, p.epsilon, p.random)
}

func (p *tallied) learn(_ *guest, shown []int, clicked []bool) {
	for i, a := range shown {
		p.tally.Add(a, reward(clicked[i]))
	}
}

func reward(clicked bool) float32 {
	if clicked {
		return 1
	}
	return 0
}

// contextual is LinUCB over the user vector.
type contextual struct{ *bandit.LinUCB }

func (p *contextual) choose(g *guest, k int) []int {
	scores := make([]float32, len(g.inputs))
	p.Scores(scores, g.user)
	return bandit.Best(scores, k)
}

func (p *contextual) learn(g *guest, shown []int, clicked []bool) {
	for i, a := range shown {
		p.Learn(a, g.user, reward(clicked[i]))
	}
}

// sampled is linear Thompson sampling over what the ranker's last layer sees, with one
// draw for a list.
type sampled struct {
	model  *bandit.Linear
	drawn  []float32
	random *rand.Rand
}

func (p *sampled) choose(g *guest, k int) []int {
	p.model.Draw(p.drawn, noise, p.random)
	return bandit.Best(rate(g, p.drawn), k)
}

func (p *sampled) learn(g *guest, shown []int, clicked []bool) {
	for i, a := range shown {
		p.model.Learn(g.inputs[a], reward(clicked[i]))
	}
}

// rate returns the scores of all arms under weights for the inputs, or for all but the
// constant.
func rate(g *guest, weights []float32) []float32 {
	scores := make([]float32, len(g.inputs))
	for a, x := range g.inputs {
		for i, v := range x[len(x)-len(weights):] {
			scores[a] += float32(weights[i] * v)
		}
	}
	return scores
}

// dueling turns the ranker's last layer, as DRN explores: the list is a draft of what
// the learned layer and one a step away rank first.
type dueling struct {
	duel          *bandit.Duel
	weights, step []float32
	picks         []experiment.Pick
	random        *rand.Rand
}

func newDueling(last []float32, o bandit.DuelOptions, r *rand.Rand) *dueling {
	return &dueling{duel: bandit.NewDuel(last, o), weights: make([]float32, len(last)), step: make([]float32, len(last)), random: r}
}

func (p *dueling) choose(g *guest, k int) []int {
	p.duel.Weights(p.weights)
	p.duel.Explore(p.step, p.random)
	teams := [2][]catalog.Row{ranked(rate(g, p.weights), k), ranked(rate(g, p.step), k)}
	p.picks = experiment.Draft(teams[0], teams[1], k, func(uint64) float64 { return p.random.Float64() })
	shown := make([]int, len(p.picks))
	for i, pick := range p.picks {
		shown[i] = int(teams[pick.Team][pick.At])
	}
	return shown
}

// ranked returns the k best arms as rows, which teams draft.
func ranked(scores []float32, k int) []catalog.Row {
	rows := make([]catalog.Row, 0, k)
	for _, a := range bandit.Best(scores, k) {
		rows = append(rows, catalog.Row(a))
	}
	return rows
}

func (p *dueling) learn(_ *guest, _ []int, clicked []bool) {
	var clicks [2]int
	for i, pick := range p.picks {
		if clicked[i] {
			clicks[pick.Team]++
		}
	}
	p.duel.Settle(clicks[1] > clicks[0])
}
