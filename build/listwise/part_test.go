package listwise

import (
	"context"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

// TestOpinionsMakeTheHistory has a user who rates, clicks and rates: clicks are
// targets that weigh less, and no part of what the ranker knows of them. Three stars
// weigh .6, and the last rating, of one star, is no target.
func TestOpinionsMakeTheHistory(t *testing.T) {
	d := (&dataset.Dataset{Catalog: &catalog.Catalog{}}).Join([]string{"rates", "clicks"}, [][]dataset.Interaction{
		{{Row: 9, At: 0, Part: 51}, {Row: 10, At: 0, Part: 51}, {Row: 11, At: 0, Part: 51}, // a quarter of twelve are three
			{Row: 0, At: 1, Stars: 8}, {Row: 1, At: 2, Part: 51}, {Row: 2, At: 3, Stars: 9}, {Row: 5, At: 4, Part: 51}, {Row: 6, At: 5, Part: 51},
			{Row: 7, At: 6, Part: 51}, {Row: 3, At: 7, Part: 51}, {Row: 4, At: 8, Stars: 6}, {Row: 8, At: 9, Stars: 2}},
		{{Row: 0, At: 1, Part: 51}, {Row: 1, At: 2, Part: 51}, {Row: 2, At: 3, Part: 51}, {Row: 3, At: 4, Part: 51}},
	})
	all := moments(d, 4, 100)
	want := []moment{{0, 9, 3, 7, 0, 0.2}, {0, 10, 4, 8, 0, 0.6}}
	if diff := cmp.Diff(want, all, cmp.AllowUnexported(moment{})); diff != "" {
		t.Fatalf("moments (-want +got):\n%s", diff)
	}
	for _, m := range all {
		want := feature.History{{Row: 0, Stars: 4, At: 1}, {Row: 2, Stars: 4.5, At: 3}}
		if diff := cmp.Diff(want, historyBefore(d, m)); diff != "" {
			t.Errorf("history before movie %d (-want +got):\n%s", m.target, diff)
		}
	}
}

// TestWeightsDecide trains on lists that contradict each other: three of four
// choose the item with the least of a feature, one the item with the most.
// Whichever weighs more in all must be what the model learns.
func TestWeightsDecide(t *testing.T) {
	for _, test := range []struct {
		name  string
		least float32 // weight of the three
		most  bool    // what is learned
	}{{"in full", 1, false}, {"a twentieth", 0.05, true}} {
		t.Run(test.name, func(t *testing.T) {
			lists, in, out := random(rand.New(rand.NewPCG(3, 3)), 400, 11, 4, 3)
			extreme := func(l *list, most bool) (at int) {
				for i := range l.items {
					if a, b := l.items[i].Numeric[0], l.items[at].Numeric[0]; a != b && a > b == most {
						at = i
					}
				}
				return at
			}
			var train []*list
			for i := range lists {
				l := &lists[i]
				l.target = extreme(l, i%4 == 0)
				if i%4 != 0 {
					l.weight = test.least
				}
				train = append(train, l)
			}
			opt := DefaultOptions(synthetic())
			opt.Hidden, opt.Dropout, opt.Seed = []int{8}, 0, 2
			s := newStandard(opt.numeric(), opt.GenreWidth, lists, &in, &out)
			tr := &trainer{opt: &opt, standard: s, shape: newShape(&s.layout, 4, opt.Hidden)}
			r, err := tr.run(context.Background(), train, nil, 20, func(int) {})
			if err != nil {
				t.Fatal(err)
			}
			right := 0
			n := &network{standard: s}
			for _, l := range train {
				score := n.forward(r.params, l, nil)
				if score[extreme(l, test.most)] > score[extreme(l, !test.most)] {
					right++
				}
			}
			if right < 360 {
				t.Errorf("in %d of 400 lists the model prefers what weighs more, want at least 360", right)
			}
		})
	}
}
