package bandit

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// world has arms of random features and a preference that is not known.
type world struct {
	theta []float64
	rng   *rand.Rand
}

func newWorld(seed uint64) *world {
	w := &world{rng: rand.New(rand.NewPCG(seed, 1))}
	for range 6 {
		w.theta = append(w.theta, w.rng.NormFloat64()*0.25)
	}
	return w
}

func (w *world) arms() [][]float32 {
	all := make([][]float32, 10)
	for i := range all {
		for range w.theta {
			all[i] = append(all[i], float32(w.rng.NormFloat64()*0.6))
		}
	}
	return all
}

func (w *world) chance(x []float32) float64 {
	p := 0.5
	for i, v := range x {
		p += w.theta[i] * float64(v)
	}
	return min(1, max(0, p))
}

// regret plays rounds and returns what is lost to the best arm in the first and the second half.
func regret(p Policy, seed uint64, rounds int) (first, second float64) {
	w, rng := newWorld(seed), rand.New(rand.NewPCG(seed, 2))
	for i := range rounds {
		arms := w.arms()
		top := 0.0
		for _, x := range arms {
			top = max(top, w.chance(x))
		}
		x := arms[p.Choose(arms, rng)]
		lost := top - w.chance(x)
		if i < rounds/2 {
			first += lost
		} else {
			second += lost
		}
		reward := float32(0)
		if w.rng.Float64() < w.chance(x) {
			reward = 1
		}
		p.Learn(x, reward-0.5)
	}
	return first, second
}

type random struct{}

func (random) Choose(arms [][]float32, rng *rand.Rand) int { return rng.IntN(len(arms)) }
func (random) Learn([]float32, float32)                    {}

// TestRegretFlattens plays in ten worlds: who learns loses little in the second half,
// who draws arms at random as much as in the first.
func TestRegretFlattens(t *testing.T) {
	const rounds = 2000
	mean := func(make func() Policy) (first, second float64) {
		for seed := range uint64(10) {
			a, b := regret(make(), seed, rounds)
			first, second = first+a/10, second+b/10
		}
		return first, second
	}
	_, drawn := mean(func() Policy { return random{} })
	for name, c := range map[string]struct {
		make func() Policy
		most float64 // of the second half, as a share of random's
	}{
		"ε-greedy": {func() Policy { return EpsilonGreedy{NewLinear(6, 1), 0.1} }, 0.18},
		"LinUCB":   {func() Policy { return LinUCB{NewLinear(6, 1), 0.5} }, 0.1},
		"Thompson": {func() Policy { return Thompson{NewLinear(6, 1), 0.3} }, 0.1},
	} {
		first, second := mean(c.make)
		if second > c.most*drawn || second > first {
			t.Errorf("%s loses %.1f and then %.1f; random arms %.1f", name, first, second, drawn)
		}
	}
}

// TestLinearIsRidgeRegression solves (λI + XᵀX)θ = Xᵀr by hand: with λ = 1, x = (1, 0) → 1 and
// x = (1, 1) → 0 it is [3 1; 1 2]θ = (1, 0), so θ = (2, -1)/5.
func TestLinearIsRidgeRegression(t *testing.T) {
	l := NewLinear(2, 1)
	l.Learn([]float32{1, 0}, 1)
	l.Learn([]float32{1, 1}, 0)
	for i, want := range []float64{0.4, -0.2} {
		x := make([]float32, 2)
		x[i] = 1
		if got := l.Mean(x); math.Abs(got-want) > 1e-12 {
			t.Errorf("θ_%d = %g, want %g", i, got, want)
		}
	}
	// A⁻¹ = [2 -1; -1 3]/5: the deviation of (1, 1) is √((2-1-1+3)/5).
	if got, want := l.Deviation([]float32{1, 1}), math.Sqrt(3./5); math.Abs(got-want) > 1e-12 {
		t.Errorf("deviation %g, want %g", got, want)
	}
}

