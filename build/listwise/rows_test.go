package listwise

import (
	"context"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sparrow/build/crowd"
	"sparrow/build/dataset"
	"sparrow/build/examples"
	"sparrow/build/pool"
	"sparrow/wasm/feature"
)

// synthetic is a small data set with a known answer.
func synthetic() *dataset.Dataset {
	return dataset.Synthetic(dataset.Shape{Seed: 5, Users: 200, Items: 90, Interactions: 4000, Groups: 3})
}

// learned returns the retrieval stage of d without its users' newest n events.
func learned(t *testing.T, d *dataset.Dataset, n int) Retrieval {
	t.Helper()
	base := d.WithoutLast(n)
	opt := pool.DefaultPoolOptions(base)
	opt.Width, opt.Epochs = 8, 4
	p, err := pool.TrainPool(context.Background(), base, opt, nil)
	if err != nil {
		t.Fatal(err)
	}
	pool := p.Quantize()
	transition := crowd.Transition(base, crowd.DefaultTransitionOptions(base))
	statistics := crowd.Statistics(base, examples.TrendHalfLife)
	return Retrieval{Model: &pool, Transition: &transition, Statistics: &statistics}
}

func rowsOf(t *testing.T, d *dataset.Dataset, r Retrieval, opt *Options) []list {
	t.Helper()
	lists, err := makeLists(context.Background(), d, r, opt, func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	return lists
}

// TestRowsKnowNothingOfTheFuture replaces a target, deletes what its user did
// after it, and deletes what anyone did at its moment or later: no feature of
// the row may change. Then it deletes one earlier event: something must.
func TestRowsKnowNothingOfTheFuture(t *testing.T) {
	d := synthetic()
	opt := DefaultOptions(d)
	opt.Targets, opt.Candidates = 2, 30
	r := learned(t, d, opt.Targets)
	all := moments(d, opt.Targets, opt.Lists)
	want := rowsOf(t, d, r, &opt)
	same := cmp.Options{cmpopts.IgnoreUnexported(feature.User{})}
	for _, at := range []int{3, len(all) / 2, len(all) - 20} {
		m := all[at]
		changed := *d
		changed.Interactions = slices.Clone(d.Interactions)
		changed.End = slices.Clone(d.End)
		for u := range d.Start {
			for i := d.Start[u]; i < d.End[u]; i++ {
				e := &changed.Interactions[i]
				switch {
				case u == m.user && i > m.at, u != m.user && int64(e.At) >= m.time:
					e.At, e.Row, e.Stars = math.MaxUint32, 0, 1 // as good as deleted: after everything
				case i == m.at:
					e.Row = (e.Row + 1) % 90
				}
			}
		}
		after := moments(&changed, opt.Targets, opt.Lists)
		k := slices.IndexFunc(after, func(o moment) bool { return o.at == m.at })
		got := rowsOf(t, &changed, r, &opt)
		if diff := cmp.Diff(want[at].items, got[k].items); diff != "" {
			t.Errorf("target %d: the candidates' features saw the future (-before +after):\n%s", at, diff)
		}
		if diff := cmp.Diff(want[at].user, got[k].user, same); diff != "" {
			t.Errorf("target %d: the user's features saw the future (-before +after):\n%s", at, diff)
		}

		changed = *d
		changed.Interactions = slices.Clone(d.Interactions)
		changed.Interactions[m.at-1].Stars = 1
		changed.Interactions[m.at-1].Row = (changed.Interactions[m.at-1].Row + 1) % 90
		after = moments(&changed, opt.Targets, opt.Lists)
		k = slices.IndexFunc(after, func(o moment) bool { return o.at == m.at })
		got = rowsOf(t, &changed, r, &opt)
		if cmp.Equal(want[at].items, got[k].items) {
			t.Errorf("target %d: no feature saw that the event before it changed", at)
		}
	}
}

// TestMomentsOfManyUsers checks that a choice of users is spread over the folds.
func TestMomentsOfManyUsers(t *testing.T) {
	d := synthetic()
	for i := range d.Interactions {
		d.Interactions[i].Stars = 8 // else some are no targets
	}
	all := moments(d, 2, 80) // every fifth of 200 users
	if len(all) != 80 {
		t.Fatalf("%d moments, want 80", len(all))
	}
	users := make([]int, folds)
	for _, m := range all {
		users[m.fold]++
		if m.at < d.End[m.user]-2 || m.target != d.Interactions[m.at].Row {
			t.Errorf("%+v is not one of the newest two interactions of its user", m)
		}
	}
	for f, n := range users {
		if n != 16 {
			t.Errorf("fold %d has %d moments, want 16", f, n)
		}
	}
}
