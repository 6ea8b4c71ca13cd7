package engine

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/feature"
	"sparrow/wasm/live"
	"sparrow/wasm/retrieval"
)

// amount returns one that is known.
func amount(v float64) live.Amount { return live.Amount{Value: v, Known: true} }

// id returns the id of row r of a planted bundle.
func id(r catalog.Row) catalog.ID { return catalog.ID(strconv.Itoa(int(r) + 1)) }

// taste is a history of even items.
var taste = feature.History{{Row: 2, Stars: 5, At: 1}, {Row: 14, Stars: 5, At: 2}, {Row: 24, Stars: 4, At: 3}}

// celled is Parity in cells, of which a search looks into some.
func celled(n int) *bundle.Bundle {
	of := make([]uint32, n)
	for r := range of {
		of[r] = uint32(r % 12)
	}
	b := enginetest.Parity(n)
	c := retrieval.NewCells(12, of)
	c.Centroids, c.Bias, c.Probes = b.Retrieval.Out, b.Retrieval.Bias[:12], 5
	c.Centroids.Rows, c.Centroids.Data, c.Centroids.Scale = 12, c.Centroids.Data[:12*c.Centroids.Cols], c.Centroids.Scale[:12]
	b.Retrieval.Cells = c
	return b
}

// lists returns the rows of everything that e makes lists of, by name.
func lists(e *Engine, k int) map[string][]catalog.Row {
	q := Query{History: taste, Filter: everything, K: k, Variety: .3, Trending: []catalog.Row{0, 1, 4}}
	all := map[string][]catalog.Row{}
	list := e.Pin(&q, e.Recommend(q))
	for _, x := range list {
		all["recommend"] = append(all["recommend"], x.Row)
	}
	for _, x := range e.SimilarPinned(2, k, nil) {
		all["similar"] = append(all["similar"], x.Row)
	}
	for _, shelf := range e.Home(q, list, []catalog.Row{24, 14}) {
		for _, x := range shelf.Items {
			all["home"] = append(all["home"], x.Row)
		}
	}
	_, alone := e.Alike(2, k)
	for _, way := range alone {
		for _, x := range way {
			all["alike"] = append(all["alike"], x.Row)
		}
	}
	all["browse"], _ = e.Browse(everything, ByYear, 0, k)
	for _, hit := range e.Search("even", k) {
		all["search"] = append(all["search"], hit.Row)
	}
	all["tastes"] = e.Tastes(k, nil, func(catalog.Row) bool { return false })
	return all
}

// TestWhatIsGoneIsInNoList: lists with a hundred random overlays have nothing that is sold out,
// hidden or excluded, and are as long as there are items for.
func TestWhatIsGoneIsInNoList(t *testing.T) {
	engines := []*Engine{New(enginetest.Parity(60)), New(enginetest.Networked(60)), New(celled(60)), New(given(enginetest.Parity(60)))}
	rapid.Check(t, func(t *rapid.T) {
		e := engines[rapid.IntRange(0, len(engines)-1).Draw(t, "engine")]
		o, gone := new(live.Overlay), map[catalog.Row]bool{}
		exclude := live.Rule{Name: "gone", Do: live.Exclude}
		for r := range catalog.Row(60) {
			item := live.Item{ID: id(r), Stock: amount(1)}
			switch what := rapid.IntRange(0, 9).Draw(t, "what"); what {
			case 0:
				item.Stock = amount(0)
			case 1:
				item.Hidden = true
			case 2:
				exclude.Items = append(exclude.Items, id(r))
			case 3, 4:
				item.Boost = float32(what*2 - 7)
				fallthrough
			default:
				o.Items = append(o.Items, item)
				continue
			}
			gone[r] = true
			o.Items = append(o.Items, item)
		}
		o.Rules = []live.Rule{{Name: "first", Do: live.Pin, Items: []catalog.ID{"1", "2", "3"}, To: 2}}
		if exclude.Items != nil {
			o.Rules = append(o.Rules, exclude)
		}
		e.Overlay(o)
		k := rapid.IntRange(1, 12).Draw(t, "k")
		for name, rows := range lists(e, k) {
			for _, r := range rows {
				if gone[r] {
					t.Errorf("%s has item %d, which is gone: %v", name, r, rows)
				}
			}
		}
		left := 60 - len(gone)
		for name, without := range map[string]int{"browse": 0, "similar": 1, "recommend": 3} {
			if got, least := len(lists(e, k)[name]), min(k, left-without); got < least {
				t.Errorf("%s has %d of %d items, want %d", name, got, left, least)
			}
		}
	})
}

