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
	wall := New(b).Tastes(24, nil, all)
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
	wall := New(b).Tastes(12, nil, all)
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
	if got := New(b).Tastes(12, nil, all); len(got) != 12 {
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

// TestAnItemOfTheWallIsReplaced: what was asked about does not come again, the new ones are of the kind that is
// missing among it, and the newest and those from abroad keep their share of all.
func TestAnItemOfTheWallIsReplaced(t *testing.T) {
	e := New(enginetest.Parity(200))
	even := slices.DeleteFunc(e.Tastes(24, nil, all), func(r catalog.Row) bool { return r%2 == 1 })
	next := e.Tastes(1, even, all)
	if len(next) != 1 || next[0]%2 == 0 {
		t.Errorf("beside the even ones %v comes %v, want an odd one", even, next)
	}
	first := e.Tastes(12, nil, all)
	if got := e.Tastes(12, first, all); len(got) != 12 || slices.ContainsFunc(first, func(r catalog.Row) bool { return slices.Contains(got, r) }) {
		t.Errorf("after %v comes %v", first, got)
	}
	if got := append(slices.Clone(first[:7]), e.Tastes(5, first[:7], all)...); !slices.Equal(got, first) {
		t.Errorf("a wall in two parts is %v, want %v", got, first)
	}
	if got := e.Tastes(12, first, func(catalog.Row) bool { return true }); len(got) != 0 {
		t.Errorf("where nothing else is left, %v comes", got)
	}
}
