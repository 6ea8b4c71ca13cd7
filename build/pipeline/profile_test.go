package pipeline

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/build/bundledir"
	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/feature"
	"sparrow/wasm/retrieval"
)

// twoCamps has 80 users who rate 12 of the 30 items of their parity, by chance, the even
// ones in the order of the items, with four and five stars.
func twoCamps(t *testing.T) *dataset.Dataset {
	l, rng := log{header: "user_id,item_id,rating,timestamp"}, rand.New(rand.NewPCG(6, 6))
	for u := range 80 {
		likes := rng.Perm(30)[:12]
		if u%2 == 0 {
			slices.Sort(likes)
		}
		for k, i := range likes {
			l.rows = append(l.rows, fmt.Sprintf("u%02d,%d,%d,%d", u, 2*i+u%2+1, 4+rng.IntN(2), 1_500_000_000+86400*u+60*k))
		}
	}
	d, _ := l.read(t, 60)
	return d
}

// TestTheDefaultBundleKnowsNoOrderOfAnEvening: a bundle of the default has a profile whose
// lists stay within their camp, and gives likes of one evening the same list in every
// order, as one of --mix next, which has none, does not.
func TestTheDefaultBundleKnowsNoOrderOfAnEvening(t *testing.T) {
	d := twoCamps(t)
	stay := map[string]int{}
	for _, mix := range []string{MixPerson, MixNext} {
		o := DefaultOptions()
		o.Mix, o.Epochs = mix, 4
		out := filepath.Join(t.TempDir(), "b.bundle")
		if _, err := o.Run(context.Background(), new(quiet), d, out); err != nil {
			t.Fatal(err)
		}
		b, _, err := bundledir.Open(out)
		if err != nil {
			t.Fatal(err)
		}
		if (b.Profile != nil) != (mix == MixPerson) {
			t.Fatalf("--mix %s: the profile is %v", mix, b.Profile)
		}
		if reads := slices.Contains(b.Ranking.Features, feature.ProfileScore.String()); reads != (mix == MixPerson) {
			t.Errorf("--mix %s: the ranker reads the profile: %v", mix, reads)
		}
		if Like(b).Mix == MixPerson != (mix == MixPerson) {
			t.Errorf("a bundle like one of --mix %s has --mix %q", mix, Like(b).Mix)
		}
		if p := b.Profile; p != nil {
			own, all := 0, 0
			for r := range b.Catalog.Len() {
				items, _, _ := p.Of(catalog.Row(r))
				for _, i := range items {
					all++
					if int(i)%2 == r%2 {
						own++
					}
				}
			}
			if all < 60 || 10*own < 9*all {
				t.Errorf("%d of %d neighbours are of the item's own camp, want nine in ten", own, all)
			}
		}
		e, rng := engine.New(b), rand.New(rand.NewPCG(1, 1))
		for range 30 {
			likes := rng.Perm(30)[:8]
			first := evening(e, likes)
			rng.Shuffle(len(likes), func(i, j int) { likes[i], likes[j] = likes[j], likes[i] })
			for _, r := range evening(e, likes) {
				if slices.Contains(first, r) {
					stay[mix]++
				}
			}
		}
	}
	t.Logf("of the first ten stay %.1f, without a profile %.1f", float64(stay[MixPerson])/30, float64(stay[MixNext])/30)
	if stay[MixPerson] != 300 || stay[MixNext] == 300 {
		t.Errorf("of 300 places %d stay with a profile, %d without; want all and not all", stay[MixPerson], stay[MixNext])
	}
}

// evening returns the first ten for likes of even items in one sitting.
func evening(e *engine.Engine, likes []int) (rows []catalog.Row) {
	var h feature.History
	for k, i := range likes {
		h = append(h, feature.Event{Row: catalog.Row(2 * i), Stars: 5, At: 1_600_000_000 + 5*int64(k)})
	}
	for _, r := range e.Recommend(engine.Query{History: h, Filter: engine.Filter{Genre: engine.AllGenres}, K: 10}) {
		rows = append(rows, r.Row)
	}
	return rows
}

// TestFewDataHaveNoProfile: where no item has five interactions, or there is no ranker to
// blend with, a bundle is made without one, and that is said.
func TestFewDataHaveNoProfile(t *testing.T) {
	d, p, o := twoCamps(t), new(says), DefaultOptions()
	few := *d
	few.End = slices.Clone(d.Start)
	r := new(Retrieved)
	if err := o.profile(context.Background(), p, &few, r); r.Profile != nil || err != nil || len(p.lines) != 1 {
		t.Errorf("of nothing: %v, %v, said %q, want none and one line", r.Profile, err, p.lines)
	}
	o.Little = noRanker
	if err := o.profile(context.Background(), p, d, r); r.Profile != nil || err != nil {
		t.Errorf("without a ranker: %v, %v", r.Profile, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	o.Little = enough
	if err := o.profile(ctx, p, d, r); err == nil {
		t.Error("a run that was cancelled goes on without a profile")
	}
}

// TestTheRankerLearnsFromAProfileThatSawNoTarget: where the targets are other items, the
// profile that ships is another one, and that of the ranker's rows is not.
func TestTheRankerLearnsFromAProfileThatSawNoTarget(t *testing.T) {
	d, o, ctx := twoCamps(t), DefaultOptions(), context.Background()
	o.Holdout = 0
	n := o.targets(d)
	other := *d
	other.Interactions = slices.Clone(d.Interactions)
	for u := range d.Users {
		for i := d.End[u] - n; i < d.End[u]; i++ {
			other.Interactions[i].Row = catalog.Row((int(d.Interactions[i].Row) + 31) % 60)
		}
	}
	var rows, ships [2]*retrieval.Profile
	for i, d := range []*dataset.Dataset{d, &other} {
		r := new(Retrieved)
		if err := o.profile(ctx, new(quiet), d, r); err != nil {
			t.Fatal(err)
		}
		ships[i] = r.Profile
		from, err := o.withoutTargets(ctx, new(quiet), d.WithoutTargets(n), r)
		if err != nil {
			t.Fatal(err)
		}
		rows[i] = from.Profile
	}
	if diff := cmp.Diff(rows[0], rows[1]); diff != "" || len(rows[0].Items) == 0 {
		t.Errorf("the profile of the rows has %d weights and knows the targets:\n%s", len(rows[0].Items), diff)
	}
	if cmp.Equal(ships[0], ships[1]) {
		t.Error("other targets make no other profile: this test shows nothing")
	}
	if from, err := o.withoutTargets(ctx, new(quiet), d, &Retrieved{}); from.Profile != nil || err != nil {
		t.Errorf("without a profile that ships the rows have one: %v, %v", from.Profile, err)
	}
}

// TestWellKnownItemsHaveLongerLists: a hundred interactions an item are the bound.
func TestWellKnownItemsHaveLongerLists(t *testing.T) {
	for n, want := range map[int]int{0: 12, 999: 12, 1000: 24} {
		d := &dataset.Dataset{Catalog: &catalog.Catalog{IDs: make([]catalog.ID, 10)}, Interactions: make([]dataset.Interaction, n)}
		if got := profileLength(d); got != want {
			t.Errorf("of %d interactions with 10 items the lists are %d long, want %d", n, got, want)
		}
	}
}
