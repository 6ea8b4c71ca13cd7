package main

import (
	"fmt"
	"slices"
	"testing"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/engine/enginetest"
)

// TestSplitBaskets: of some users the last basket of two purchases or more is asked about, and
// what they did with its items is not known; the others keep theirs.
func TestSplitBaskets(t *testing.T) {
	d := &dataset.Dataset{Catalog: enginetest.Parity(12).Catalog}
	var users []string
	var lists [][]dataset.Interaction
	var bought [][]dataset.Bought
	for u := range 200 {
		users = append(users, fmt.Sprint(u))
		var list []dataset.Interaction
		for r := range catalog.Row(8) {
			list = append(list, dataset.Interaction{Row: r, At: uint32(86_400 * (r + 1))})
		}
		lists = append(lists, list)
		basket := []dataset.Bought{{Row: 0, Day: 1}, {Row: 1, Day: 1}, {Row: 2, Day: 3}, {Row: 3, Day: 3}, {Row: 4, Day: 3}, {Row: 5, Day: 5}, {Row: 6, Day: 5, Cart: true}}
		if u%2 == 1 { // one purchase a day
			basket = basket[4:]
		}
		bought = append(bought, basket)
	}
	d = d.Join(users, lists).WithBaskets(0, bought)
	s := splitBaskets(d, 1)
	if n, m := len(s.test), len(s.validation); n < 10 || n > 35 || m < 10 || m > 35 {
		t.Fatalf("%d and %d of 100 users are asked about, want about 20 each", n, m)
	}
	for _, c := range append(slices.Clone(s.test), s.validation...) {
		sum := c.hidden
		for _, r := range c.rest {
			sum += r
		}
		if c.user%2 == 1 || len(c.rest) != 2 || sum != 2+3+4 {
			t.Errorf("%+v, want the basket of 2, 3 and 4", c)
		}
	}
	count := func(d *dataset.Dataset) (interactions, items int) {
		for u := range d.Users {
			interactions += len(d.Of(u))
		}
		for _, b := range d.Baskets() {
			items += len(b)
		}
		return interactions, items
	}
	all, inAll := count(d)
	for _, c := range []struct {
		d     *dataset.Dataset
		fewer int
	}{{s.known, len(s.test)}, {s.fewer, len(s.test) + len(s.validation)}} {
		if n, m := count(c.d); all-n != 3*c.fewer || inAll-m != 3*c.fewer {
			t.Errorf("%d interactions and %d items in baskets are gone, want %d of each", all-n, inAll-m, 3*c.fewer)
		}
	}
}

func TestFound(t *testing.T) {
	cases := []basketCase{{rest: []catalog.Row{1}, hidden: 2}, {rest: []catalog.Row{2}, hidden: 5}}
	hits := found(cases, func(rest []catalog.Row) []engine.Companion {
		return []engine.Companion{{Row: rest[0] + 1}, {Row: rest[0] + 2}}
	})
	if hits[0] != 1 || hits[1] != 0 {
		t.Errorf("hits %v, want the first alone", hits)
	}
}
