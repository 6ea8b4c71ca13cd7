package evaluation

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Four rows of two users. At a threshold of ½ the first and the third are said to be
// liked, one of them is, and so is the fourth.
func TestPointwise(t *testing.T) {
	rows := []Example{{User: 4, At: 0, Liked: true}, {User: 4, At: 1}, {User: 9, At: 5}, {User: 9, At: 6, Liked: true}}
	p := []float64{0.8, 0.25, 0.5, 0}
	o := DefaultPointwiseOptions()
	o.Bins, o.Resampling.Rounds = 2, 50
	r := Pointwise("m", rows, p, o)
	want := map[string]float64{
		"AUC":     0.5, // 0.8 wins both, 0 loses both
		"GAUC":    0.5, // user 4 is right, user 9 wrong
		"PR-AUC":  0.75,
		"LogLoss": -(math.Log(0.8) + math.Log(0.75) + math.Log(0.5) + math.Log(Clip)) / 4,
		"RMSE":    math.Sqrt((0.04 + 0.0625 + 0.25 + 1) / 4),
		// Bins 0, .25 and .5, .8: predicted .125 and .65, observed ½ and ½.
		"ECE":              (0.375 + 0.15) / 2,
		"Bias":             1.55/4 - 0.5,
		"Accuracy at 0.5":  0.5,
		"Precision at 0.5": 0.5,
		"Recall at 0.5":    0.5,
		"F1 at 0.5":        0.5,
	}
	for name, w := range want {
		if got, ok := r.Get(name); !ok || !near(got.Mean, w) {
			t.Errorf("Pointwise: %s = %g, want %g", name, got.Mean, w)
		}
	}
	if n := len(r.Metrics) + len(r.More); n != len(want) {
		t.Errorf("Pointwise: %d metrics, want %d", n, len(want))
	}
	if r.Cases != 4 || r.Users != 2 || r.OneClass != 0 {
		t.Errorf("Pointwise: %d rows, %d users, %d of one class; want 4, 2, 0", r.Cases, r.Users, r.OneClass)
	}
	var table Confusion
	for i, x := range rows {
		table.add(p[i] >= 0.5, x.Liked)
	}
	if want := (Confusion{1, 1, 1, 1}); table != want {
		t.Errorf("confusion %+v, want %+v", table, want)
	}

	o.OrderOnly = true
	order := Pointwise("scores", rows, []float64{8, -3, 5, -9}, o)
	if len(order.Metrics) != 3 || order.Bins != nil || order.More != nil {
		t.Errorf("Pointwise of scores that are no probabilities: %+v", order)
	}
}

func TestPointwiseRefusesNoProbability(t *testing.T) {
	for _, p := range [][]float64{{1.5}, {math.NaN()}, {0.1, 0.2}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("Pointwise of one row with %v did not panic", p)
				}
			}()
			Pointwise("m", []Example{{}}, p, DefaultPointwiseOptions())
		}()
	}
}

// Six rows in three bins: the two of equal probability at the border of the first and
// the second stay together.
func TestBins(t *testing.T) {
	p := []float64{0.9, 0.1, 0.3, 0.3, 0.8, 0.7}
	labels := []bool{true, false, true, false, false, true}
	got := Bins(p, labels, []int{0, 1, 2, 3, 4, 5}, 3)
	want := []Bin{
		{Rows: 3, From: 0.1, To: 0.3, Predicted: 0.7 / 3, Observed: Estimate{Mean: 1.0 / 3}},
		{Rows: 1, From: 0.7, To: 0.7, Predicted: 0.7, Observed: Estimate{Mean: 1}},
		{Rows: 2, From: 0.8, To: 0.9, Predicted: 0.85, Observed: Estimate{Mean: 0.5}},
	}
	// Of three users one liked: standard error √(⅔·⅓/2); of two one: ½.
	for i, se := range []float64{math.Sqrt(1.0 / 9), 0, 0.5} {
		want[i].Observed.Low, want[i].Observed.High = want[i].Observed.Mean-1.96*se, want[i].Observed.Mean+1.96*se
	}
	if diff := cmp.Diff(want, got, cmp.Comparer(near)); diff != "" {
		t.Errorf("Bins (-want +got):\n%s", diff)
	}
}

// TestCalibration plants probabilities that are true, and ones that are twice as sure.
func TestCalibration(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5))
	const n = 20000
	truth, sure, labels, users := make([]float64, n), make([]float64, n), make([]bool, n), make([]int, n)
	for i := range truth {
		x := rng.NormFloat64()
		truth[i], sure[i] = 1/(1+math.Exp(-x)), 1/(1+math.Exp(-2*x))
		labels[i], users[i] = rng.Float64() < truth[i], i
	}
	good, bad := Bins(truth, labels, users, 15), Bins(sure, labels, users, 15)
	if e := ECE(good); e > 0.015 {
		t.Errorf("ECE of the true probabilities is %g, want about 0.01", e)
	}
	if e := ECE(bad); e < 0.08 || e > 0.12 {
		t.Errorf("ECE of probabilities that are too sure is %g, want about 0.1", e)
	}
	inside := 0
	for _, b := range good {
		if b.Predicted >= b.Observed.Low && b.Predicted <= b.Observed.High {
			inside++
		}
	}
	if inside < 12 {
		t.Errorf("%d of 15 bins have the true probability within their 95 %% interval", inside)
	}
}
