package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"sparrow/build/compare"
	"sparrow/build/evaluation"
)

// TestCompareTwice compares two ranking models twice: the figures of the report are
// found, they are the same for the same seed, and the page is written.
func TestCompareTwice(t *testing.T) {
	q := Compare{Data: madeUp(t), Out: t.TempDir()}
	var runs [2]*report
	for i := range runs {
		r, err := q.compare(newConsole(t.Context()), "ml-latest-small", "once", false, "Embedding+MLP", "DeepFM")
		if err != nil {
			t.Fatal(err)
		}
		runs[i] = r
	}
	if other, all := otherFigures(runs[0], runs[1]); len(other) > 0 || all < 3 {
		t.Errorf("%q of %d models have other figures for the same seed, want none of at least 3", other, all)
	}
	if got := runs[0].ranking("made up", 0.1); len(got) != 3 || got[1].Bar <= 0 || got[2].Measured <= 0 {
		t.Errorf("figures %+v, want 3 with the bar of two averages and the AUC of the best", got)
	}
	if _, err := os.Stat(filepath.Join(q.Out, "once", compare.PageFile)); err != nil {
		t.Error(err)
	}
}

func TestOtherFigures(t *testing.T) {
	run := func(auc float64) *report {
		row := func(name string, v float64) compare.Row {
			return compare.Row{Name: name, Seconds: 100 * v, Result: evaluation.Result{Metrics: []evaluation.Metric{{Name: "AUC", Estimate: evaluation.Estimate{Mean: v}}}}}
		}
		return &report{&compare.Report{Parts: []*compare.Part{{Name: "Ranking", Rows: []compare.Row{row("FM", 0.7), row("DIN", auc)}}}}}
	}
	if other, all := otherFigures(run(0.8), run(0.81)); !slices.Equal(other, []string{"DIN"}) || all != 2 {
		t.Errorf("otherFigures = %q of %d, want DIN of 2", other, all)
	}
}