// TestWithoutAnOverlayItIsAsBefore: an overlay leaves nothing behind, whatever it brought.
func TestWithoutAnOverlayItIsAsBefore(t *testing.T) {
	for name, b := range map[string]*bundle.Bundle{"pooled": enginetest.Parity(60), "network": enginetest.Networked(60), "cells": celled(60)} {
		e := New(b)
		before := lists(e, 10)
		e.Overlay(&live.Overlay{
			Items: []live.Item{{ID: "1", Hidden: true, Title: "Another"}, {ID: "5", Boost: 1}},
			New:   []live.New{{ID: "new", Title: "Even more", Year: 9999, Genres: []string{"Comedy"}}},
			Rules: []live.Rule{{Name: "west", Do: live.Boost, Where: "genre=Western", By: 1}},
		})
		during := lists(e, 10)
		if remarks := e.Overlay(new(live.Overlay)); remarks.Count > 0 {
			t.Errorf("%s: an empty overlay has remarks: %s", name, remarks.String())
		}
		after := lists(e, 10)
		for list := range before {
			if !slices.Equal(before[list], after[list]) {
				t.Errorf("%s: %s is %v after the overlay, %v before", name, list, after[list], before[list])
			}
		}
		if slices.Equal(before["recommend"], during["recommend"]) || slices.Equal(before["similar"], during["similar"]) {
			t.Errorf("%s: the overlay changes nothing", name)
		}
	}
}

// place returns the place of a row in a list of recommendations, from 1 on, 0 for none.
func place(list []Recommendation, r catalog.Row) int {
	return 1 + slices.IndexFunc(list, func(x Recommendation) bool { return x.Row == r })
}

// TestABoostRaisesAndABuryingLowers one item, leaves the others in their order, and both
// name what did it; what rules of the clock say holds for their time.
func TestABoostRaisesAndABuryingLowers(t *testing.T) {
	e := New(enginetest.Parity(60))
	q := Query{History: taste, Filter: everything, K: 20}
	plain := e.Recommend(q)
	seventh := plain[6].Row
	rule := func(do live.Action, by float32) *live.Overlay {
		return &live.Overlay{Rules: []live.Rule{{Name: "it", Do: do, Items: []catalog.ID{id(seventh)}, By: by, From: 100, Until: 200}}}
	}
	for _, c := range []struct {
		name  string
		o     *live.Overlay
		moves func(at int) bool
		by    []string
	}{
		{"boost", rule(live.Boost, .5), func(at int) bool { return at > 0 && at < 7 }, []string{"it"}},
		{"bury", rule(live.Bury, .5), func(at int) bool { return at == 0 || at > 7 }, []string{"it"}},
		{"its own boost", &live.Overlay{Items: []live.Item{{ID: id(seventh), Boost: .5}}}, func(at int) bool { return at > 0 && at < 7 }, []string{""}},
	} {
		e.Overlay(c.o)
		for now, holds := range map[int64]bool{99: false, 100: true, 199: true, 200: false} {
			e.At(now)
			list := e.Recommend(q)
			holds = holds || c.o.Rules == nil
			if at := place(list, seventh); c.moves(at) != holds || !holds && at != 7 {
				t.Errorf("%s at %d: the seventh stands at %d", c.name, now, at)
			}
			if got := e.Movers(seventh); holds != slices.Equal(got, c.by) {
				t.Errorf("%s at %d: Movers = %q", c.name, now, got)
			}
			e.Unmoved(func() {
				if at := place(e.Recommend(q), seventh); at != 7 {
					t.Errorf("%s at %d: unmoved it stands at %d", c.name, now, at)
				}
			})
			others := func(list []Recommendation) (rows []catalog.Row) {
				for _, x := range list {
					if x.Row != seventh {
						rows = append(rows, x.Row)
					}
				}
				return rows[:15]
			}
			if !slices.Equal(others(list), others(plain)) {
				t.Errorf("%s at %d: the others are %v, were %v", c.name, now, others(list), others(plain))
			}
		}
	}
}

