package engine

import (
	"slices"
	"testing"

	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/live"
)

// TestNewItemsStandAmongTheirKin: one that says what it is like, one that brings a vector,
// and one that has genres and words are in lists of what they are like, in searches and
// among what is new, and have lists of their own.
func TestNewItemsStandAmongTheirKin(t *testing.T) {
	for name, b := range map[string]*bundle.Bundle{
		"pooled": enginetest.Parity(60), "network": enginetest.Networked(60), "cells": celled(60), "given": given(enginetest.Parity(60)),
	} {
		vector := make([]float32, b.Retrieval.Out.Cols)
		b.Retrieval.Out.Dequantize(vector, 12)
		for kind, item := range map[string]live.New{
			"like":   {Like: []catalog.ID{id(2), id(4), id(12)}, Genres: []string{"Comedy"}},
			"vector": {Vector: vector, Genres: []string{"comedy"}},
			"words":  {Genres: []string{"Comedy"}, Text: "One that is divisible by FIVE, and more."},
		} {
			item.ID, item.Title, item.Year, item.URL = "fresh", "Even newcomer", 2025, "/fresh"
			e := New(b)
			if remarks := e.Overlay(&live.Overlay{New: []live.New{item}, Items: []live.Item{{ID: "fresh", Stock: amount(3), Image: "/p.jpg"}}}); remarks.Count > 0 {
				t.Errorf("%s, %s: %s", name, kind, remarks.String())
			}
			r, ok := e.Catalog().Row("fresh")
			if !ok || r != 60 {
				t.Fatalf("%s, %s: the new item has row %d", name, kind, r)
			}
			found := 0
			for other := range catalog.Row(30) {
				has := slices.ContainsFunc(e.Similar(2*other, 59), func(s Similar) bool { return s.Row == r && s.Score > 0 })
				if has {
					found++
				}
			}
			if found < 25 {
				t.Errorf("%s, %s: it is like %d of 30 even items", name, kind, found)
			}
			if name != "given" {
				for i, s := range e.Similar(r, 10) {
					if s.Row%2 != 0 {
						t.Errorf("%s, %s: at %d of its own list stands %d, which is odd", name, kind, i, s.Row)
					}
				}
			}
			if got := e.Search("newcomer", 3); !slices.Equal(got, []catalog.Hit{{Row: r}}) {
				t.Errorf("%s, %s: a search finds %v", name, kind, got)
			}
			if image, url := e.Addresses(r); image != "/p.jpg" || url != "/fresh" {
				t.Errorf("%s, %s: addresses %s, %s", name, kind, image, url)
			}
			q := Query{History: taste, Filter: everything, K: 56}
			if !slices.Contains(rowList(e.Recommend(q)), r) {
				t.Errorf("%s, %s: it is not among all that can be recommended", name, kind)
			}
			q.K = 6
			for _, shelf := range e.Home(q, nil, nil) {
				if shelf.Kind == Newest && shelf.Items[0].Row != r {
					t.Errorf("%s, %s: what is new begins with %d", name, kind, shelf.Items[0].Row)
				}
			}
			if kind == "words" && len(e.Catalog().Tags[r]) != 1 {
				t.Errorf("%s: its text mentions the tags %v", name, e.Catalog().Tags[r])
			}
		}
	}
}

// TestARecommendedNewcomerIsOfTheKind: with the vector of even items it is recommended to who
// likes these, before all odd ones.
func TestARecommendedNewcomerIsOfTheKind(t *testing.T) {
	for name, b := range map[string]*bundle.Bundle{"pooled": enginetest.Parity(60), "network": enginetest.Networked(60), "cells": celled(60)} {
		e := New(b)
		e.Overlay(&live.Overlay{New: []live.New{{ID: "fresh", Title: "Even so", Like: []catalog.ID{id(0), id(6), id(12)}}}})
		list := e.Recommend(Query{History: taste, Filter: everything, K: 56})
		odd := slices.IndexFunc(list, func(x Recommendation) bool { return x.Row%2 == 1 })
		if at := place(list, 60) - 1; at < 0 || odd >= 0 && at > odd {
			t.Errorf("%s: the newcomer stands at %d, the first odd item at %d", name, at, odd)
		}
	}
}

// TestTheSameNewcomersAreNotPlacedAgain: another overlay with the same new items keeps what
// was made for items to be compared.
func TestTheSameNewcomersAreNotPlacedAgain(t *testing.T) {
	e := New(enginetest.Parity(60))
	fresh := func(title string) *live.Overlay {
		return &live.Overlay{New: []live.New{{ID: "fresh", Title: title, Genres: []string{"Opera"}, Written: title}}}
	}
	first := e.Overlay(fresh("Even so"))
	e.Similar(2, 5)
	titles := e.titles
	again := e.Overlay(fresh("Even so"))
	if e.titles != titles || first.Count != 1 || again.Count != 1 {
		t.Errorf("the engine was made again, or the remarks are %v and then %v", first, again)
	}
	if e.Overlay(fresh("Odd so")); e.titles == titles {
		t.Error("another new item has the same titles")
	}
}
