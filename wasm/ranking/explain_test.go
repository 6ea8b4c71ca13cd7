package ranking

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"sparrow/wasm/feature"
)

// TestExplain checks summation to delta on random models, that the score is
// the one Rank gives, and that every registered feature has its line.
func TestExplain(t *testing.T) {
	for _, hidden := range [][]int{{1}, {16}, {9, 6}, {8, 8, 8}} {
		for seed := range uint64(20) {
			w := newWorld(seed, hidden...)
			r := w.ranker()
			h, c := query(seed, int(seed)%12)
			at := int(seed) % len(c)
			e := r.Explain(h, c, at)
			scored := slices.Clone(c)
			r.Score(h, scored)
			if scored[at].Score != e.Score {
				t.Errorf("hidden %v seed %d: Explain says score %g, Score %g", hidden, seed, e.Score, scored[at].Score)
			}
			sum := float64(e.Base)
			var names []string
			for _, x := range e.Contributions {
				sum += float64(x.Amount)
				names = append(names, x.Feature)
			}
			if math.Abs(sum-float64(e.Score)) > 1e-5*max(1, math.Abs(sum)) {
				t.Errorf("hidden %v seed %d: base and contributions sum to %g, the score is %g", hidden, seed, sum, e.Score)
			}
			want := append(slices.Clone(w.model.Features), "movieId")
			for i := 1; i <= 5; i++ {
				want = append(want, fmt.Sprint("userGenre", i), fmt.Sprint("userRatedMovie", i))
			}
			want = append(want, "movieGenre1", "movieGenre2", "movieGenre3")
			slices.Sort(names)
			slices.Sort(want)
			if !slices.Equal(names, want) {
				t.Errorf("features %q, want %q", names, want)
			}
		}
	}
}

// TestExplainLinearModel uses a linear model, where a contribution is
// weight times difference, by hand.
func TestExplainLinearModel(t *testing.T) {
	w := newWorld(3, 2)
	clear(w.model.Output.Weight.Data)
	m := &w.model
	for i := range m.Skip.Weight.Data {
		m.Skip.Weight.Data[i] = 0
	}
	m.Skip.Weight.Data[feature.ItemAvgRating] = 100
	m.Skip.Weight.Scale[0] = 0.01 // a weight of 1
	h, c := query(3, 5)
	e := w.ranker().Explain(h, c, 2)
	k := feature.ItemAvgRating
	want := (w.tables.Statistics.Mean[c[2].Row]-m.Mean[k])/m.Deviation[k] - m.Baseline[k]
	if got := e.Contributions[0]; got.Feature != "movieAvgRating" || math.Abs(float64(got.Amount-want)) > 1e-6 {
		t.Errorf("largest contribution %+v, want movieAvgRating with %g", got, want)
	}
	for _, x := range e.Contributions[1:] {
		if x.Amount != 0 {
			t.Errorf("%s contributes %g, want 0", x.Feature, x.Amount)
		}
	}
}
