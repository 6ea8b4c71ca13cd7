package replay

import (
	"math"
	"math/rand/v2"
	"testing"
)

func nearly(t *testing.T, what string, got, want, off float64) {
	t.Helper()
	if !(math.Abs(got-want) <= off) {
		t.Errorf("%s = %.5f, want %.5f ± %.5f", what, got, want, off)
	}
}

// Actions a, b, c are shown with .5, .3, .2 and wanted with .2, .3, .5; the model
// expects .5, .25 and .75 of them, so Σ π·q̂ = .1 + .075 + .375 = .55. Shown were
// a (r 1), b (0), c (1), a (0): w = .4, 1, 2.5, .4, sum 4.3.
//
//	IPS    (.4 + 2.5)/4 = .725          SNIPS  2.9/4.3 = .674419
//	DR     .55 + (.4·.5 - 1·.25 + 2.5·.25 - .4·.5)/4 = .55 + .375/4 = .64375
//	ESS    4.3²/(.16 + 1 + 6.25 + .16) = 18.49/7.57 = 2.442536
func byHand() []Sample {
	return []Sample{
		{0, 1, 0.4, 0.5, 0.55}, {1, 0, 1, 0.25, 0.55}, {2, 1, 2.5, 0.75, 0.55}, {3, 0, 0.4, 0.5, 0.55},
	}
}

func TestEstimatorsByHand(t *testing.T) {
	e := Judge(byHand(), 100, 200, 1)
	nearly(t, "logged", e.Get("logged").Value, 0.5, 1e-9)
	nearly(t, "IPS", e.Get("IPS").Value, 0.725, 1e-9)
	nearly(t, "SNIPS", e.Get("SNIPS").Value, 0.674419, 1e-6)
	nearly(t, "doubly robust", e.Get("doubly robust").Value, 0.64375, 1e-9)
	nearly(t, "gain", e.Gain.Value, 0.14375, 1e-9)
	nearly(t, "effective sample size", e.Effective, 2.442536, 1e-6)
	nearly(t, "mean weight", e.Mean, 1.075, 1e-9)
	nearly(t, "largest weight", e.Largest, 2.5, 0)
	if e.Cut != 0 || e.Never != 0 || e.Decisions != 4 || e.Visitors != 4 {
		t.Errorf("%+v, want 4 decisions of 4 visitors, nothing cut", e)
	}
	for _, x := range append(e.All, e.Gain) {
		if x.Low > x.Value || x.High < x.Value {
			t.Errorf("%s: %v lies outside %v to %v", x.Name, x.Value, x.Low, x.High)
		}
	}
}

// With weights cut at 1 the third decision counts 1: IPS (.4 + 1)/4 = .35.
func TestClipByHand(t *testing.T) {
	e := Judge(byHand(), 1, 50, 1)
	nearly(t, "IPS", e.Get("IPS").Value, 0.35, 1e-9)
	nearly(t, "SNIPS", e.Get("SNIPS").Value, 0.5, 1e-9)
	nearly(t, "cut", e.Cut, 0.25, 0)
}

// A new policy without chance that always wants c, logged evenly: only c has a
// weight, 3, and replay is the mean reward of the matches, 1 of 2.
func TestReplayOfMatchesByHand(t *testing.T) {
	e := Judge([]Sample{{0, 1, 0, 0, 0}, {1, 1, 3, 0, 0}, {2, 0, 3, 0, 0}, {3, 1, 0, 0, 0}}, 100, 50, 1)
	if got := e.Get("replay"); got.Value != 0.5 || got.Used != 2 {
		t.Errorf("replay: %+v, want 0.5 of 2 matches", got)
	}
	nearly(t, "never", e.Never, 0.5, 0)
}

func TestNothingToJudge(t *testing.T) {
	if e := Judge(nil, 10, 10, 1); e.Decisions != 0 || len(e.All) != 0 {
		t.Errorf("Judge(nothing) = %+v", e)
	}
	e := Judge([]Sample{{0, 1, 0, 0.5, 0.5}}, 10, 10, 1) // the new policy never does what was done
	if got := e.Get("SNIPS"); got.Used != 0 || got.High != 1 || math.IsNaN(got.Value) {
		t.Errorf("SNIPS without weight: %+v, want nothing known", got)
	}
}

// odds are a world of three actions in two contexts with known rewards.
var odds = struct{ logging, wanted, reward [2][3]float64 }{
	logging: [2][3]float64{{0.6, 0.3, 0.1}, {0.2, 0.2, 0.6}},
	wanted:  [2][3]float64{{0.1, 0.3, 0.6}, {0.7, 0.2, 0.1}},
	reward:  [2][3]float64{{0.1, 0.2, 0.5}, {0.6, 0.3, 0.2}},
}

