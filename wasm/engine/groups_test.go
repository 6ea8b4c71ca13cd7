package engine

import (
	"slices"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/vec"
)

// TestGroupsAreAlike: of two planted kinds no group has both, no item is in two groups or skipped, and both
// kinds have groups.
func TestGroupsAreAlike(t *testing.T) {
	e := New(enginetest.Parity(120))
	used, kinds := map[catalog.Row]bool{7: true}, [2]int{}
	groups := e.Groups(6, func(r catalog.Row) bool { return r == 7 })
	for _, g := range groups {
		if len(g.Likes) < fewestOfGroup || len(g.Likes) > mostOfGroup {
			t.Errorf("a group of %d", len(g.Likes))
		}
		kinds[g.Likes[0]%2]++
		for _, r := range g.Likes {
			if used[r] || r%2 != g.Likes[0]%2 {
				t.Errorf("item %d of %v is in another group, skipped or of another kind", r, g.Likes)
			}
			used[r] = true
		}
	}
	if len(groups) != 6 || kinds[0] == 0 || kinds[1] == 0 {
		t.Errorf("%d groups, %d of even and %d of odd items; want six of both", len(groups), kinds[0], kinds[1])
	}
	if got := e.Groups(6, func(r catalog.Row) bool { return r > 1 }); len(got) != 0 {
		t.Errorf("of two items there are groups: %v", got)
	}
}

// TestNoGroupIsASeries: of the best known items six are parts of one series, which are most alike.
func TestNoGroupIsASeries(t *testing.T) {
	b := enginetest.Parity(120)
	for i, r := range []int{0, 2, 4, 6, 8, 10} {
		b.Catalog.Titles[r] = "Galaxy Wars " + string(rune('1'+i))
	}
	part := func(r catalog.Row) bool { return r <= 10 && r%2 == 0 }
	for _, g := range New(b).Groups(12, all) {
		if n := len(slices.DeleteFunc(slices.Clone(g.Likes), func(r catalog.Row) bool { return !part(r) })); n > 1 {
			t.Errorf("the group %v has %d parts of a series", g.Likes, n)
		}
	}
}

// TestAGroupHasItsNames: every name is true of each of its items.
func TestAGroupHasItsNames(t *testing.T) {
	e := New(enginetest.Parity(200))
	named := 0
	for _, g := range e.Groups(10, all) {
		for _, r := range g.Likes {
			for _, genre := range g.Genres {
				named++
				if !slices.Contains(e.catalog.Genres[r], uint8(genre)) {
					t.Errorf("%d of %v is no %s", r, g.Likes, e.catalog.GenreNames[genre])
				}
			}
			if g.Decade > 0 && int(e.catalog.Years[r])/10*10 != g.Decade {
				t.Errorf("%d of %v is not of the %ds", r, g.Likes, g.Decade)
			}
		}
		vectors, width := e.Describe(g.Likes), e.width()
		for i := range g.Likes {
			for j := range i {
				if near := vec.Dot(vectors[i*width:(i+1)*width], vectors[j*width:]); near < alikeInGroup {
					t.Errorf("two of %v are alike by %v", g.Likes, near)
				}
			}
		}
	}
	t.Logf("%d names of items", named)
}
