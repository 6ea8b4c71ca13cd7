package engine

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/feature"
	"sparrow/wasm/retrieval"
)

// profiled returns a bundle of n items whose profile has each item speak for five others
// of its parity, and counts in full for likes of one sitting.
func profiled(n int, most float32) *bundle.Bundle {
	return speaking(enginetest.Parity(n), most)
}

// speaking returns b with such a profile.
func speaking(b *bundle.Bundle, most float32) *bundle.Bundle {
	n := b.Catalog.Len()
	p := &retrieval.Profile{Lists: retrieval.Lists{Start: []uint32{0}}, Gate: retrieval.Gate{Most: most, From: 0.5, Weight: 2}}
	for r := range n {
		var next []catalog.Row
		for k := range 5 {
			next = append(next, catalog.Row((r+2*(k+1)*(k+2))%n))
		}
		slices.Sort(next)
		p.Items = append(p.Items, next...)
		p.Weights = append(p.Weights, 250, 200, 150, 100, 50)
		p.Scale = append(p.Scale, 0.002)
		p.Start = append(p.Start, uint32(len(p.Items)))
	}
	b.Profile = p
	return b
}

// reading returns profiled with a ranker that reads the profile, too.
func reading(n int, most float32) *bundle.Bundle {
	b := profiled(n, most)
	b.Ranking.Features[2], b.Ranking.Mean[2] = feature.ProfileScore.String(), 0
	return b
}

// evening returns likes of items in one sitting.
func evening(rows []int) (h feature.History) {
	for i, r := range rows {
		h = append(h, feature.Event{Row: catalog.Row(r), Stars: 5, At: 1e9 + 5*int64(i)})
	}
	return h
}

// TestLikesOfOneSittingAreASet: with a profile that counts in full, or a ranker that
// reads one, the list of the same likes is the same in every order; without either it is not.
func TestLikesOfOneSittingAreASet(t *testing.T) {
	const n = 90
	lists := func(b *bundle.Bundle) (same int) {
		e, rng := New(b), rand.New(rand.NewPCG(2, 2))
		for i := range 20 {
			likes := rng.Perm(n)[:10+i] // of which the model looks at 20
			want := rowsOfList(e.Recommend(Query{History: evening(likes), Filter: everything, K: 10}))
			rng.Shuffle(len(likes), func(i, j int) { likes[i], likes[j] = likes[j], likes[i] })
			if slices.Equal(want, rowsOfList(e.Recommend(Query{History: evening(likes), Filter: everything, K: 10}))) {
				same++
			}
		}
		return same
	}
	if same := lists(profiled(n, 1)); same != 20 {
		t.Errorf("the list stays in %d of 20 other orders, want all", same)
	}
	if same := lists(reading(n, 0.3)); same != 20 {
		t.Errorf("of a ranker that reads the profile the list stays in %d of 20 other orders, want all", same)
	}
	h := evening([]int{1, 5, 7, 20, 31})
	if sets, order := New(reading(n, 0.3)).turns(h), New(profiled(n, 0.3)).turns(h); len(sets) != 1 || len(order) != rounds {
		t.Errorf("ranked in %d and %d orders, want 1 where the ranker knows what a set is, and %d", len(sets), len(order), rounds)
	}
	if same := lists(enginetest.Parity(n)); same == 20 {
		t.Error("the list stays without a profile, too: this test shows nothing")
	}
}

func rowsOfList(list []Recommendation) (rows []catalog.Row) {
	for _, r := range list {
		rows = append(rows, r.Row)
	}
	return rows
}

// TestWhatTheProfileAddsIsExplained: base and contributions sum to the score of the list,
// and one of them is the profile's, also where the ranker reads it.
func TestWhatTheProfileAddsIsExplained(t *testing.T) {
	for name, b := range map[string]*bundle.Bundle{"added": profiled(90, 0.5), "added and read": reading(90, 0.5), "read": reading(90, 0)} {
		t.Run(name, func(t *testing.T) { explained(t, New(b)) })
	}
	e := New(profiled(90, 0.5))
	plain := Query{History: feature.History{{Row: 0, At: 1}, {Row: 2, At: 2}}, Filter: everything, K: 5}
	for _, c := range e.Explain(plain, 4).Contributions {
		if c.Feature == ProfileFeature {
			t.Error("the profile contributes where nothing was liked")
		}
	}
}

func explained(t *testing.T, e *Engine) {
	q := Query{History: evening([]int{0, 2, 5, 8}), Filter: everything, K: 90}
	named := false
	for _, rec := range e.Recommend(q) {
		x := e.Explain(q, rec.Row)
		if x.Score != rec.Score {
			t.Errorf("item %d: explained %v, recommended with %v", rec.Row, x.Score, rec.Score)
		}
		sum, before, times := float64(x.Base), math.Inf(1), 0
		for _, c := range x.Contributions {
			sum += float64(c.Amount)
			if c.Feature == ProfileFeature {
				times++
				named = named || c.Amount > 0
			}
			size := math.Abs(float64(c.Amount))
			if size > before {
				t.Errorf("item %d: %s stands behind a smaller one", rec.Row, c.Feature)
			}
			before = size
		}
		if times != 1 {
			t.Errorf("item %d: the profile contributes %d times", rec.Row, times)
		}
		if math.Abs(sum-float64(x.Score)) > 1e-5 {
			t.Errorf("item %d: base and contributions are %v, the score %v", rec.Row, sum, x.Score)
		}
	}
	if !named {
		t.Error("the profile contributes to no item")
	}
}

// TestReasonsOfTheProfileHold: without the event that is named, the score is lower, also
// where the profile alone brings the item.
func TestReasonsOfTheProfileHold(t *testing.T) {
	e, rng := New(profiled(90, 1)), rand.New(rand.NewPCG(4, 4))
	named := 0
	for range 20 {
		h := evening(rng.Perm(90)[:8])
		for _, rec := range e.Recommend(Query{History: h, Filter: everything, K: 10, Because: true}) {
			if rec.Because == catalog.None {
				continue
			}
			named++
			if got := e.Explain(Query{History: without(slices.Clone(h), rec.Because), Filter: everything}, rec.Row).Score; got >= rec.Score {
				t.Errorf("item %d: score %v without %d, %v with it", rec.Row, got, rec.Because, rec.Score)
			}
		}
	}
	if named < 150 {
		t.Errorf("%d of 200 have a reason", named)
	}
}
