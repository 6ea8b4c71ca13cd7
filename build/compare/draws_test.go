package compare

import (
	"slices"
	"strings"
	"testing"

	"sparrow/build/dataset"
)

// TestDraws: a setting is the same whenever it is drawn again, others differ, and nothing leaves its range.
func TestDraws(t *testing.T) {
	seen := map[string]bool{}
	for k := range 50 {
		d, again := newDraws(3, k), newDraws(3, k)
		for _, d := range []*draws{d, again} {
			if v := pick(d, "D", 8, 16); v != 8 && v != 16 {
				t.Errorf("picked %d of 8 and 16", v)
			}
			if v := d.between("rate", 1e-3, 1e-2); v < 1e-3 || v > 1e-2 {
				t.Errorf("%g is not between 0.001 and 0.01", v)
			}
		}
		if d.String() != again.String() || !strings.HasPrefix(d.String(), "D ") {
			t.Errorf("setting %d is %q and %q", k, d, again)
		}
		seen[d.String()] = true
	}
	if len(seen) < 40 {
		t.Errorf("only %d of 50 settings differ", len(seen))
	}
}

// TestEveryModelTakesWhatIsDrawn trains each on made-up data with all that it is given to try.
func TestEveryModelTakesWhatIsDrawn(t *testing.T) {
	d := dataset.Synthetic(dataset.Shape{Seed: 1, Users: 15, Items: 20, Interactions: 150, Groups: 2})
	for _, r := range Retrievers() {
		all := r.trials(Options{Seed: 1, Tune: true, Random: 6})
		if n := len(all); n < 7 && r.Name != "random" && r.Name != "popularity" {
			t.Errorf("%s: %d settings, want the defaults and 6 at least", r.Name, n)
		}
		for _, s := range all[1:] {
			if s.name == "" || strings.Contains(s.name, "%!") {
				t.Errorf("%s: a setting is called %q", r.Name, s.name)
			}
			found, err := s.train(t.Context(), d, run{seed: 1, stop: 2})
			if err != nil {
				t.Errorf("%s, %s: %v", r.Name, s.name, err)
				continue
			}
			scores := make([]float32, d.Catalog.Len())
			found.Scores(scores, nil)
			if slices.ContainsFunc(scores, func(v float32) bool { return v != v }) {
				t.Errorf("%s, %s: scores of an empty history are %v", r.Name, s.name, scores)
			}
		}
	}
}
