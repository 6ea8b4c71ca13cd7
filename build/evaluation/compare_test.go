package evaluation

import (
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The worked example: of .01, .04, .03, .005 Holm multiplies the smallest by 4, the
// next by 3, and so on, never below one before it; Benjamini and Hochberg multiply the
// k-th smallest by 4/k, never above one after it.
func TestCorrections(t *testing.T) {
	p := []float64{0.01, 0.04, 0.03, 0.005}
	if diff := cmp.Diff([]float64{0.03, 0.06, 0.06, 0.02}, Holm(p), cmp.Comparer(near)); diff != "" {
		t.Errorf("Holm(%v) (-want +got):\n%s", p, diff)
	}
	if diff := cmp.Diff([]float64{0.02, 0.04, 0.04, 0.02}, BenjaminiHochberg(p), cmp.Comparer(near)); diff != "" {
		t.Errorf("BenjaminiHochberg(%v) (-want +got):\n%s", p, diff)
	}
	if diff := cmp.Diff([]float64{1, 1}, Holm([]float64{0.6, 0.9})); diff != "" {
		t.Errorf("Holm of large p-values (-want +got):\n%s", diff)
	}
}

// Of differences 1, 2 and 4, two of the eight ways to sign them are as far from 0
// as 7, all + and all -; of 1, 2 and -4 the sum -1 is the nearest there is.
func TestSignFlip(t *testing.T) {
	o := Resampling{20000, 1}
	for _, tt := range []struct {
		d    []float64
		want float64
	}{{[]float64{1, 2, 4}, 0.25}, {[]float64{1, 2, -4}, 1}, {[]float64{1, 0, 2, 0, 0, 1}, 0.25}, {[]float64{0, 0}, 1}, {nil, 1}} {
		if got := SignFlip(tt.d, o); math.Abs(got-tt.want) > 0.015 {
			t.Errorf("SignFlip(%v) = %g, want about %g", tt.d, got, tt.want)
		}
	}
	many := make([]float64, 200) // more than one word of signs
	for i := range many {
		many[i] = 1
	}
	if got := SignFlip(many, Resampling{999, 1}); got != 0.001 {
		t.Errorf("SignFlip of 200 equal differences = %g, want 0.001", got)
	}
}

// hitsOf returns a result for 40 users of whom some find what they want.
func hitsOf(method string, hit func(u int) bool) Result {
	cases, lists := make([]Case, 40), make([]list, 40)
	for u := range cases {
		cases[u] = Case{User: u, Relevant: list{1}}
		lists[u] = list{0}
		if hit(u) {
			lists[u] = list{1}
		}
	}
	return Lists(method, cases, lists, ListOptions{K: 1, Items: 2})
}

func TestCompare(t *testing.T) {
	a := hitsOf("a", func(u int) bool { return u < 20 })
	same := hitsOf("same", func(u int) bool { return u < 20 })
	worse := hitsOf("worse", func(u int) bool { return u < 8 })
	odd := hitsOf("odd", func(u int) bool { return u%2 == 1 })
	o := Resampling{2000, 3}
	got, err := Compare([]Result{a, same, worse, odd}, "HitRate@1", o)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 3 {
		t.Fatalf("Compare: %d comparisons, want 3", len(got))
	}
	if c := got[0]; c.P != 1 || c.Difference != (Estimate{}) {
		t.Errorf("Compare with the same: %+v", c)
	}
	// 12 of 40 differ, all in favour: the difference is .3, its standard error
	// √(.3·.7/40) = .0725, and of 2^12 signs two are as far.
	c := got[1]
	if math.Abs(c.Difference.Mean-0.3) > 1e-12 || math.Abs(c.Difference.Low-0.158) > 0.03 || math.Abs(c.Difference.High-0.442) > 0.03 || *c.SignFlip > 0.003 || c.P != *c.SignFlip {
		t.Errorf("Compare with what is worse: %+v", c)
	}
	if !near(c.Holm, 3*c.P) || !near(c.BH, 3*c.P) {
		t.Errorf("Compare: p %g, by Holm %g, by Benjamini and Hochberg %g, want 3 times as much", c.P, c.Holm, c.BH)
	}
	if c := got[2]; c.Difference.Mean != 0 || c.P < 0.9 || c.Difference.Low > -0.1 {
		t.Errorf("Compare with as good a one: %+v", c)
	}
	if d, ok := Difference(&a, &worse, "HitRate@1"); !ok || math.Abs(d.High-d.Mean-1.96*math.Sqrt(0.21/39)) > 1e-9 {
		t.Errorf("Difference = %+v, want an interval of ± 1.96·√(.21/39)", d)
	}
}

// Of four draws one is below 0: with the one more on each side 2 of 5, twice. One
// that is 0 is on both sides.
func TestTwoSided(t *testing.T) {
	for _, tt := range []struct {
		draws []float64
		want  float64
	}{{[]float64{-1, 1, 2, 3}, 0.8}, {[]float64{1, 2, 3}, 0.5}, {[]float64{0, 0}, 1}, {[]float64{-1, -2, math.NaN()}, 2.0 / 3}} {
		if got := twoSided(tt.draws); !near(got, tt.want) {
			t.Errorf("twoSided(%v) = %g, want %g", tt.draws, got, tt.want)
		}
	}
}

// TestSignsAreFlippedOfMeansOnly compares methods that say of different rows that
// they are liked: their precisions have different divisors, and a row cannot change sides.
func TestSignsAreFlippedOfMeansOnly(t *testing.T) {
	rows := []Example{{User: 0, Liked: true}, {User: 1}, {User: 2, Liked: true}, {User: 3}}
	o := PointwiseOptions{Threshold: 0.5, Bins: 2, Resampling: Resampling{20, 1}}
	results := []Result{Pointwise("a", rows, []float64{1, 0, 1, 0}, o), Pointwise("b", rows, []float64{1, 1, 0, 0}, o)}
	for name, want := range map[string]bool{"LogLoss": true, "Accuracy at 0.5": true, "Recall at 0.5": true, "Precision at 0.5": false, "AUC": false, "RMSE": false} {
		if c := compared(t, results, name, o.Resampling); (c.SignFlip != nil) != want {
			t.Errorf("Compare in %s: a p-value of sign flips is there: %v, want %v", name, c.SignFlip != nil, want)
		}
	}
}

func TestCompareRefuses(t *testing.T) {
	a, b := hitsOf("a", func(u int) bool { return u < 20 }), hitsOf("b", func(u int) bool { return u < 2 })
	other := Lists("other", []Case{{User: 0, Relevant: list{0}}}, []list{{0}}, ListOptions{K: 1, Items: 2})
	for _, tt := range []struct {
		results []Result
		metric  string
		want    string
	}{
		{[]Result{a, b}, "AUC", "no metric AUC"},
		{[]Result{a, b}, "Coverage@1", "no interval"},
		{[]Result{a, other}, "NDCG@1", "not measured on the same cases"},
	} {
		if _, err := Compare(tt.results, tt.metric, DefaultResampling); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("Compare in %s: error %v, want %q", tt.metric, err, tt.want)
		}
	}
}

