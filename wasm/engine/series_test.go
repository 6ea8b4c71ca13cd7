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

// TestPartsByTheirNumbers: of books of a series, in one year or in none, the one that is
// counted next stands first, and not another one of the same series.
func TestPartsByTheirNumbers(t *testing.T) {
	for _, test := range []struct {
		of, next string
		others   []string
		years    [2]int16
	}{
		{"Harrowgate (Ysolde, Book 4)", "The Lost Bell (Ysolde, Book 5)", []string{"A Winter (Ysolde, Book 6)", "Spring (Ysolde, Book 3)"}, [2]int16{2026, 2016}},
		{"Nightfall (Ysolde, Book 12)", "Daybreak (Ysolde, Book 13)", []string{"Noon (Ysolde, Book 14)", "Dusk (Ysolde, Book 1)"}, [2]int16{}},
		{"Der Turm (Wieland-Reihe, Band 9)", "Das Tor (Wieland-Reihe, Band 10)", []string{"Der Weg (Wieland-Reihe, Band 11)"}, [2]int16{1990, 1992}},
		{"Vogue Atlas, Vol. 2", "Vogue Atlas, Vol. 3", []string{"Vogue Atlas, Vol. 1"}, [2]int16{}},
		{"Dune Quilt: Part One", "Dune Quilt: Part Two", []string{"Dune Quilt: Part Three"}, [2]int16{2021, 2021}},
		{"三体", "三体 第2部", []string{"三体 第3部"}, [2]int16{}},
		{"三体（第二部）", "三体（第三部）", []string{"三体（第一部）"}, [2]int16{2008, 2008}},
		{"鹿鼎记 卷三", "鹿鼎记 卷四", []string{"鹿鼎记 卷二"}, [2]int16{}},
		{"Quilt (Book 4)", "", []string{"Loom (Book 5)"}, [2]int16{}}, // of which series no one says
		{"Zebra Loom 12", "", []string{"Zebra Loom 13"}, [2]int16{}},  // a number that may be none of a part
		{"Ysolde Harp, Part 2", "", []string{"Ysolde Harp, Part 3"}, [2]int16{2005, 2001}},
	} {
		b := enginetest.Parity(60)
		for r := range b.Catalog.Years {
			b.Catalog.Years[r] = 0
		}
		b.Catalog.Titles[2], b.Catalog.Years[2] = test.of, test.years[0]
		titles := test.others
		if test.next != "" {
			titles = append([]string{test.next}, titles...)
		}
		for i, title := range titles {
			b.Catalog.Titles[4+2*i], b.Catalog.Years[4+2*i] = title, test.years[1]
		}
		e := New(b)
		for _, list := range [][]Similar{e.Similar(2, 16), NewNeighbours(e, serial).Search().Similar(2, 16)} {
			next := ""
			if list[0].Next {
				next = b.Catalog.Titles[list[0].Row]
			}
			if next != test.next {
				t.Errorf("after %s comes %q, want %q", test.of, next, test.next)
			}
		}
	}
}

// TestSeriesOfTwoAuthors: of two series that are called the same, the part that is more like
// the item is the next one, though the other is better known.
func TestSeriesOfTwoAuthors(t *testing.T) {
	b := enginetest.Parity(60)
	c := b.Catalog
	c.TagNames, c.Tags = []string{"Lane", "Archer"}, make([][]uint16, 60)
	for r, title := range map[int]string{0: "Neon (Ysolde, Book 5)", 2: "Harrowgate (Ysolde, Book 4)", 4: "Eldergate (Ysolde, Book 5)"} {
		c.Titles[r], c.Genres[r] = title, c.Genres[8]
	}
	c.Tags[0], c.Tags[2], c.Tags[4] = []uint16{1}, []uint16{0}, []uint16{0}
	e := New(b)
	for _, list := range [][]Similar{e.Similar(2, 16), NewNeighbours(e, serial).Search().Similar(2, 16)} {
		if list[0].Row != 4 || !list[0].Next {
			t.Errorf("first comes %s, next %v, want %s", c.Titles[list[0].Row], list[0].Next, c.Titles[4])
		}
	}
}
