package simulation

import (
	"math"
	"math/rand/v2"
	"runtime"
	"sync"

	"sparrow/wasm/bandit"
	"sparrow/wasm/catalog"
)

// Trial is a policy that is to show visitors one movie each.
type Trial struct {
	Name string
	New  func(features int) bandit.Policy // nil: whoever knows what visitors like on average
}

// Trials are the policies of wasm/bandit, between chance and one who knows.
func Trials() []Trial {
	linear := func(f int) *bandit.Linear { return bandit.NewLinear(f, 1) }
	return []Trial{
		{"chance", func(f int) bandit.Policy { return bandit.EpsilonGreedy{Linear: linear(f), Epsilon: 1} }},
		{"greedy", func(f int) bandit.Policy { return bandit.EpsilonGreedy{Linear: linear(f)} }},
		{"ε-greedy, 10 %", func(f int) bandit.Policy { return bandit.EpsilonGreedy{Linear: linear(f), Epsilon: 0.1} }},
		{"LinUCB", func(f int) bandit.Policy { return bandit.LinUCB{Linear: linear(f), Alpha: 0.5} }},
		{"Thompson sampling", func(f int) bandit.Policy { return bandit.Thompson{Linear: linear(f), V: 0.3} }},
		{"knows the crowd", nil},
	}
}

// Earned is what a policy earned: the mean, over worlds, of the probability that a visitor
// follows the movie he is shown, in parts of the visits that come one after the other.
type Earned struct {
	Name  string    `json:"policy"`
	Parts []float64 `json:"parts"`
	All   float64   `json:"all"`
	Half  float64   `json:"half"` // half the width of the 95 % interval of All over worlds
}

// offered is how many movies a policy chooses from.
const offered = 20

// Play lets every policy meet the same strangers in the same worlds: a visitor comes, twenty movies
// are drawn, the policy shows one and is told whether the visitor followed it. What it knows of a
// movie is what old ratings tell: how famous it was, and its genres; the crowd's taste is another now.
func Play(c *catalog.Catalog, count []uint32, trials []Trial, worlds, visits, parts int, seed uint64) []Earned {
	earned := make([][][]float64, len(trials)) // [trials][worlds][parts]
	var wg sync.WaitGroup
	limit := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i := range trials {
		earned[i] = make([][]float64, worlds)
		for k := range worlds {
			wg.Go(func() {
				limit <- struct{}{}
				defer func() { <-limit }()
				w := New(c, count, Plan{Seed: seed + uint64(k), Shift: 0.7})
				earned[i][k] = w.play(trials[i], visits, parts, seed+uint64(k))
			})
		}
	}
	wg.Wait()
	all := make([]Earned, len(trials))
	for i, t := range trials {
		all[i] = Earned{Name: t.Name, Parts: make([]float64, parts)}
		var squares float64
		for _, of := range earned[i] {
			var mean float64
			for p, v := range of {
				all[i].Parts[p] += v / float64(worlds)
				mean += v / float64(parts)
			}
			all[i].All += mean / float64(worlds)
			squares += mean * mean
		}
		if n := float64(worlds); n > 1 {
			all[i].Half = 1.96 * math.Sqrt(max(0, squares/n-all[i].All*all[i].All)/(n-1))
		}
	}
	return all
}

// play returns what one policy earns in w, part by part.
func (w *World) play(t Trial, visits, parts int, seed uint64) []float64 {
	known := 2 + len(w.catalog.GenreNames)
	var policy bandit.Policy
	if t.New != nil {
		policy = t.New(known)
	}
	crowd := &taste{genres: w.crowd[Now]} // what a stranger likes on average
	world, own := rand.New(rand.NewPCG(seed, 1)), rand.New(rand.NewPCG(seed, 2))
	earned := make([]float64, parts)
	arms := make([][]float32, offered)
	rows := make([]catalog.Row, offered)
	for v := range visits {
		stranger := w.draw(world, Now)
		best, top := 0, math.Inf(-1)
		for i := range arms {
			rows[i] = catalog.Row(world.IntN(w.catalog.Len()))
			arms[i] = w.known(rows[i], known)
			if s := w.worth(crowd, rows[i], Now); s > top {
				best, top = i, s
			}
		}
		if policy != nil {
			best = policy.Choose(arms, own)
		}
		chance := sigmoid(w.worth(&stranger, rows[best], Now) - reluctance)
		earned[v*parts/visits] += chance * float64(parts) / float64(visits)
		reward := float32(0)
		if world.Float64() < chance {
			reward = 1
		}
		if policy != nil {
			policy.Learn(arms[best], reward)
		}
	}
	return earned
}

// known returns what old ratings tell of a movie: 1, how famous it was, its genres.
func (w *World) known(m catalog.Row, n int) []float32 {
	x := make([]float32, n)
	x[0], x[1] = 1, float32(w.appeal[Then][m])
	for _, g := range w.catalog.Genres[m] {
		x[2+g] = float32(1 / math.Sqrt(float64(len(w.catalog.Genres[m]))))
	}
	return x
}