// truth is ½·(.01 + .06 + .3) + ½·(.42 + .06 + .02) = .435.
const truth = 0.435

// play logs n decisions, ten a visitor. The propensity that is written down is that of
// the logging policy, or an even one where wrong; the model knows the rewards, or says
// always a half where blind.
func play(r *rand.Rand, n int, wrong, blind bool) []Sample {
	all := make([]Sample, n)
	for i := range all {
		x := r.IntN(2)
		a, u := 0, r.Float64()
		for u >= odds.logging[x][a] && a < 2 {
			u -= odds.logging[x][a]
			a++
		}
		s := Sample{Visitor: i / 10, Weight: odds.wanted[x][a] / odds.logging[x][a]}
		if wrong {
			s.Weight = odds.wanted[x][a] / (1.0 / 3)
		}
		if r.Float64() < odds.reward[x][a] {
			s.Reward = 1
		}
		s.Model, s.Value = 0.5, 0.5
		if !blind {
			s.Model, s.Value = odds.reward[x][a], 0
			for b := range 3 {
				s.Value += odds.wanted[x][b] * odds.reward[x][b]
			}
		}
		all[i] = s
	}
	return all
}

// spread plays many logs and returns each estimator's mean and variance.
func spread(runs, n int, wrong, blind bool) (mean, variance map[string]float64, covered int) {
	mean, variance = map[string]float64{}, map[string]float64{}
	for run := range runs {
		e := Judge(play(rand.New(rand.NewPCG(uint64(run), 3)), n, wrong, blind), 100, 100, uint64(run))
		for _, x := range e.All {
			mean[x.Name] += x.Value / float64(runs)
			variance[x.Name] += (x.Value - truth) * (x.Value - truth) / float64(runs)
		}
		if d := e.Get("doubly robust"); d.Low <= truth && truth <= d.High {
			covered++
		}
	}
	return mean, variance, covered
}

// TestUnbiased: the mean over many logs is within four standard errors of the
// truth for every estimator; doubly robust varies less than IPS.
func TestUnbiased(t *testing.T) {
	const runs, n = 600, 300
	mean, squared, covered := spread(runs, n, false, false)
	for _, name := range []string{"replay", "IPS", "SNIPS", "doubly robust"} {
		nearly(t, name, mean[name], truth, 4*math.Sqrt(squared[name]/runs))
		t.Logf("%s: mean %.4f, standard deviation %.4f", name, mean[name], math.Sqrt(squared[name]))
	}
	if mean["logged"] > truth-0.1 {
		t.Errorf("the logging policy got %.3f, too near the new one's %.3f to prove anything", mean["logged"], truth)
	}
	if squared["doubly robust"] > 0.8*squared["IPS"] {
		t.Errorf("doubly robust varies by %.5f and IPS by %.5f, want less", squared["doubly robust"], squared["IPS"])
	}
	if share := float64(covered) / runs; share < 0.91 || share > 0.98 {
		t.Errorf("%.3f of the intervals of 95 %% cover the truth", share)
	}
}

// TestWrongPropensities: IPS and SNIPS are off, the doubly robust estimate with
// a right model is not; and with right propensities it may have a wrong model.
func TestWrongPropensities(t *testing.T) {
	const runs, n = 200, 1000
	mean, squared, _ := spread(runs, n, true, false)
	for _, name := range []string{"IPS", "SNIPS"} {
		if math.Abs(mean[name]-truth) < 0.05 {
			t.Errorf("%s = %.3f in spite of wrong propensities: this test proves nothing", name, mean[name])
		}
	}
	nearly(t, "doubly robust with wrong propensities", mean["doubly robust"], truth, 4*math.Sqrt(squared["doubly robust"]/runs))
	mean, squared, _ = spread(runs, n, false, true)
	nearly(t, "doubly robust with a wrong model", mean["doubly robust"], truth, 4*math.Sqrt(squared["doubly robust"]/runs))
}

// TestSNIPSIsAMean: whatever the weights, it lies between the smallest and the
// largest reward, where IPS does not.
func TestSNIPSIsAMean(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	beyond := 0
	for range 200 {
		var all []Sample
		for i := range 5 {
			all = append(all, Sample{Visitor: i, Reward: float64(1 - r.IntN(5)/4), Weight: 10 * r.ExpFloat64()})
		}
		e := Judge(all, 1000, 20, 1)
		if v := e.Get("SNIPS").Value; v < 0 || v > 1 {
			t.Fatalf("SNIPS = %v of rewards 0 to 1", v)
		}
		if e.Get("IPS").Value > 1 {
			beyond++
		}
	}
	if beyond == 0 {
		t.Error("IPS never left 0 to 1: the weights of this test are too tame")
	}
}
