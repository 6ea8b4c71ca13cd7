package engine

import (
	"slices"
	"testing"

	"sparrow/wasm/attribute"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine/enginetest"
)

func all(catalog.Row) bool { return false }

// TestAWallHasNewItemsAndSomeFromAbroad: of 600 items the least known 20 are of the last years, or have a
// second name.
func TestAWallHasNewItemsAndSomeFromAbroad(t *testing.T) {
	b := enginetest.Parity(600)
	for r := range b.Catalog.Years {
		b.Catalog.Years[r] = 1980
		switch {
		case r >= 590:
			b.Catalog.Years[r] = 2018 - int16(r%8)
		case r >= 580:
			b.Catalog.Titles[r] += " (Un autre nom)"
		case r%7 == 0:
			b.Catalog.Titles[r] += " (a.k.a. another)"
		}
	}
	wall := New(b).Tastes(24, nil, nil, all)
	recent, foreign := 0, 0
	for _, r := range wall {
		if b.Catalog.Years[r] > 2010 {
			recent++
		}
		if r >= 580 && r < 590 {
			foreign++
		}
	}
	if len(wall) != 24 || recent != 4 || foreign != 4 {
		t.Errorf("%d items, %d of the last years, %d from abroad; want 24, 4 and 4", len(wall), recent, foreign)
	}
	if len(slices.Compact(slices.Sorted(slices.Values(wall)))) != 24 {
		t.Errorf("an item stands there twice: %v", wall)
	}
}

// TestAWallIsOfManyCountries: nine of ten items are of one country, and at most a third of the wall is.
func TestAWallIsOfManyCountries(t *testing.T) {
	b := enginetest.Parity(200)
	counts, of := make([]uint8, 200), make([]uint32, 200)
	for r := range of {
		if counts[r] = 1; r%10 == 9 {
			of[r] = 1 + uint32(r/10%3)
		}
	}
	country := func() []attribute.Column {
		return []attribute.Column{attribute.NewList("country", []string{"US", "FR", "JP", "IN"}, counts, slices.Clone(of))}
	}
	b.Catalog.Attributes = country()
	home := 0
	wall := New(b).Tastes(12, nil, nil, all)
	for _, r := range wall {
		if of[r] == 0 {
			home++
		}
	}
	if len(wall) != 12 || home != 4 {
		t.Errorf("%d items, %d of one country; want 12 and 4", len(wall), home)
	}
	clear(of) // where there are no others, the wall is full all the same
	b.Catalog.Attributes = country()
	if got := New(b).Tastes(12, nil, nil, all); len(got) != 12 {
		t.Errorf("%d items of one country, want 12", len(got))
	}
}

func TestAbroad(t *testing.T) {
	for title, want := range map[string]bool{
		"Spirited Away (Sen to Chihiro no kamikakushi)": true, "Seven (a.k.a. Se7en)": false, "Heat": false, "(500) Days of Summer": false, "M (": false,
	} {
		if abroad(title) != want {
			t.Errorf("abroad(%q) = %t", title, !want)
		}
	}
}

// TestAnItemOfTheWallIsReplaced: the others stay where they are, what was asked about does not come again, and
// the new one is of the kind that is missing.
func TestAnItemOfTheWallIsReplaced(t *testing.T) {
	e := New(enginetest.Parity(200))
	before := e.Tastes(12, nil, nil, all)
	odd := slices.DeleteFunc(slices.Clone(before), func(r catalog.Row) bool { return r%2 == 0 })
	stay := slices.DeleteFunc(slices.Clone(before), func(r catalog.Row) bool { return r%2 == 1 })
	after := e.Tastes(len(stay)+1, stay, nil, all)
	if n := len(stay); len(after) != n+1 || !slices.Equal(after[:n], stay) || after[n]%2 == 0 {
		t.Errorf("without the odd ones of %v the wall is %v, want an odd one behind the others", before, after)
	}
	after = e.Tastes(12, stay, odd, all)
	if len(after) != 12 || !slices.Equal(after[:len(stay)], stay) || slices.ContainsFunc(odd, func(r catalog.Row) bool { return slices.Contains(after, r) }) {
		t.Errorf("without %v the wall %v is %v", odd, before, after)
	}
	if got := e.Tastes(3, stay, odd, all); !slices.Equal(got, stay[:3]) {
		t.Errorf("a wall of 3 of which %d are given is %v", len(stay), got)
	}
	none := func(catalog.Row) bool { return true }
	if got := e.Tastes(12, stay, odd, none); !slices.Equal(got, stay) {
		t.Errorf("where nothing else is left, the wall is %v, want %v", got, stay)
	}
}
