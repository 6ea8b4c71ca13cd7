package abtest

import (
	"math"
	"math/rand/v2"
	"testing"

	"sparrow/build/stats"
)

// even is a layer of two arms without a file.
func even(t *testing.T) (*Report, Options) {
	t.Helper()
	l := layerOf(t, duo)
	o := DefaultOptions()
	o.Days = false
	return Analyze(l, nil, o), o
}

// within fails unless the share of n runs lies in [low, high].
func within(t *testing.T, what string, count, n int, low, high float64) {
	t.Helper()
	share := float64(count) / float64(n)
	t.Logf("%s: %.3f of %d runs", what, share, n)
	if share < low || share > high {
		t.Errorf("%s: %.3f of %d runs, want %.3f to %.3f", what, share, n, low, high)
	}
}

// TestIntervalsCover draws visitors whose rates differ and who see different
// numbers of cards. E clicks / E impressions is the mean rate weighted by cards:
// visitors of 5 cards click on a tenth, those of 20 on a quarter, half of each:
// (0.5 + 5)/25 = 0.22.
func TestIntervalsCover(t *testing.T) {
	const runs, n, truth = 2000, 200, 0.22
	ratios, iid := 0, 0
	for run := range runs {
		r := rand.New(rand.NewPCG(uint64(run), 7))
		num, den := make([]float64, n), make([]float64, n)
		var clicks, cards float64
		for i := range num {
			cards, chance := 5.0, 0.1
			if r.IntN(2) == 1 {
				cards, chance = 20, 0.25
			}
			chance *= 2 * r.Float64() // visitors differ
			for range int(cards) {
				if r.Float64() < chance {
					num[i]++
				}
			}
			den[i] = cards
		}
		ratio, _ := newRatio(num, den)
		if !ratio.interval(0.05).Excludes(truth) {
			ratios++
		}
		for i := range num {
			clicks += num[i]
			cards += den[i]
		}
		if p := clicks / cards; !stats.Around(p, 1.96*math.Sqrt(p*(1-p)/cards)).Excludes(truth) {
			iid++
		}
	}
	within(t, "intervals by visitor that cover the truth", ratios, runs, 0.93, 0.97)
	within(t, "intervals that take impressions for independent", iid, runs, 0, 0.9) // what the delta method is for
}

// TestDifferencesCover holds the one-look interval against no difference, with
// the fences and CUPED at work.
func TestDifferencesCover(t *testing.T) {
	const runs = 1000
	r, o := even(t)
	cover := map[string]int{}
	for run := range runs {
		look := newLook(r, []int{0, 1}, crowd(uint64(run), 500, 1, 0.1, 1), forever, o)
		for i := range measures {
			m := look.metric(&measures[i])
			if !m.Comparisons[0].Difference.Excludes(0) {
				cover[m.Name]++
			}
		}
	}
	for _, m := range measures {
		within(t, m.name+": one-look intervals that cover 0", cover[m.name], runs, 0.93, 0.97)
	}
}

// TestPeeking looks at experiments without a difference at the end of each of 20
// days, while visitors come and come again. An owner who stops at the first interval
// without 0 is often wrong with the intervals of one look, and not with those
// that are always valid.
func TestPeeking(t *testing.T) {
	const runs, days = 1000, 20
	r, o := even(t)
	o.Planned = 400 // where these intervals are narrowest
	naive, always := 0, 0
	for run := range runs {
		visitors := crowd(uint64(run), 400, days, 0.1, 1)
		for i := range visitors {
			visitors[i].Before = Counts{}
		}
		wrong, wrongAlways := false, false
		for day := range days {
			c := newLook(r, []int{0, 1}, visitors, day, o).metric(&measures[0]).Comparisons[0]
			wrong = wrong || !c.Hidden && c.Difference.Excludes(0)
			wrongAlways = wrongAlways || !c.Hidden && c.Always.Excludes(0)
		}
		if wrong {
			naive++
		}
		if wrongAlways {
			always++
		}
	}
	within(t, "false alarms of daily looks at one-look intervals", naive, runs, 0.1, 1)
	within(t, "false alarms of daily looks at intervals that are always valid", always, runs, 0, 0.05)
}

// TestFamilyOfAlarms judges experiments without a difference over all measures,
// at the planned end (Holm) and before.
func TestFamilyOfAlarms(t *testing.T) {
	const runs = 1000
	l := layerOf(t, duo)
	o := DefaultOptions()
	o.Days = false
	running, over, single := 0, 0, 0
	for run := range runs {
		visitors := crowd(uint64(run), 400, 1, 0.1, 1)
		o.AsOf = int64(l.End) - 1
		if r := Analyze(l, visitors, o); r.Found() {
			running++
		}
		o.AsOf = int64(l.End)
		r := Analyze(l, visitors, o)
		if r.Found() {
			over++
		}
		for _, m := range r.Metrics {
			if m.Comparisons[0].P < 0.05 {
				single++
				break
			}
		}
	}
	within(t, "reports with a false alarm while it runs", running, runs, 0, 0.05)
	within(t, "reports with a false alarm at the end", over, runs, 0, 0.06) // 0.05 and 1.5 standard errors of 1,000 runs
	within(t, "reports with a false alarm without Holm's correction", single, runs, 0.1, 1)
}

