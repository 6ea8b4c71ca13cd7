package abtest

import (
	"math/rand/v2"
	"reflect"
	"testing"
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
		if !m.Cells[1].Hidden || m.Cells[1].Visitors != 0 || m.Comparisons[0].Difference != (Interval{}) {
			t.Errorf("%s shows an arm of nine: %+v %+v", m.Name, m.Cells[1], m.Comparisons[0])
		}
	}
}

// TestRareThingsAreHidden: of nine visitors who like anything nothing is
// concluded, whoever they are.
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
