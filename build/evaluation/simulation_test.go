package evaluation

import (
	"math"
	"math/rand/v2"
	"strconv"
	"testing"
)

func short(v float64) string { return strconv.FormatFloat(math.Round(1000*v)/1000, 'g', -1, 64) }

// The simulations below repeat an experiment whose truth is known, runs times, and
// count how often an interval holds it or a test rejects it. Of runs with
// probability p the count is within four standard deviations of p·runs.
const runs = 300

func within(t *testing.T, what string, count int, p float64) {
	t.Helper()
	if off := math.Abs(float64(count)-p*runs) / math.Sqrt(p*(1-p)*runs); off > 4 {
		t.Errorf("%s in %d of %d runs, want about %g", what, count, runs, p*runs)
	}
}

// people makes users with rows whose scores are their own taste + 1 if liked + noise,
// all normal: the AUC of pairs across users is Φ(1/√(2·(taste² + 1))).
func people(rng *rand.Rand, users, rows int, taste float64) (examples []Example, signal []float64) {
	for u := range users {
		his := taste * rng.NormFloat64()
		for range rows {
			x := Example{User: u, At: len(examples), Liked: rng.IntN(2) == 0}
			s := his + rng.NormFloat64()
			if x.Liked {
				s++
			}
			examples, signal = append(examples, x), append(signal, s)
		}
	}
	return examples, signal
}

// TestIntervalsCover draws users with tastes of their own, so that their rows are not
// independent: an interval over rows would be far too narrow.
func TestIntervalsCover(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 0))
	const taste = 1
	truth := math.Erfc(-1/math.Sqrt(2*(taste*taste+1))/math.Sqrt2) / 2
	auc, approximate, drawn := 0, 0, 0
	for run := range runs {
		rows, signal := people(rng, 50, 8, taste)
		r := Pointwise("m", rows, signal, PointwiseOptions{OrderOnly: true, Resampling: Resampling{200, uint64(run)}})
		if e, _ := r.Get("AUC"); e.Low <= truth && truth <= e.High {
			auc++
		}
		cases, lists := make([]Case, 150), make([]list, 150)
		for i := range cases {
			cases[i] = Case{User: i / 3, Relevant: list{1}} // three cases a user, alike
			if i%3 == 0 {
				lists[i] = list{1, 0}
				if rng.IntN(3) > 0 {
					lists[i] = list{0, 0}
				}
			} else {
				lists[i] = lists[i-1]
			}
		}
		l := Lists("m", cases, lists, ListOptions{K: 1, Items: 2})
		if e, _ := l.Get("HitRate@1"); e.Low <= 1.0/3 && 1.0/3 <= e.High {
			approximate++
		}
		l.Bootstrap(Resampling{200, uint64(run)})
		if e, _ := l.Get("HitRate@1"); e.Low <= 1.0/3 && 1.0/3 <= e.High {
			drawn++
		}
	}
	// With 50 users the intervals are known to be a little narrow: 93 to 95 %.
	within(t, "the bootstrap interval holds the true AUC", auc, 0.94)
	within(t, "the normal interval holds the true hit rate", approximate, 0.94)
	within(t, "the bootstrap interval holds the true hit rate", drawn, 0.94)
}

// TestNothingIsFoundWhereNothingIs compares two methods that are equally good, and
// then one that is better.
func TestNothingIsFoundWhereNothingIs(t *testing.T) {
	rng := rand.New(rand.NewPCG(12, 0))
	o := PointwiseOptions{Threshold: 0.5, Bins: 2, Resampling: Resampling{1, 1}}
	var auc, loss, lossDrawn, held, found int
	for run := range runs {
		rows, signal := people(rng, 50, 6, 1)
		noisy := func(noise float64) Result {
			p := make([]float64, len(signal))
			his := 0.0
			for i, s := range signal {
				if i%6 == 0 {
					his = rng.NormFloat64()
				}
				p[i] = 1 / (1 + math.Exp(-(s-0.5+noise*(his+rng.NormFloat64()))/2))
			}
			return Pointwise("m", rows, p, o)
		}
		same := []Result{noisy(0.7), noisy(0.7)}
		resampling := Resampling{300, uint64(run)}
		c := compared(t, same, "AUC", resampling)
		if c.P <= 0.05 {
			auc++
		}
		if c.Difference.Low <= 0 && 0 <= c.Difference.High {
			held++
		}
		c = compared(t, same, "LogLoss", resampling)
		if *c.SignFlip <= 0.05 {
			loss++
		}
		if c.Bootstrap <= 0.05 {
			lossDrawn++
		}
		if run%5 == 0 && compared(t, []Result{noisy(0.1), noisy(2.5)}, "AUC", resampling).P <= 0.05 {
			found++
		}
	}
	within(t, "AUC differs by the bootstrap at 5 %", auc, 0.05)
	within(t, "the interval of the difference of AUC holds 0", held, 0.94)
	within(t, "log loss differs by sign flips at 5 %", loss, 0.05)
	within(t, "log loss differs by the bootstrap at 5 %", lossDrawn, 0.06)
	if found < 0.75*runs/5 {
		t.Errorf("the better method is found in %d of %d runs, want most", found, runs/5)
	}
}

func compared(t *testing.T, results []Result, name string, o Resampling) Comparison {
	t.Helper()
	c, err := Compare(results, name, o)
	if err != nil {
		t.Fatal(err)
	}
	return c[0]
}