// TestResamplingDoesNotDependOnProcessors runs the bootstrap on one and on three.
func TestResamplingDoesNotDependOnProcessors(t *testing.T) {
	rows, signal := people(rand.New(rand.NewPCG(1, 1)), 20, 5, 1)
	run := func(procs int) (Result, Comparison) {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
		o := PointwiseOptions{OrderOnly: true, Resampling: Resampling{101, 9}}
		worse := slices.Clone(signal)
		slices.Reverse(worse)
		a := Pointwise("a", rows, signal, o)
		return a, compared(t, []Result{a, Pointwise("b", rows, worse, o)}, "GAUC", o.Resampling)
	}
	a, first := run(1)
	b, second := run(3)
	for i := range a.Metrics {
		if a.Metrics[i].Estimate != b.Metrics[i].Estimate {
			t.Errorf("%s is %+v on one processor and %+v on three", a.Metrics[i].Name, a.Metrics[i].Estimate, b.Metrics[i].Estimate)
		}
	}
	if diff := cmp.Diff(first, second); diff != "" {
		t.Errorf("Compare on one processor and on three:\n%s", diff)
	}
	if e, _ := a.Get("AUC"); !(e.Low < e.Mean && e.Mean < e.High) {
		t.Errorf("AUC = %+v, want an interval around it", e)
	}
}
