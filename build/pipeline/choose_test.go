package pipeline

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"sparrow/build/crowd"
	"sparrow/build/dataset"
	"sparrow/build/evaluation"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/retrieval"
)

// lines keeps what is said.
type lines struct{ text strings.Builder }

func (l *lines) Say(format string, args ...any)     { fmt.Fprintf(&l.text, format+"\n", args...) }
func (l *lines) Stage(string) func(done, total int) { return nil }
func (l *lines) Stop()                              {}
func (l *lines) contains(t *testing.T, all ...string) {
	t.Helper()
	for _, want := range all {
		if !strings.Contains(l.text.String(), want) {
			t.Errorf("%q is not said:\n%s", want, l.text.String())
		}
	}
}

// resultOf returns what a method reaches that is right for the first users.
func resultOf(cases []evaluation.Case, right int) evaluation.Result {
	lists := make([][]catalog.Row, len(cases))
	for i, c := range cases {
		lists[i] = []catalog.Row{99}
		if i < right {
			lists[i] = c.Relevant
		}
	}
	return evaluation.Lists("m", cases, lists, evaluation.ListOptions{K: 10, Items: 100})
}

func someCases(n int) []evaluation.Case {
	cases := make([]evaluation.Case, n)
	for u := range cases {
		cases[u] = evaluation.Case{User: u, Relevant: []catalog.Row{1}}
	}
	return cases
}

// TestTheLargerModelMustBeBetterByMoreThanChance holds which model is taken: of
// sequences where it wins over enough users, else the pool, which is smaller.
func TestTheLargerModelMustBeBetterByMoreThanChance(t *testing.T) {
	cases := someCases(400)
	for _, c := range []struct{ pool, sequence, want int }{
		{100, 140, 1}, {100, 103, 0}, {100, 100, 0}, {140, 100, 0},
	} {
		got, words := preferred([]Tried{{Name: "pool", better: resultOf(cases, c.pool)}, {Name: "sequence", better: resultOf(cases, c.sequence)}})
		if got != c.want || words == "" {
			t.Errorf("pool finds %d of 400, sequence %d: %d is taken (%s), want %d", c.pool, c.sequence, got, words, c.want)
		}
	}
}

// TestModelsAreChosenOnWhatNoneSaw holds that a case is the first opinion behind what
// retrieval is trained on, and a click none.
func TestModelsAreChosenOnWhatNoneSaw(t *testing.T) {
	d := dataset.Synthetic(dataset.Shape{Seed: 1, Users: 30, Items: 60, Interactions: 600, Groups: 2})
	d.Interactions[d.End[3]-2].Part = 1 // a click
	cases := nextOf(d.WithoutLast(2), d)
	if len(cases) != 29 {
		t.Fatalf("%d cases of 30 users, one with a click; want 29", len(cases))
	}
	for _, c := range cases {
		all := d.Of(c.User)
		if n := len(all); len(c.History) != n-2 || c.Relevant[0] != all[n-2].Row {
			t.Errorf("user %d: %d of %d interactions are known, %v is next; want %d and %d", c.User, len(c.History), n, c.Relevant, n-2, all[n-2].Row)
		}
	}
}

// TestBaselinesAreTrainedBeside holds that a bundle says, over how many users, which
// baselines it was measured beside and which it does not beat; so does its card.
func TestBaselinesAreTrainedBeside(t *testing.T) {
	d := dataset.Synthetic(dataset.Shape{Seed: 1, Users: 120, Items: 60, Interactions: 2400, Groups: 3})
	o, said := DefaultOptions(), new(lines)
	o.Epochs = 1
	f, err := o.Run(context.Background(), said, d, t.TempDir()+"/of.bundle")
	if err != nil {
		t.Fatal(err)
	}
	if f.Beside == nil || f.Beside.Users != 120 || len(f.Beside.Rows) != 4 {
		t.Fatalf("beside are %+v; want transitions, popularity, iALS and EASE, measured on 120 users", f.Beside)
	}
	said.contains(t, "the newest interaction of 120 users", "transitions alone", "popularity", "iALS", "EASE")
	for _, b := range f.Beside.Rows {
		if warned := strings.Contains(said.text.String(), "warning: "+b.Name+" is"); warned != (b.Low <= 0) {
			t.Errorf("%s (better by %.4f to %.4f): warned %t", b.Name, b.Low, b.High, warned)
		}
	}
	said.contains(t, "the model of sequences was not tried, since")
}