// TestCUPEDTakesWhatItShould draws clicks that correlate with those before by ρ:
// the variance that is left is 1 - ρ² of what it was. The difference stays.
func TestCUPEDTakesWhatItShould(t *testing.T) {
	report, o := even(t)
	for _, rho := range []float64{0.3, 0.7, 0.9} {
		r := rand.New(rand.NewPCG(1, 2))
		visitors := make([]Visitor, 20_000)
		for i := range visitors {
			x := r.NormFloat64()
			y := rho*x + math.Sqrt(1-rho*rho)*r.NormFloat64()
			arm := i % 2
			visitors[i] = Visitor{
				Arm:    arm,
				Before: Counts{Present: 1, Clicks: 10 + x},
				Days:   []Day{{0, Counts{Present: 1, Clicks: 10 + y + 0.05*float64(arm)}}},
			}
		}
		c := newLook(report, []int{0, 1}, visitors, forever, o).metric(&measures[1]).Comparisons[0]
		if math.Abs(c.Reduction-rho*rho) > 0.01 || math.Abs(c.Theta-rho) > 0.02 {
			t.Errorf("ρ = %v: reduction %.4f and θ %.4f, want %.4f and %.4f", rho, c.Reduction, c.Theta, rho*rho, rho)
		}
		if width := (c.Difference.High - c.Difference.Low) / (c.Raw.High - c.Raw.Low); math.Abs(width-math.Sqrt(1-rho*rho)) > 0.01 {
			t.Errorf("ρ = %v: the interval is %.4f as wide as without, want %.4f", rho, width, math.Sqrt(1-rho*rho))
		}
		if c.Difference.Excludes(0.05) {
			t.Errorf("ρ = %v: difference %+v, planted 0.05", rho, c.Difference)
		}
	}
}

// TestNoPast falls back to the plain difference.
func TestNoPast(t *testing.T) {
	report, o := even(t)
	visitors := crowd(1, 300, 1, 0.1, 1)
	for i := range visitors {
		if i > 30 {
			visitors[i].Before = Counts{}
		}
	}
	c := newLook(report, []int{0, 1}, visitors, forever, o).metric(&measures[0]).Comparisons[0]
	if c.CUPED || c.Theta != 0 || c.Reduction != 0 || c.Raw != c.Difference {
		t.Errorf("with 31 pasts of 300: %+v, want no CUPED", c)
	}
}

// TestSampleRatioAlarms: 52:48 of 20,000 is 4·√2 standard errors off; even odds
// raise the alarm as often as its level says.
func TestSampleRatioAlarms(t *testing.T) {
	const runs = 2000
	r := rand.New(rand.NewPCG(5, 5))
	draw := func(chance float64) SampleRatio {
		seen := []int{0, 0}
		for range 20_000 {
			if r.Float64() < chance {
				seen[0]++
			} else {
				seen[1]++
			}
		}
		return CheckRatio(seen, []float64{1, 1})
	}
	off, low, none := 0, 0, 0
	for range runs {
		if s := draw(0.5); s.Off {
			none++
		} else if s.P < 0.05 {
			low++
		}
	}
	for range 300 {
		if draw(0.52).Off {
			off++
		}
	}
	within(t, "52:48 of 20,000 is found", off, 300, 0.97, 1)
	within(t, "even odds with p < 0.05", low+none, runs, 0.04, 0.06)
	within(t, "even odds taken for off", none, runs, 0, 0.004)
}

// TestForgedEvents has 50 forgers of one arm make a fifth of all events of 5,000
// visitors, all impressions clicked, or none: the estimate of the difference
// must move by less than half a percentage point, and would move by far more
// without fences.
func TestForgedEvents(t *testing.T) {
	report, o := even(t)
	honest := crowd(9, 5000, 20, 0.08, 1)
	events := 0.0
	for i := range honest {
		honest[i].Before = Counts{}
		c, _ := honest[i].until(forever)
		events += c.Impressions + c.Clicks + c.Opinions
	}
	ctr := func(visitors []Visitor) (fenced, plain float64) {
		c := newLook(report, []int{0, 1}, visitors, forever, o).metric(&measures[0]).Comparisons[0]
		var clicks, cards [2]float64
		for i := range visitors {
			sum, _ := visitors[i].until(forever)
			clicks[visitors[i].Arm] += sum.Clicks
			cards[visitors[i].Arm] += sum.Impressions
		}
		return c.Difference.Value, clicks[1]/cards[1] - clicks[0]/cards[0]
	}
	fenced, plain := ctr(honest)
	for name, clicked := range map[string]float64{"every card clicked": 1, "no card clicked": 0, "half of them clicked": 0.5} {
		forged := append([]Visitor(nil), honest...)
		for range 50 {
			each := events / 4 / 50 // a fifth of all events then
			cards := each / (1 + clicked)
			forged = append(forged, Visitor{Arm: 1, Days: []Day{{3, Counts{Present: 1, Impressions: cards, Clicks: clicked * cards}}}})
		}
		f, p := ctr(forged)
		t.Logf("%s: the difference moves by %+.2f pp, without fences by %+.2f pp", name, 100*(f-fenced), 100*(p-plain))
		if math.Abs(f-fenced) >= 0.005 {
			t.Errorf("%s: the difference moves by %+.4f, want less than 0.005", name, f-fenced)
		}
		if math.Abs(p-plain) < 0.01 {
			t.Errorf("%s: without fences the difference moves by %+.4f only: this test proves nothing", name, p-plain)
		}
	}
}
