package main

import (
	"fmt"
	"math"
	"testing"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine/enginetest"
)

// likers returns a data set in which user u chose the items of lists[u].
func likers(items int, lists ...[]catalog.Row) *dataset.Dataset {
	var users []string
	var did [][]dataset.Interaction
	for u, list := range lists {
		users = append(users, fmt.Sprint(u))
		var own []dataset.Interaction
		for k, r := range list {
			own = append(own, dataset.Interaction{Row: r, At: uint32(k + 1)})
		}
		did = append(did, own)
	}
	return (&dataset.Dataset{Catalog: enginetest.Parity(items).Catalog}).Join(users, did)
}

// TestNothingIsKnownOfWhatIsHeldOut: of an item that is held out no interaction stays, the smaller
// catalog lacks it, all others keep what was done with them, and no part has an item of another one.
func TestNothingIsKnownOfWhatIsHeldOut(t *testing.T) {
	const items, users = 40, 8
	all := make([][]catalog.Row, users)
	for u := range all {
		for r := range catalog.Row(items) {
			all[u] = append(all[u], r)
		}
	}
	d := likers(items, all...)
	seen := map[catalog.Row]bool{}
	for part := range 4 {
		x := splitCold(d, .25, part)
		if len(x.held) == 0 || len(x.fresh) != len(x.held) || x.without.Catalog.Len() != items-len(x.held) {
			t.Fatalf("part %d holds %d items out, brings %d and keeps a catalog of %d of %d", part, len(x.held), len(x.fresh), x.without.Catalog.Len(), items)
		}
		for i, r := range x.held {
			if seen[r] {
				t.Errorf("item %d is held out twice", r)
			}
			seen[r] = true
			id := d.Catalog.IDs[r]
			if _, ok := x.without.Catalog.Row(id); ok || x.fresh[i].ID != id || x.fresh[i].Title != d.Catalog.Titles[r] {
				t.Errorf("item %s is in the smaller catalog, or brought as %v", id, x.fresh[i])
			}
			for _, own := range x.others {
				if own[id] {
					t.Errorf("item %s is held out and stands among what a reader chose", id)
				}
			}
		}
		for u := range users {
			if len(x.known.Of(u)) != items-len(x.held) || len(x.without.Of(u)) != items-len(x.held) {
				t.Errorf("user %d keeps %d and %d interactions, want %d", u, len(x.known.Of(u)), len(x.without.Of(u)), items-len(x.held))
			}
			for k, i := range x.known.Of(u) {
				if same := x.without.Of(u)[k]; x.without.Catalog.IDs[same.Row] != d.Catalog.IDs[i.Row] {
					t.Errorf("interaction %d of user %d is with another item in the smaller catalog", k, u)
				}
			}
		}
	}
	if len(seen) != items {
		t.Errorf("four parts of a quarter hold out %d of %d items", len(seen), items)
	}
}

// TestHitByHand: readers 0 and 1 chose item 0. Reader 0 also chose 1 and 2, of which the list has
// one: 1/2; reader 1 chose 3 alone, which the list has: 1. Reader 2, who chose 0 and nothing else, says
// nothing. The mean is 3/4.
func TestHitByHand(t *testing.T) {
	d := likers(6, []catalog.Row{0, 1, 2}, []catalog.Row{0, 3}, []catalog.Row{0}, []catalog.Row{4})
	ids := d.Catalog.IDs
	x := &coldSplit{readers: [][]int{{0, 1, 2}}, others: []map[catalog.ID]bool{{ids[1]: true, ids[2]: true}, {ids[3]: true}, {}}}
	if got := x.hit(0, []catalog.ID{ids[2], ids[3], ids[5]}); math.Abs(got-.75) > 1e-12 {
		t.Errorf("hit = %v, want .75", got)
	}
}
