package bandit

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func chance(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 7)) }

// tally3 has arms shown 4, 0 and 16 times with 1, 0 and 8 rewards.
func tally3() Tally { return Tally{4, 1, 0, 0, 16, 8} }

func TestTallyByHand(t *testing.T) {
	got := NewTally(3)
	for i := range 4 {
		got.Add(0, float32(1-min(i, 1)))
	}
	for i := range 16 {
		got.Add(2, float32(i%2))
	}
	if !slices.Equal(got, tally3()) || !got.Valid(3) {
		t.Errorf("tally %v, want %v", got, tally3())
	}
	means := make([]float32, 3)
	if got.Means(means); !slices.Equal(means, []float32{0.25, 1, 0.5}) {
		t.Errorf("means %v, want 1/4, 1 for the arm never shown, 1/2", means)
	}
	for _, broken := range []Tally{{4, 1}, {4, 5, 0, 0, 1, 1}, {4, -1, 0, 0, 1, 1}, {float32(math.NaN()), 0, 0, 0, 1, 1}, {1e9, 1, 0, 0, 1, 1}} {
		if broken.Valid(3) {
			t.Errorf("%v passes for a tally of 3 arms", broken)
		}
	}
}

// TestTallyIsBounded: float32 would stop counting at 2²⁴, and from there rewards alone
// would grow.
func TestTallyIsBounded(t *testing.T) {
	tally := Tally{full - 1, full / 4}
	for range full {
		tally.Add(0, 1)
	}
	if shown, rewards := tally.Of(0); shown >= full || rewards > shown || rewards/shown < 0.7 || rewards/shown > 0.9 {
		t.Errorf("tally %v; want the mean near %.2f after as many rewards again", tally, (0.25+1)/2+0.125)
	}
	if !tally.Valid(1) {
		t.Errorf("%v is not valid", tally)
	}
}

func TestBestByHand(t *testing.T) {
	for _, c := range []struct {
		name   string
		scores []float32
		k      int
		want   []int
	}{
		{"best first", []float32{1, 3, 2}, 2, []int{1, 2}},
		{"ties by number", []float32{1, 2, 2, 1}, 4, []int{1, 2, 0, 3}},
		{"infinite", []float32{1, float32(math.Inf(1)), 5}, 2, []int{1, 2}},
		{"fewer than asked for", []float32{1, 2}, 5, []int{1, 0}},
		{"none", nil, 3, []int{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Best(c.scores, c.k); !slices.Equal(got, c.want) {
				t.Errorf("Best(%v, %d) = %v, want %v", c.scores, c.k, got, c.want)
			}
		})
	}
}

// TestEpsilonGreedyExplores: with ε = 0.4 and four arms the best one comes first with
// probability 0.6 + 0.4/4 = 0.7, each other one with 0.1; and no list has an arm twice.
func TestEpsilonGreedyExplores(t *testing.T) {
	const n = 20_000
	r := chance(1)
	var first [4]int
	for range n {
		list := EpsilonGreedy([]float32{0, 1, 9, 2}, 3, 0.4, r)
		first[list[0]]++
		if len(list) != 3 || list[0] == list[1] || list[0] == list[2] || list[1] == list[2] {
			t.Fatalf("list %v", list)
		}
	}
	for a, want := range []float64{0.1, 0.1, 0.7, 0.1} {
		nearly(t, "share of arm "+string(rune('0'+a)), float64(first[a])/n, want, 4*math.Sqrt(want*(1-want)/n))
	}
}

// Of 20 showings, ln 20 = 2.9957: .25 + √(2·2.9957/4) = 1.4739 and
// .5 + √(2·2.9957/16) = 1.1119.
func TestUCB1ByHand(t *testing.T) {
	dst := make([]float32, 3)
	UCB1(dst, tally3())
	nearly(t, "arm 0", float64(dst[0]), 1.473873, 2e-6)
	nearly(t, "arm 2", float64(dst[2]), 1.111937, 2e-6)
	if !math.IsInf(float64(dst[1]), 1) {
		t.Errorf("arm 1, never shown: %v, want infinity", dst[1])
	}
	if UCB1(dst, NewTally(3)); !math.IsInf(float64(dst[0]), 1) {
		t.Errorf("nothing shown yet: %v", dst)
	}
}

// moments returns the mean and the variance of n draws.
func moments(n int, draw func() float64) (mean, variance float64) {
	for range n {
		x := draw()
		mean += x / float64(n)
		variance += x * x / float64(n)
	}
	return mean, variance - mean*mean
}

