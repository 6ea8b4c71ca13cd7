package evaluation

import (
	"bytes"
	"context"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

// three returns a data set of three users and five items:
//
//	user 0: item 0 at 10, 1 at 20, 2 at 30
//	user 1: item 3 at 15, 1 at 40
//	user 2: item 4 at 50
func three() *dataset.Dataset {
	c := &catalog.Catalog{IDs: []catalog.ID{"a", "b", "c", "d", "e"}}
	c.Index()
	return &dataset.Dataset{
		Catalog: c, Users: []string{"0", "1", "2"},
		Interactions: []dataset.Interaction{
			{Row: 0, At: 10, Stars: 8}, {Row: 1, At: 20}, {Row: 2, At: 30, Stars: 10},
			{Row: 3, At: 15}, {Row: 1, At: 40},
			{Row: 4, At: 50},
		},
		Start: []int{0, 3, 5}, End: []int{3, 5, 6},
	}
}

func TestLeaveOneOut(t *testing.T) {
	want := []Case{
		{0, feature.History{{Row: 0, At: 10, Stars: 4}, {Row: 1, At: 20}}, list{2}},
		{1, feature.History{{Row: 3, At: 15}}, list{1}},
	}
	if diff := cmp.Diff(want, LeaveOneOut(three())); diff != "" {
		t.Errorf("LeaveOneOut (-want +got):\n%s", diff)
	}
}

// TestUnseenByHand: after the cut are items 0, which is known, 4 and 4 again.
func TestUnseenByHand(t *testing.T) {
	d := three()
	unseen, answers := Unseen(d.WithoutLast(1), []Case{{User: 0, Relevant: list{0, 4}}, {User: 1, Relevant: list{4}}})
	if unseen != 2 || answers != 3 {
		t.Errorf("Unseen = %d of %d, want 2 of 3", unseen, answers)
	}
}

// TestClicksAreNoAnswers has clicks, which count in part, in and after histories.
func TestClicksAreNoAnswers(t *testing.T) {
	const part = 51
	d := (&dataset.Dataset{Catalog: &catalog.Catalog{}}).Join([]string{"a", "b", "c"}, [][]dataset.Interaction{
		{{Row: 0, At: 10, Stars: 8}, {Row: 1, At: 20, Part: part}, {Row: 2, At: 30}}, // the click is not in the history
		{{Row: 3, At: 15}, {Row: 1, At: 25}, {Row: 4, At: 45, Part: part}},           // ends with a click
		{{Row: 3, At: 15, Part: part}, {Row: 1, At: 35, Part: part}},
	})
	first := Case{0, feature.History{{Row: 0, At: 10, Stars: 4}}, list{2}}
	if diff := cmp.Diff([]Case{first}, LeaveOneOut(d)); diff != "" {
		t.Errorf("LeaveOneOut (-want +got):\n%s", diff)
	}
	_, cases, err := TimeSplit(d, 0.5) // hides what happened at 25 and later
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Case{first, {1, feature.History{{Row: 3, At: 15}}, list{1}}}, cases); diff != "" {
		t.Errorf("TimeSplit (-want +got):\n%s", diff)
	}
}

func TestTimeSplit(t *testing.T) {
	// The newest half of six times is 30, 40, 50: the cut is at 30.
	train, cases, err := TimeSplit(three(), 0.5)
	if err != nil {
		t.Fatal(err)
	}
	if want := []int{2, 4, 5}; !cmp.Equal(train.End, want) {
		t.Errorf("TimeSplit: users end at %v, want %v", train.End, want)
	}
	want := []Case{
		{0, feature.History{{Row: 0, At: 10, Stars: 4}, {Row: 1, At: 20}}, list{2}},
		{1, feature.History{{Row: 3, At: 15}}, list{1}},
	} // user 2 has nothing before the cut
	if diff := cmp.Diff(want, cases); diff != "" {
		t.Errorf("TimeSplit (-want +got):\n%s", diff)
	}
	if _, _, err := TimeSplit(three(), 1); err == nil {
		t.Error("TimeSplit with a share of 1 returned no error")
	}
}

// always recommends one list.
type always list

func (a always) Recommend(feature.History, int) []catalog.Row { return a }

func TestEvaluate(t *testing.T) {
	m := Method{"always 1, 2", func() Recommender { return always{1, 2} }}
	res, err := Evaluate(context.Background(), m, LeaveOneOut(three()), 10, 5, nil)
	if err != nil {
		t.Fatal(err)
	}
	// User 0 wants 2, at rank 2; user 1 wants 1, at rank 1.
	second := 1 / math.Log2(3)
	want := map[string]float64{"NDCG@10": (1 + second) / 2, "HitRate@10": 1, "MRR@10": 0.75, "Coverage@10": 0.4}
	for name, w := range want {
		if got, _ := res.Get(name); math.Abs(got.Mean-w) > 1e-12 {
			t.Errorf("Evaluate: %s = %g, want %g", name, got.Mean, w)
		}
	}
	// Two values a and b differ from their mean by half their distance; the
	// standard error of the mean is the same half.
	got, _ := res.Get("NDCG@10")
	if half := 1.96 * (1 - second) / 2; math.Abs(got.High-got.Mean-half) > 1e-12 || math.Abs(got.Mean-got.Low-half) > 1e-12 {
		t.Errorf("Evaluate: interval of NDCG@10 is %+v, want ± %g", got, half)
	}
	worse, err := Evaluate(context.Background(), Method{"never", func() Recommender { return always{} }}, LeaveOneOut(three()), 10, 5, nil)
	if err != nil {
		t.Fatal(err)
	}
	report := Report{Dataset: "three users", Protocol: "leave-one-out", Results: []Result{res, worse}}
	var table, text bytes.Buffer
	if err := report.WriteTable(&table); err != nil {
		t.Fatal(err)
	}
	if err := report.WriteJSON(&text); err != nil {
		t.Fatal(err)
	}
	if s := table.String(); !strings.Contains(s, "always 1, 2") || !strings.Contains(s, "  0.8155 ± ") || !strings.Contains(s, "+0.8155 ± ") {
		t.Errorf("WriteTable wrote\n%s", s)
	}
	if s := text.String(); !strings.Contains(s, `"name": "MRR@10"`) || !strings.Contains(s, `"mean": 0.75`) {
		t.Errorf("WriteJSON wrote\n%s", s)
	}
}

func TestDifference(t *testing.T) {
	result := func(values ...float64) Result {
		return Result{Method: "m", Cases: len(values), Metrics: []Metric{{Name: "x", values: values}}}
	}
	a, b := result(1, 0, 1, 0), result(2, 1, 2, 1)
	if got, ok := Difference(&b, &a, "x"); !ok || got != (Estimate{1, 1, 1}) {
		t.Errorf("Difference = %+v, want exactly 1: every case is better by 1", got)
	}
	// Differences 0, 1, 0, 1 have the mean ½ and the variance ⅓: standard error √(1/12).
	c := result(1, 1, 1, 1)
	half := 1.96 * math.Sqrt(1.0/12)
	if got, ok := Difference(&c, &a, "x"); !ok || math.Abs(got.High-0.5-half) > 1e-12 {
		t.Errorf("Difference = %+v, want 0.5 ± %g", got, half)
	}
	if _, ok := Difference(&a, &b, "y"); ok {
		t.Error("Difference in a metric that was not measured")
	}
}