func TestSimilarItemsAreBoostedAndStaySorted(t *testing.T) {
	e := New(enginetest.Parity(60))
	before := e.Similar(2, 20)
	e.Overlay(&live.Overlay{Items: []live.Item{{ID: id(before[0].Row), Boost: -1}, {ID: id(before[9].Row), Boost: 1}}})
	after := e.Similar(2, 20)
	at := func(r catalog.Row) int { return slices.IndexFunc(after, func(s Similar) bool { return s.Row == r }) }
	if at(before[0].Row) >= 0 || at(before[9].Row) >= 9 {
		t.Errorf("the first one, buried, stands at %d and the tenth, boosted, at %d", at(before[0].Row), at(before[9].Row))
	}
	if !slices.IsSortedFunc(after, func(a, b Similar) int { return int(1e6 * (b.Score - a.Score)) }) || after[0].Score > 1 {
		t.Errorf("scores do not descend from 1: %+v", after)
	}
}

// TestFiltersSeeWhatTheOverlaySays: prices and stock that it changes, in the columns of the
// bundle, and rules by them.
func TestFiltersSeeWhatTheOverlaySays(t *testing.T) {
	e := New(priced(enginetest.Parity(40), func(r int) bool { return r%2 == 0 }))
	remarks := e.Overlay(&live.Overlay{
		Items: []live.Item{{ID: "3", Price: amount(0.5)}, {ID: "4", Stock: amount(2)}, {ID: "5", Stock: amount(0)}, {ID: "8", Price: amount(0.75)}},
		Rules: []live.Rule{{Name: "cheap", Do: live.Exclude, Where: "price=0.75"}},
	})
	for condition, want := range map[string][]catalog.Row{
		"price<1.5 and price>=0.5":          {1, 2}, // 1 costs 1; 7, of 0.75, is excluded
		"in_stock and year>0 and price < 4": {2, 3}, // 4 is sold out
	} {
		set, err := e.Where(condition, catalog.None)
		if err != nil {
			t.Fatal(err)
		}
		var got []catalog.Row
		for r := range catalog.Row(40) {
			if set.Has(r) {
				got = append(got, r)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s holds of %v, want %v", condition, got, want)
		}
	}
	if remarks.Count > 0 {
		t.Errorf("remarks: %s", remarks.String())
	}
}

// TestWhatDoesNothingIsNamed has each remark that there is.
func TestWhatDoesNothingIsNamed(t *testing.T) {
	e := New(enginetest.Parity(60))
	remarks := e.Overlay(&live.Overlay{
		Items: []live.Item{{ID: "1", Price: amount(3)}, {ID: "none"}},
		New: []live.New{
			{ID: "2", Title: "Odd"}, {ID: "a", Title: "Zyx"}, {ID: "b", Title: "B", Genres: []string{"comedy", "Opera"}, Tags: []string{"blue"}},
			{ID: "c", Title: "C", Like: []catalog.ID{"none", "1"}}, {ID: "d", Title: "Even", Vector: []float32{1}},
		},
		Rules: []live.Rule{
			{Name: "r", Do: live.Exclude, Items: []catalog.ID{"none"}}, {Name: "s", Do: live.Boost, By: 1, Where: "colour=red"},
			{Name: "t", Do: live.Boost, By: 1, Where: "year=1"}, {Name: "u", Do: live.Bury, By: 1, Where: "genre=same"},
		},
	})
	got := remarks.String()
	for _, want := range []string{
		`new "2": the bundle has this item`, `new "b", genres: the bundle has none that is called "Opera"`, `new "b", tags: the bundle has none that is called "blue"`,
		`new "a": it has no genre`, `new "c", like: the bundle has no item "none"`, `new "d", vector: has 1 numbers, and the bundle's have 8`,
		`items "none": the bundle has no such item`, `items, price: the bundle has no column price`,
		`rules "r", items: the bundle has no item "none"`,
		`rules "s", where: filter "colour=red", column 1: there is no column "colour"`, `rules "t": holds of no item`, `rules "u", where: filter "genre=same", column 7: same is what`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the remarks lack %s:\n%s", want, got)
		}
	}
	if remarks.Count != 12 {
		t.Errorf("%d remarks, want 12:\n%s", remarks.Count, got)
	}
}