// TestDraws compares moments with those of the distributions: normal 0 and 1, gamma
// with shape s s and s, beta a/(a+b) and ab/((a+b)²(a+b+1)); and the normal's tail
// beyond 1.96 with 5 %.
func TestDraws(t *testing.T) {
	const n = 200_000
	r := chance(2)
	mean, variance := moments(n, func() float64 { return normal(r) })
	nearly(t, "normal: mean", mean, 0, 4/math.Sqrt(n))
	nearly(t, "normal: variance", variance, 1, 4*math.Sqrt(2.0/n))
	tail := 0
	for range n {
		if math.Abs(normal(r)) > 1.959964 {
			tail++
		}
	}
	nearly(t, "normal: tail", float64(tail)/n, 0.05, 4*math.Sqrt(0.05*0.95/n))
	for _, shape := range []float64{1, 1.5, 7, 400} {
		mean, variance := moments(n, func() float64 { return gamma(shape, r) })
		nearly(t, "gamma: mean", mean/shape, 1, 4/math.Sqrt(shape*n))
		nearly(t, "gamma: variance", variance/shape, 1, 4*math.Sqrt((2+6/shape)/n))
	}
	for _, p := range [][2]float64{{1, 1}, {3, 1}, {2, 30}} {
		a, b := p[0], p[1]
		mean, variance := moments(n, func() float64 { return beta(a, b, r) })
		want := a * b / ((a + b) * (a + b) * (a + b + 1))
		nearly(t, "beta: mean", mean, a/(a+b), 4*math.Sqrt(want/n))
		nearly(t, "beta: variance", variance/want, 1, 0.03)
	}
}

// TestThompsonDrawsThePosterior: arm 2 of the tally has Beta(9, 9), whose standard
// deviation is √(81/(324·19)) = .1147; arm 0 is drawn above it as often as the
// posteriors say, which for Beta(2, 4) against Beta(9, 9) is 0.2181 by numeric integration.
func TestThompsonDrawsThePosterior(t *testing.T) {
	const n = 100_000
	r := chance(3)
	dst := make([]float32, 3)
	above := 0
	mean, variance := moments(n, func() float64 {
		Thompson(dst, tally3(), r)
		if dst[0] > dst[2] {
			above++
		}
		return float64(dst[2])
	})
	nearly(t, "mean", mean, 0.5, 0.002)
	nearly(t, "standard deviation", math.Sqrt(variance), 0.1147, 0.002)
	nearly(t, "share above", float64(above)/n, 0.2181, 4*math.Sqrt(0.2181*0.7819/n))
}

// TestDrawHasThePosterior: draws of the hand-worked model have mean θ = (.4, -.2) and
// ν²·A⁻¹ = ν²·(.4 -.2; -.2 .6) as covariance.
func TestDrawHasThePosterior(t *testing.T) {
	l := NewLinear([]float32{0, 0}, 1)
	l.Learn([]float32{1, 0}, 1)
	l.Learn([]float32{1, 1}, 0)
	const n, spread = 100_000, 0.5
	r := chance(4)
	dst := make([]float32, 2)
	for i, want := range []struct{ mean, variance float64 }{{0.4, 0.1}, {-0.2, 0.15}, {0.2, 0.15}} {
		mean, variance := moments(n, func() float64 {
			l.Draw(dst, spread, r)
			return float64(append(dst, dst[0]+dst[1])[i]) // variance of the sum: (.4 + .6 - .4)/4
		})
		nearly(t, "mean", mean, want.mean, 0.006)
		nearly(t, "variance", variance, want.variance, 0.003)
	}
}

// TestLinUCBByHand: arm 0 saw x = (1, 1) with reward 1, so A = (2 1; 1 2), A⁻¹ =
// (2 -1; -1 2)/3 and θ = (1, 1)/3: for x = (1, 0) 1/3 + 2·√(2/3) = 1.96633. Arm 1 saw
// nothing: 0 + 2·1.
func TestLinUCBByHand(t *testing.T) {
	u := NewLinUCB(2, 2, 2)
	u.Learn(0, []float32{1, 1}, 1)
	dst := make([]float32, 2)
	u.Scores(dst, []float32{1, 0})
	nearly(t, "arm 0", float64(dst[0]), 1.96633, 1e-5)
	nearly(t, "arm 1", float64(dst[1]), 2, 1e-6)
	back := NewLinUCB(2, 2, 2)
	if !back.Restore(u.State()) || !slices.Equal(back.State(), u.State()) || len(u.State()) != 12 {
		t.Errorf("Restore(State()) gives %v, want %v", back.State(), u.State())
	}
	if back.Restore(u.State()[:6]) || back.Restore(append(u.State()[:11], float32(math.Inf(1)))) {
		t.Error("Restore took what is broken")
	}
}

// TestSameSeedSameDraws pins the bits, which must be those of every machine.
func TestSameSeedSameDraws(t *testing.T) {
	bits := func() []uint32 {
		r, dst := chance(5), make([]float32, 3)
		Thompson(dst, tally3(), r)
		l := NewLinear([]float32{1, 2, 3}, 1)
		l.Learn([]float32{1, -1, 0.5}, 1)
		drawn := make([]float32, 3)
		l.Draw(drawn, 0.1, r)
		ucb := make([]float32, 3)
		UCB1(ucb, tally3())
		var all []uint32
		for _, v := range slices.Concat(dst, drawn, ucb) {
			all = append(all, math.Float32bits(v))
		}
		return all
	}
	want := []uint32{0x3f25b1a7, 0x3f293881, 0x3edd3494, 0x3f894bd5, 0x3fe41599, 0x404c831b, 0x3fbca7e2, 0x7f800000, 0x3f8e53f1}
	if got := bits(); !slices.Equal(got, want) || !slices.Equal(bits(), got) {
		t.Errorf("bits %#x, want %#x", got, want)
	}
}
