package abtest

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sparrow/build/stats"
)

var near = cmpopts.EquateApprox(0, 5e-4)

func close4(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 5e-4 || math.IsNaN(got) {
		t.Errorf("%s = %.5f, want %.4f", what, got, want)
	}
}

// Three visitors with 1 of 2, 0 of 4 and 3 of 6 clicks: R = 4/12, mean den 4,
// L = (1-2/3)/4, (0-4/3)/4, (3-2)/4 = 1/12, -4/12, 3/12; Σ L² = 26/144,
// variance of the mean 26/144/2/3 = 0.030093, its root 0.173473; t(2) = 4.302653.
func TestRatioByHand(t *testing.T) {
	r, ok := newRatio([]float64{1, 0, 3}, []float64{2, 4, 6})
	if !ok {
		t.Fatal("newRatio found nothing to divide by")
	}
	close4(t, "R", r.value, 1.0/3)
	close4(t, "variance", r.variance(), 0.030093)
	got := r.interval(0.05)
	want := stats.Interval{Value: 1.0 / 3, Low: 1.0/3 - 0.74639, High: 1.0/3 + 0.74639}
	if d := cmp.Diff(want, got, near); d != "" {
		t.Errorf("interval: -want +got\n%s", d)
	}
	if _, ok := newRatio([]float64{0, 0}, []float64{0, 0}); ok {
		t.Error("newRatio(nothing / nothing) is said to be a ratio")
	}
}

// With den = 1 the ratio is the mean: 1, 2, 6 has mean 3 and variance 7.
func TestRatioOfOnesIsTheMean(t *testing.T) {
	r, _ := newRatio([]float64{1, 2, 6}, []float64{1, 1, 1})
	close4(t, "mean", r.value, 3)
	close4(t, "variance of the mean", r.variance(), 7.0/3)
}

// Welch's degrees of freedom for variances of the mean 1 and 0.5 with 10 and 20
// visitors: 1.5² / (1/9 + 0.25/19) = 2.25/0.124269 = 18.1059.
func TestWelchByHand(t *testing.T) {
	close4(t, "welch", welch(1, 10, 0.5, 20), 18.1059)
	close4(t, "welch of nothing", welch(0, 10, 0, 20), 28)
	close4(t, "P(|t| ≥ 2.228, 10)", twoSided(2.228139, 10), 0.05) // tables of Student's t
	close4(t, "P(|NaN|)", twoSided(math.NaN(), 10), 1)
}

// 0.10 → 0.12 with variances 1e-4 and 2.25e-4: lift 0.2, standard error
// √(2.25e-4 + 1.44·1e-4)/0.1 = 0.192094.
func TestLiftByHand(t *testing.T) {
	got, ok := lift(0.10, 1e-4, 0.12, 2.25e-4, 2)
	if d := cmp.Diff(stats.Interval{Value: 0.2, Low: 0.2 - 0.384187, High: 0.2 + 0.384187}, got, near); d != "" || !ok {
		t.Errorf("lift: %v, -want +got\n%s", ok, d)
	}
	if _, ok := lift(0, 1, 1, 1, 2); ok {
		t.Error("lift on nothing is said to exist")
	}
}

// 0.01·4, 0.02·3, 0.03·2, and the last cannot be below the one before: 0.04·1 < 0.06.
func TestHolmByHand(t *testing.T) {
	got := holm([]float64{0.04, 0.01, 0.03, 0.02})
	if d := cmp.Diff([]float64{0.06, 0.04, 0.06, 0.06}, got, near); d != "" {
		t.Errorf("holm: -want +got\n%s", d)
	}
	if d := cmp.Diff([]float64{1, 1}, holm([]float64{0.9, 0.6}), near); d != "" {
		t.Errorf("holm of large ones: -want +got\n%s", d)
	}
}

// 40 and 60 of 100 at even weights: (10² + 10²)/50 = 4, and P(χ²₁ ≥ 4) = 0.0455.
// 90 and 10 of 100 at 3:1: 15²/75 + 15²/25 = 12, P = 0.00053.
func TestCheckRatioByHand(t *testing.T) {
	s := CheckRatio([]int{40, 60}, []float64{1, 1})
	close4(t, "chi2", s.Chi2, 4)
	close4(t, "p", s.P, 0.0455)
	if s.Off {
		t.Error("40:60 of 100 is said to be off")
	}
	s = CheckRatio([]int{90, 10}, []float64{3, 1})
	close4(t, "chi2", s.Chi2, 12)
	close4(t, "p", s.P, 0.00053)
	if !s.Off {
		t.Error("90:10 at 3:1 is not said to be off")
	}
	if s := CheckRatio([]int{0, 0}, []float64{1, 1}); s.Off || s.P != 1 {
		t.Errorf("CheckRatio(nobody) = %+v, want nothing off", s)
	}
}