// TestVerdicts: what is said of a baseline.
func TestVerdicts(t *testing.T) {
	for want, b := range map[string]Baseline{
		"beaten":                         {Better: .02, Low: .01, High: .03},
		"not beaten by more than chance": {Better: .01, Low: -.01, High: .03},
		"not beaten":                     {Better: -.01, Low: -.03, High: .01},
		"better than the bundle":         {Better: -.02, Low: -.03, High: -.01},
	} {
		if got := b.verdict(); got != want {
			t.Errorf("%+v is %q, want %q", b, got, want)
		}
	}
}

// TestOrderIsForgottenWhereItSaysNothing holds that the order of a log that was
// shuffled is not used, and that of data with sequels is.
func TestOrderIsForgottenWhereItSaysNothing(t *testing.T) {
	for _, c := range []struct {
		d    *dataset.Dataset
		want bool
	}{
		{dataset.ListeningLog(1), true},
		{dataset.Synthetic(dataset.Shape{Seed: 1, Users: 600, Items: 400, Interactions: 24_000, Groups: 8}), false},
	} {
		known := c.d.WithoutLast(1)
		seen := known.WithoutLast(1)
		r := &Retrieved{Transition: crowd.Transition(seen, crowd.DefaultTransitionOptions(seen))}
		said := new(lines)
		choice, err := forgetOrder(context.Background(), said, seen, nextOf(seen, known), r)
		if err != nil {
			t.Fatal(err)
		}
		if r.orderFree != c.want || (choice.Words != "") != c.want {
			t.Errorf("%s: the order is forgotten %t, want %t (%v)", c.d.Name, r.orderFree, c.want, choice)
		}
	}
}

// TestAllWeightsAreTriedInOnePass holds that the lists of a weight are those of a model
// whose scores have the transitions added in that weight.
func TestAllWeightsAreTriedInOnePass(t *testing.T) {
	d := dataset.Synthetic(dataset.Shape{Seed: 1, Users: 30, Items: 25, Interactions: 500, Groups: 4})
	o := Options{Seed: 1, Retrieval: "pool", Epochs: 2, Little: noRanker}
	r, err := o.Retrieve(context.Background(), quiet{}, d)
	if err != nil {
		t.Fatal(err)
	}
	n := d.Catalog.Len()
	all := mixed("pool", r, n).New()
	for u := range d.Users {
		h := evaluation.History(d.Of(u))
		got := all.Recommend(h, 10)
		var want []catalog.Row
		for _, w := range weights {
			want = append(want, evaluation.Scored("pool", n, func() evaluation.Scores { return slowly(r, w) }).New().Recommend(h, 10)...)
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("user %d: %v, want %v", u, got, want)
		}
	}
}

// slowly scores with transitions in weight w by the definition.
func slowly(r *Retrieved, w float32) evaluation.Scores {
	return func(dst []float32, h feature.History) {
		user, follow := make([]float32, r.Model.Out.Cols), make([]float32, len(dst))
		retrieval.NewEncoder(&r.Model).UserVector(user, h)
		r.Model.Scores(dst, user)
		r.Transition.Scores(follow, h)
		strongest, gain := float32(0), w*deviation(dst)
		for _, f := range follow {
			strongest = max(strongest, f)
		}
		for i, f := range follow {
			if strongest > 0 {
				dst[i] += float32(gain / strongest * f)
			}
		}
	}
}
