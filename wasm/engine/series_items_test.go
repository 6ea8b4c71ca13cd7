package engine

import (
	"strings"
	"testing"

	"sparrow/wasm/catalog"
)

// TestASeriesIsWhatItIsCalled asks the demo for whole series by one of their parts, and for none where titles
// only share words.
func TestASeriesIsWhatItIsCalled(t *testing.T) {
	e := New(demo(t))
	for _, test := range []struct {
		id, name string
		least    int      // items beside this one
		has      []string // starts of some of their titles
	}{
		{"260", "Star Wars", 6, []string{"Star Wars: Episode I -", "Star Wars: Episode VII"}},
		{"1", "Toy Story", 2, []string{"Toy Story 3"}},
		{"2571", "The Matrix", 2, []string{"The Matrix Revolutions"}},
		{"1240", "The Terminator", 2, []string{"Terminator 2"}},
		{"4993", "The Lord of the Rings", 3, []string{"The Lord of the Rings: The Two Towers"}},
		{"3702", "Mad Max", 3, []string{"The Road Warrior", "Mad Max: Fury Road"}},
		{"4896", "Harry Potter", 7, []string{"Harry Potter and the Deathly Hallows: Part 2"}},
		{"1954", "Rocky", 4, []string{"Rocky V"}},
		{"6", "", 0, nil},
		{"1230", "", 0, nil},
		{"2054", "", 0, nil},
		{"3578", "", 0, nil},
		{"593", "", 0, nil},
	} {
		r, ok := e.catalog.Row(catalog.ID(test.id))
		if !ok {
			t.Errorf("no item %s", test.id)
			continue
		}
		rows, name := e.Series(r)
		var titles []string
		for i, row := range rows {
			if titles = append(titles, e.catalog.Titles[row]); row == r || i > 0 && row <= rows[i-1] {
				t.Errorf("%s: %q is the item itself, or out of order", test.id, titles[i])
			}
		}
		if name != test.name || len(rows) < test.least || test.least == 0 && len(rows) > 0 {
			t.Errorf("%s is of %q with %q, want %q with %d", e.catalog.Titles[r], name, titles, test.name, test.least)
		}
		for _, start := range test.has {
			if !strings.Contains("|"+strings.Join(titles, "|"), "|"+start) {
				t.Errorf("%q lacks %q: %q", name, start, titles)
			}
		}
	}
}

func TestSeriesNamesEndWhole(t *testing.T) {
	for _, test := range []struct {
		start   string
		article bool
		want    string
	}{
		{"Star Wars: Episode", false, "Star Wars"},
		{"Lord of the Rings: The", true, "The Lord of the Rings"},
		{"Harry Potter and the", false, "Harry Potter"},
		{"Part", false, ""},
		{"三体", false, "三体"},
		{"Oh, God!", false, "Oh, God!"},
	} {
		if got := seriesName(test.start, test.article); got != test.want {
			t.Errorf("seriesName(%q, %v) = %q, want %q", test.start, test.article, got, test.want)
		}
	}
}