// Of 10 wins 9 are the second team's: 2·(1 + 10)/2¹⁰ = 0.02148. The exact interval
// of 9 of 10 is 0.5550 to 0.9975 (tables of Clopper & Pearson, 1934). The mixture is
// 11·C(10,9)/2¹⁰ = 0.10742, since 1/B(a+1, b+1) = (n+1)·C(n, a).
func TestDuelByHand(t *testing.T) {
	d := Duel{Wins: [2]int{1, 9}}
	d.judge(0.05)
	close4(t, "P", d.P, 0.02148)
	close4(t, "anytime P", d.AnytimeP, 0.10742)
	if diff := cmp.Diff(stats.Interval{Value: 0.9, Low: 0.5550, High: 0.9975}, d.Share, near); diff != "" {
		t.Errorf("share: -want +got\n%s", diff)
	}
	d = Duel{Wins: [2]int{5, 0}}
	d.judge(0.05)
	close4(t, "P of 5 to 0 = 2/2⁵", d.P, 0.0625)
	close4(t, "lower end of 5 to 0", d.Share.Low, 0)
	d = Duel{}
	d.judge(0.05)
	if d.P != 1 || d.AnytimeP != 1 {
		t.Errorf("no votes: %+v, want p-values of 1", d)
	}
}

// θ by hand: L = -1, 0, 1 and X = -1, 1, 0 covary by 1/2 and X varies by 1.
func TestThetaByHand(t *testing.T) {
	got, ok := theta([][]float64{{-1, 0, 1}}, [][]float64{{-1, 1, 0}})
	close4(t, "θ", got, 0.5)
	if !ok {
		t.Error("theta is said not to exist")
	}
	if _, ok := theta([][]float64{{1, 2}}, [][]float64{{3, 3}}); ok {
		t.Error("theta of a constant covariate is said to exist")
	}
}

// With r = 1 the interval is ±√(V·2·ln(2/α²)), and its p-value at the end is α.
func TestAlwaysByHand(t *testing.T) {
	a := always{0.05, 0.01}
	half := a.half(4, 100)
	close4(t, "half", half, math.Sqrt(4*2*math.Log(800)))
	close4(t, "p at the end of the interval", a.p(half, 4, 100), 0.05)
	close4(t, "p of no difference", a.p(0, 4, 100), 1)
	// ρ² for 5,000 visitors: -2 ln 0.05 = 5.99146; plus ln 6.99146 = 1.94469; 7.93615/5000.
	if got := newAlways(0.05, 5000).square; math.Abs(got-0.00158723) > 1e-8 {
		t.Errorf("ρ² = %v, want 0.00158723", got)
	}
}

// TestAlwaysIsNarrowestAsPlanned holds ρ against half and double of it.
func TestAlwaysIsNarrowestAsPlanned(t *testing.T) {
	best := newAlways(0.05, 5000)
	for _, f := range []float64{0.5, 2} {
		other := always{0.05, best.square * f}
		if best.half(1, 5000) >= other.half(1, 5000) {
			t.Errorf("after 5000 visitors: half(ρ²) = %v, not below half(%v·ρ²) = %v", best.half(1, 5000), f, other.half(1, 5000))
		}
	}
}

// Impressions 10, 20, 30, 40 and a 1000: Q1 = 20 and Q3 = 40 of five, so the fence
// is 40 + 1.5·20 = 70; the heavy one keeps 0.07 of their clicks, 35. Clicks then are
// 1, 2, 3, 4, 35: Q1 = 2, Q3 = 4, fence 4 + 3·2 = 10.
func TestFenceByHand(t *testing.T) {
	var all []Counts
	for _, v := range []float64{10, 20, 30, 40} {
		all = append(all, Counts{Present: 1, Impressions: v, Clicks: v / 10})
	}
	all = append(all, Counts{Present: 1, Impressions: 1000, Clicks: 500, Ratings: 2, Stars: 8}, Counts{Present: 1})
	f := fenceOf(all)
	f.hold(all)
	if f.Impressions != 70 || f.Clicks != 10 || f.Cut != 1 {
		t.Errorf("fence %+v, want 70 impressions, 10 clicks, 1 visitor cut", f)
	}
	if d := cmp.Diff(Counts{Present: 1, Impressions: 70, Clicks: 10, Ratings: 0.14, Stars: 0.56}, all[4], near); d != "" {
		t.Errorf("the heavy visitor: -want +got\n%s", d)
	}
	if all[3].Impressions != 40 || all[3].Clicks != 4 {
		t.Errorf("an honest visitor was cut: %+v", all[3])
	}
}
