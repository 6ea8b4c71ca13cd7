package abtest

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"sparrow/build/stats"
)

// TestOrderOfVisitors: a report does not depend on it, but for rounding.
func TestOrderOfVisitors(t *testing.T) {
	l := layerOf(t, duo)
	visitors := crowd(4, 500, 9, 0.1, 1.2)
	want := Analyze(l, visitors, DefaultOptions())
	rand.New(rand.NewPCG(8, 8)).Shuffle(len(visitors), func(i, j int) { visitors[i], visitors[j] = visitors[j], visitors[i] })
	got := Analyze(l, visitors, DefaultOptions())
	if !reflect.DeepEqual(got.Findings, want.Findings) {
		t.Errorf("findings of shuffled visitors: %q\nwant %q", got.Findings, want.Findings)
	}
}

// TestFewVisitorsAreHidden: no figure of an arm of nine visitors.
func TestFewVisitorsAreHidden(t *testing.T) {
	l := layerOf(t, duo)
	visitors := crowd(4, 60, 2, 0.3, 1)
	few := 0
	for i := range visitors {
		if visitors[i].Arm = 0; i%6 == 0 && few < 9 {
			visitors[i].Arm, few = 1, few+1
		}
	}
	o := DefaultOptions()
	o.Force = true
	r := Analyze(l, visitors, o)
	if a := r.Arms[1]; !a.Hidden || a.Visitors != 0 || a.Clicks != 0 || r.Ratio.Seen[1] != 0 {
		t.Errorf("arm of nine: %+v, sample ratio %v, want hidden", a, r.Ratio.Seen)
	}
	for _, m := range r.Metrics {
		if !m.Cells[1].Hidden || m.Cells[1].Visitors != 0 || m.Comparisons[0].Difference != (stats.Interval{}) {
			t.Errorf("%s shows an arm of nine: %+v %+v", m.Name, m.Cells[1], m.Comparisons[0])
		}
	}
}

// TestRareThingsAreHidden: of nine visitors who like anything nothing is
// concluded, of every visitor.
func TestRareThingsAreHidden(t *testing.T) {
	l := layerOf(t, duo)
	visitors := crowd(4, 400, 2, 0.1, 1)
	for i := range visitors {
		for d := range visitors[i].Days {
			visitors[i].Days[d].Likes = 0
			if i < 9 {
				visitors[i].Days[d].Likes = 1
			}
		}
	}
	for _, m := range Analyze(l, visitors, DefaultOptions()).Metrics {
		if hidden := m.Comparisons[0].Hidden; hidden != (m.Name == "likes") {
			t.Errorf("%s hidden: %v", m.Name, hidden)
		}
	}
}

// TestWords looks for the sentence that a state of an experiment needs.
func TestWords(t *testing.T) {
	l := layerOf(t, duo)
	running, over := int64(l.Start)+86400, int64(l.End)
	m := Metric{Label: "clicks per impression", Percent: true}
	found := Comparison{Arm: "other", Control: "control", Difference: stats.Interval{Value: -0.02, Low: -0.03, High: -0.01}, Always: stats.Interval{Value: -0.02, Low: -0.035, High: -0.005}, Verdict: Verdict{HolmP: 0.001, AnytimeAdj: 0.02, Found: true}}
	unsure := Comparison{Arm: "other", Control: "control", Difference: stats.Interval{Value: 0.01, Low: 0.001, High: 0.019}, Always: stats.Interval{Value: 0.01, Low: -0.01, High: 0.03}, Verdict: Verdict{HolmP: 0.2, AnytimeAdj: 1}}
	say := func(c *Comparison, over bool) string { return m.compared(c, over, stats.Interval{}, stats.Interval{}) }
	o := DefaultOptions()
	report := func(asOf int64) string { o.AsOf = asOf; return Analyze(l, crowd(1, 90, 2, 0.1, 1), o).Findings[0] }
	for _, c := range []struct{ got, want string }{
		{say(&found, false), "other has less clicks per impression than control: -2.00 pp, interval -3.50 pp to -0.50 pp (valid at every look; p 0.0200"},
		{say(&found, true), "interval -3.00 pp to -1.00 pp (valid at the planned end; p 0.0010"},
		{say(&unsure, false), "can be distinguished from chance: +1.00 pp, interval -1.00 pp to +3.00 pp (valid at every look). One larger than 3.00 pp either way would have shown by now"},
		{say(&unsure, true), "Alone it would be one, but not among all that is compared here (p 0.2000"},
		{report(int64(l.Start) - 9), "It begins on 2026-11-01; the log ends before."},
		{report(running), "90 visitors were exposed from 2026-11-01 to 2026-11-02"},
		{report(over), "It ended on 2026-11-21."},
	} {
		if !strings.Contains(c.got, c.want) {
			t.Errorf("says %q, want %q in it", c.got, c.want)
		}
	}
}
