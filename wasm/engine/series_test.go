package engine

import (
	"fmt"
	"strings"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine/enginetest"
)

// TestTheNextPartOfASeriesStandsFirst asks the demo's films of series for the part that
// came out next, and others, whose titles share words with an older or a newer film's,
// for none.
func TestTheNextPartOfASeriesStandsFirst(t *testing.T) {
	e := New(demo(t))
	s := NewNeighbours(e, serial).Search()
	for _, test := range []struct{ id, title, next string }{
		{"1", "Toy Story", "Toy Story 2 (1999)"},
		{"3114", "Toy Story 2", "Toy Story 3 (2010)"},
		{"2571", "The Matrix", "The Matrix Reloaded (2003)"},
		{"858", "The Godfather", "The Godfather: Part II (1974)"},
		{"1954", "Rocky", "Rocky II (1979)"},
		{"1240", "The Terminator", "Terminator 2: Judgment Day (1991)"},
		{"260", "Star Wars: Episode IV - A New Hope", "Star Wars: Episode V - The Empire Strikes Back (1980)"},
		{"4993", "The Lord of the Rings: The Fellowship of the Ring", "The Lord of the Rings: The Two Towers (2002)"},
		{"648", "Mission: Impossible", "Mission: Impossible II (2000)"},
		{"541", "Blade Runner", "Blade Runner 2049 (2017)"},
		{"3702", "Mad Max", "The Road Warrior (Mad Max 2) (1981)"},
		{"2706", "American Pie", "American Pie 2 (2001)"},
		{"4718", "American Pie 2", "American Wedding (American Pie 3) (2003)"},
		{"33493", "Star Wars: Episode III - Revenge of the Sith", ""},
		{"4896", "Harry Potter and the Sorcerer's Stone", "Harry Potter and the Chamber of Secrets (2002)"},
		{"98908", "How to Make Love to a Woman", ""},
		{"6", "Heat", ""},
		{"1214", "Alien", ""},
		{"1230", "Annie Hall", ""},
		{"2054", "Honey, I Shrunk the Kids", ""},
		{"3022", "The General", ""},
		{"912", "Casablanca", ""},
		{"1212", "The Third Man", ""},
		{"2067", "Doctor Zhivago", ""},
		{"1207", "To Kill a Mockingbird", ""},
	} {
		r, known := e.catalog.Row(catalog.ID(test.id))
		if !known {
			t.Errorf("no item %s", test.id)
			continue
		}
		for _, list := range [][]Similar{e.Similar(r, 16), e.Similar(r, 1), s.Similar(r, 16)} {
			first := list[0]
			next := ""
			if first.Next {
				next = fmt.Sprintf("%s (%d)", e.catalog.Titles[first.Row], e.catalog.Years[first.Row])
			}
			if next != test.next {
				t.Errorf("after %s comes %q, want %q", test.title, next, test.next)
			}
			for _, other := range list[1:] {
				if other.Next || other.Score > first.Score {
					t.Errorf("%s: %s is next, too, or before the first", test.title, e.catalog.Titles[other.Row])
				}
			}
		}
	}
}

// TestOneWordMakesNoSeries compares titles of which all but two share words alone.
func TestOneWordMakesNoSeries(t *testing.T) {
	for _, test := range []struct {
		a, b  string
		title bool
	}{
		{"Toy Story", "Toy Story 2", true},
		{"Alien", "Alien: Covenant", true},
		{"Heat", "The Heat", false},
		{"Room", "A Room with a View", false},
		{"The Mission", "Mission: Impossible", false},
		{"Mission to Mars", "Mission: Impossible", false},
		{"Tokyo Story", "Tokyo Decadence", false},
		{"Seven Samurai", "Seven Pounds", false},
		{"Apollo 13", "Apollo 18", false},
		{"Mad Max", "The Road Warrior (Mad Max 2)", true},
		{"The Hunger Games (The Hunger Games, #1)", "Catching Fire (The Hunger Games, #2)", true},
		{"Hogfather (Discworld, #20)", "Mort (Discworld, #4)", true},
		{"Ran (Chaos)", "Chaos Theory", false},
		{"Mad Max", "The Road Warrior (a.k.a. Warrior) (Mad Max 2)", true},
		{"Mad Max", "The Road Warrior (A) (B) (C) (Mad Max 2)", false}, // a title is read so far
		{"Mad Max" + strings.Repeat("(", 200_000), "Max" + strings.Repeat(" Mad (", 50_000), false},
	} {
		b := enginetest.Parity(60)
		b.Catalog.Titles[2], b.Catalog.Titles[4] = test.a, test.b
		e := New(b)
		for _, like := range e.Similar(2, 59) {
			if like.Row == 4 && (like.Title == 1) != test.title {
				t.Errorf("%q and %q: %v, want %v", test.a, test.b, like.Title, test.title)
			}
		}
	}
}

// TestWhatIsBadlyRatedStandsBehind gives two items the same of all but stars.
func TestWhatIsBadlyRatedStandsBehind(t *testing.T) {
	b := enginetest.Parity(60)
	for r := range b.Statistics.Mean {
		b.Statistics.Mean[r], b.Statistics.Count[r] = 4, 100
	}
	b.Statistics.Mean[8] = 1.5
	list := New(b).Similar(2, 59)
	place := map[catalog.Row]int{}
	for i, s := range list {
		place[s.Row] = i
	}
	behind := 0
	for r := catalog.Row(4); r < 60; r += 2 {
		if r != 8 && place[8] > place[r] {
			behind++
		}
	}
	if behind != 28-1 {
		t.Errorf("the one badly rated of 28 alike stands behind %d, want all others", behind)
	}
}
