package main

import (
	"testing"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/engine/enginetest"
)

// TestSharing counts the five most similar of a bundle whose even items are alike and whose
// odd items are: all but one share a user where the users like one of the two, and none where every
// two like an item of their own.
func TestSharing(t *testing.T) {
	b := enginetest.Parity(24)
	n := b.Catalog.Len()
	of := func(group func(r int) int, groups int) *dataset.Dataset {
		var users []string
		var lists [][]dataset.Interaction
		for u := range 2 * groups {
			var list []dataset.Interaction
			for r := range n {
				if group(r) == u/2 {
					list = append(list, dataset.Interaction{Row: catalog.Row(r), At: uint32(r + 1)})
				}
			}
			users, lists = append(users, string(rune('a'+u))), append(lists, list)
		}
		return (&dataset.Dataset{Catalog: b.Catalog}).Join(users, lists)
	}
	e := engine.New(b)
	if shared, all := sharing(of(func(r int) int { return r % 2 }, 2), e); all != 5*n || shared < all-1 {
		t.Errorf("those who like even and odd items share %d of %d, want all of %d but one", shared, all, 5*n)
	}
	if shared, all := sharing(of(func(r int) int { return r }, n), e); all != 5*n || shared != 0 {
		t.Errorf("those who like one item each share %d of %d, want none", shared, all)
	}
}
