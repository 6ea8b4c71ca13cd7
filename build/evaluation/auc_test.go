package evaluation

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// The pairs are counted by hand: liked rows have .9 and .4, others .6 and .4. Of
// four pairs .9 wins two, .4 loses one and ties one: 2.5/4. Precision is 1 at .9 with
// recall ½, and 2/4 at .4 with the other half: .75.
func TestAUC(t *testing.T) {
	tests := []struct {
		name   string
		scores []float64
		labels []bool
		auc    float64
		pr     float64
	}{
		{"a tie", []float64{.9, .6, .4, .4}, []bool{true, false, true, false}, 2.5 / 4, 0.75},
		{"perfect", []float64{3, 1, 2}, []bool{true, false, true}, 1, 1},
		{"reversed", []float64{1, 3, 2}, []bool{true, false, false}, 0, 1.0 / 3},
		{"all equal", []float64{5, 5, 5, 5}, []bool{true, false, false, false}, 0.5, 0.25},
		{"no liked row", []float64{1, 2}, []bool{false, false}, math.NaN(), math.NaN()},
		{"only liked rows", []float64{1, 2}, []bool{true, true}, math.NaN(), 1},
	}
	same := func(got, want float64) bool { return math.IsNaN(want) && math.IsNaN(got) || near(got, want) }
	for _, tt := range tests {
		if got := AUC(tt.scores, tt.labels); !same(got, tt.auc) {
			t.Errorf("%s: AUC = %g, want %g", tt.name, got, tt.auc)
		}
		if _, got := newRanking(tt.scores, tt.labels, nil).areas(ones(1)); !same(got, tt.pr) {
			t.Errorf("%s: PR-AUC = %g, want %g", tt.name, got, tt.pr)
		}
	}
}

// TestAUCIsTheShareOfPairs holds AUC against its definition, and the AUC of rows
// that count several times against that of rows written down as often.
func TestAUCIsTheShareOfPairs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 30).Draw(t, "n")
		scores, labels, times := make([]float64, n), make([]bool, n), make([]float64, n)
		var many []float64
		var theirs []bool
		for i := range scores {
			scores[i] = float64(rapid.IntRange(0, 5).Draw(t, "score"))
			labels[i] = rapid.Bool().Draw(t, "label")
			times[i] = float64(rapid.IntRange(0, 3).Draw(t, "times"))
			for range int(times[i]) {
				many, theirs = append(many, scores[i]), append(theirs, labels[i])
			}
		}
		var won, pairs float64
		for i := range many {
			for j := range many {
				if theirs[i] && !theirs[j] {
					pairs++
					switch {
					case many[i] > many[j]:
						won++
					case many[i] == many[j]:
						won += 0.5
					}
				}
			}
		}
		if pairs == 0 {
			return
		}
		if got := AUC(many, theirs); !near(got, won/pairs) {
			t.Fatalf("AUC = %g, want %g", got, won/pairs)
		}
		users := make([]int, n) // each row of another
		for i := range users {
			users[i] = i
		}
		auc, pr := newRanking(scores, labels, users).areas(times)
		if _, want := newRanking(many, theirs, nil).areas(ones(1)); !near(auc, won/pairs) || !near(pr, want) {
			t.Fatalf("areas = %g, %g, want %g, %g", auc, pr, won/pairs, want)
		}
	})
}

// User 7 orders their three rows rightly, user 3 their two wrongly, and user 5 likes all:
// (3·1 + 2·0)/5.
func TestGAUC(t *testing.T) {
	scores := []float64{.9, .1, .2, .3, .4, .5}
	labels := []bool{true, false, true, true, false, false}
	var rows []Example
	for i, u := range []int{7, 3, 3, 5, 7, 7} {
		rows = append(rows, Example{User: u, At: i, Liked: labels[i]})
	}
	o := DefaultPointwiseOptions()
	o.OrderOnly = true
	gauc := func() (float64, int) {
		r := Pointwise("m", rows, scores, o)
		e, _ := r.Get("GAUC")
		return e.Mean, r.OneClass
	}
	if got, left := gauc(); !near(got, 1) || left != 1 {
		t.Errorf("GAUC = %g with %d users left out, want 1 and 1", got, left)
	}
	scores[2] = 0
	if got, left := gauc(); !near(got, 3.0/5) || left != 1 {
		t.Errorf("GAUC = %g with %d users left out, want 3/5 and 1", got, left)
	}
}