// TestFewArms lets UCB1 and Beta play three coins.
func TestFewArms(t *testing.T) {
	chances := []float64{0.3, 0.6, 0.5}
	for name, play := range map[string]func(rng *rand.Rand) (func() int, func(int, float64)){
		"UCB1": func(*rand.Rand) (func() int, func(int, float64)) { p := NewUCB1(3); return p.Choose, p.Learn },
		"Beta": func(rng *rand.Rand) (func() int, func(int, float64)) {
			p := NewBeta(3)
			return func() int { return p.Choose(rng) }, p.Learn
		},
	} {
		rng := rand.New(rand.NewPCG(3, 3))
		choose, learn := play(rng)
		var taken [3]int
		for range 5000 {
			arm := choose()
			taken[arm]++
			reward := 0.0
			if rng.Float64() < chances[arm] {
				reward = 1
			}
			learn(arm, reward)
		}
		if taken[1] < 3500 || taken[0] > 500 || taken[0] < 5 {
			t.Errorf("%s takes the arms %v times", name, taken)
		}
	}
}

// TestDrawsHaveTheirMoments compares normal and gamma draws with mean and variance.
func TestDrawsHaveTheirMoments(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5))
	for _, c := range []struct {
		name           string
		draw           func() float64
		mean, variance float64
	}{
		{"normal", func() float64 { return normal(rng) }, 0, 1},
		{"gamma 1", func() float64 { return gamma(1, rng) }, 1, 1},
		{"gamma 7.5", func() float64 { return gamma(7.5, rng) }, 7.5, 7.5},
	} {
		const n = 200_000
		var sum, squares float64
		for range n {
			v := c.draw()
			sum, squares = sum+v, squares+v*v
		}
		mean := sum / n
		if variance := squares/n - mean*mean; math.Abs(mean-c.mean) > 0.03 || math.Abs(variance-c.variance) > 0.04*c.variance {
			t.Errorf("%s: mean %.3f and variance %.3f, want %g and %g", c.name, mean, variance, c.mean, c.variance)
		}
	}
}

// TestDuelLearnsAPreference lets a visitor who wants other weights than those shipped
// decide duels between the tops of lists.
func TestDuelLearnsAPreference(t *testing.T) {
	shipped, wanted := []float32{1, 0.2, -0.5, 0.4}, []float32{0.6, 0.7, -0.5, -0.1}
	score := func(w, x []float32) (s float32) {
		for i, v := range x {
			s += w[i] * v
		}
		return s
	}
	rng := rand.New(rand.NewPCG(2, 9))
	movies := func(n int) [][]float32 {
		all := make([][]float32, n)
		for i := range all {
			for range shipped {
				all[i] = append(all[i], float32(rng.NormFloat64()))
			}
		}
		return all
	}
	top := func(w []float32, all [][]float32) float32 { // what the visitor makes of the best five
		order := make([]int, len(all))
		for i := range order {
			order[i] = i
		}
		slices.SortFunc(order, func(a, b int) int {
			if score(w, all[a]) > score(w, all[b]) {
				return -1
			}
			return 1
		})
		var sum float32
		for _, i := range order[:5] {
			sum += score(wanted, all[i])
		}
		return sum
	}
	d := NewDuel(shipped)
	for range 600 {
		all := movies(30)
		explorer := d.Explorer(rng)
		d.Learn(explorer, top(explorer, all) > top(d.Weights, all)+0.2*float32(rng.NormFloat64()))
	}
	var before, after float32
	for range 300 {
		all := movies(30)
		before, after = before+top(shipped, all), after+top(d.Weights, all)
	}
	best := float32(0)
	for range 300 {
		best += top(wanted, movies(30))
	}
	if after < before+0.5*(best-before) {
		t.Errorf("the visitor makes %.0f of lists as shipped, %.0f of those that were learned, at best %.0f", before, after, best)
	}
	for i, w := range d.Weights {
		if math.Abs(float64(w-shipped[i])) > 0.5+1e-6 {
			t.Errorf("weight %d went from %g to %g, beyond the reach", i, shipped[i], w)
		}
	}
}

func TestDuelIsBounded(t *testing.T) {
	d := NewDuel([]float32{1, 0})
	for range 1000 {
		d.Learn([]float32{100, -100}, true)
	}
	if want := []float32{1.5, -0.5}; !slices.Equal(d.Weights, want) {
		t.Errorf("after a thousand wins in one direction the weights are %v, want %v", d.Weights, want)
	}
	before := slices.Clone(d.Weights)
	d.Learn([]float32{0, 0}, false)
	if !slices.Equal(d.Weights, before) {
		t.Error("a lost duel changes the weights")
	}
}
