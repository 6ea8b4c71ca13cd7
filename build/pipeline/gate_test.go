package pipeline

import (
	"context"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sparrow/build/bundledir"
	"sparrow/build/dataset"
	"sparrow/build/evaluation"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/feature"
)

// TestAnotherGateMustBeBetterByMoreThanChance holds which gate is taken, by how many of
// 400 next items and sets each finds.
func TestAnotherGateMustBeBetterByMoreThanChance(t *testing.T) {
	cases := someCases(400)
	results := func(right []int) (all []evaluation.Result) {
		for _, n := range right {
			all = append(all, resultOf(cases, n))
		}
		return all
	}
	for _, c := range []struct {
		name       string
		next, sets []int
		want       int
	}{
		{"sets gain, the next item loses by chance", []int{100, 99, 99}, []int{100, 120, 130}, 2},
		{"sets gain, the next item loses", []int{100, 60, 100}, []int{100, 130, 100}, 0},
		{"the next item gains", []int{100, 130, 120}, []int{100, 100, 100}, 1},
		{"both gain by chance", []int{100, 102, 101}, []int{100, 102, 102}, 0},
		{"nothing changes", []int{100, 100, 100}, []int{100, 100, 100}, 0},
	} {
		if got := bestGate(results(c.next), results(c.sets), 0); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

// TestSetsAreLikesOnBothSides: what is given and what is to be found is liked, and of
// someone who likes nothing of the one or one thing of the other there is no case.
func TestSetsAreLikesOnBothSides(t *testing.T) {
	of := func(stars ...uint8) (events []dataset.Interaction) {
		for r, s := range stars {
			events = append(events, dataset.Interaction{Row: catalog.Row(r), Stars: s, At: uint32(1000 + r)})
		}
		return events
	}
	d := (&dataset.Dataset{}).Join([]string{"a", "b", "c"}, [][]dataset.Interaction{
		of(10, 4, 8, 9, 6, 10), of(10, 10, 10, 10, 5, 5), of(9, 2, 2, 2, 9, 9),
	})
	cases := setsOf(d.WithoutTargets(2), d, 1)
	if len(cases) != 1 || cases[0].User != 0 || !slices.Equal(cases[0].Relevant, []catalog.Row{5}) {
		t.Fatalf("cases %+v, want one, of the first user, who is to find item 5", cases)
	}
	var given []catalog.Row
	for _, e := range cases[0].History {
		given = append(given, e.Row)
	}
	if slices.Sort(given); !slices.Equal(given, []catalog.Row{0, 2, 3}) || cases[0].History.Set(.75) != 1 {
		t.Errorf("given are %v, want 0, 2 and 3 in one sitting", cases[0].History)
	}
}

// TestRegatedIsWhatTheEngineSays holds that the order which another gate would make is
// worked out as the engine makes it, and differs.
func TestRegatedIsWhatTheEngineSays(t *testing.T) {
	o, out := DefaultOptions(), filepath.Join(t.TempDir(), "b.bundle")
	o.Epochs = 4
	p := new(says)
	if _, err := o.Run(context.Background(), p, twoCamps(t), out); err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(p.lines, func(l string) bool { return strings.Contains(l, "sets of likes are too few to choose that by") }) {
		t.Errorf("said %q, and not that the gate was not chosen", p.lines)
	}
	b, _, err := bundledir.Open(out)
	if err != nil {
		t.Fatal(err)
	}
	if b.Profile.Gate != profileGate {
		t.Errorf("too few sets: the gate is %v, want %v", b.Profile.Gate, profileGate)
	}
	rng, others := rand.New(rand.NewPCG(2, 2)), 0
	for range 20 {
		var h feature.History
		for k, i := range rng.Perm(30)[:6] {
			h = append(h, feature.Event{Row: catalog.Row(2 * i), Stars: 5, At: 1_600_000_000 + 5*int64(k)})
		}
		list := func(most float32) []engine.Recommendation {
			b.Profile.Gate.Most = most
			return engine.New(b).Recommend(engine.Query{History: h, Filter: engine.Filter{Genre: engine.AllGenres}, K: engine.Candidates})
		}
		var want []catalog.Row
		for _, r := range list(.5) {
			want = append(want, r.Row)
		}
		was := list(.9)
		if got := regated(b.Profile, .5, was, h, make([]float32, b.Catalog.Len())); !slices.Equal(got[:10], want[:10]) {
			t.Fatalf("gate .5: %v, want %v", got[:10], want[:10])
		}
		for i := range was[:10] {
			if was[i].Row != want[i] {
				others++
			}
		}
	}
	if others == 0 {
		t.Error("another gate makes no other list: this test shows nothing")
	}
}
