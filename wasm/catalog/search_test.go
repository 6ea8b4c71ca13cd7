package catalog

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// shelf is a catalog of titles, their years and how many rated them.
var shelf = []struct {
	title string
	year  int16
	count uint32
}{
	{"Heat", 1995, 100},
	{"Heat", 1986, 5},
	{"Heathers", 1989, 40},
	{"Body Heat", 1981, 30},
	{"In the Heat of the Night", 1967, 60},
	{"The Matrix", 1999, 300},
	{"The Matrix Reloaded", 2003, 90},
	{"Amélie", 2001, 120},
	{"2001: A Space Odyssey", 1968, 110},
	{"Spider-Man", 2002, 80},
	{"Schindler's List", 1993, 220},
	{"E.T. the Extra-Terrestrial", 1982, 120},
	{"WALL·E", 2008, 100},
	{"Lilo & Stitch", 2002, 30},
	{"卧虎藏龙", 2000, 50},
	{"Terminator 2: Judgment Day", 1991, 220},
	{"The Terminator", 1984, 130},
	{"A", 1998, 2},
	{"Œdipus", 1967, 3},
	{"Зеркало", 1975, 7},
	{"Toy Story", 1995, 215},
	{"Toy Story 2", 1999, 97},
	{"Toy Story 3", 2010, 55},
	{"The Thing", 1982, 49},
	{"8 1/2 (8½)", 1963, 40},
}

func newShelf() *Search {
	c := new(Catalog)
	var count []uint32
	for _, m := range shelf {
		c.Titles, c.Years, count = append(c.Titles, m.title), append(c.Years, m.year), append(count, m.count)
		c.IDs = append(c.IDs, ID(m.title))
	}
	return NewSearch(c, count)
}

func TestFind(t *testing.T) {
	s := newShelf()
	for _, c := range []struct {
		name, query string
		k           int
		want        []string
	}{
		// Worked by hand from the order of the doc comment.
		// 0 - 4·log2(101), 8 - 4·log2(41), 0 - 4·log2(6) = -10.3, 14 - 4·log2(61) = -9.7, 14 - 4·log2(31) = -5.8.
		{"by fit and by how many know it", "heat", 5,
			[]string{"Heat 1995", "Heathers 1989", "Heat 1986", "In the Heat of the Night 1967", "Body Heat 1981"}},
		{"a year picks one of two", "heat 1986", 1, []string{"Heat 1986"}},
		{"a year that is being typed", "heat 19", 2, []string{"Heat 1995", "Heathers 1989"}},
		{"a year in front", "1986 heat", 1, []string{"Heat 1986"}},
		{"a year alone, the title that begins with it first", "2001", 2, []string{"2001: A Space Odyssey 1968", "Amélie 2001"}},
		{"the article makes no difference", "matrix", 2, []string{"The Matrix 1999", "The Matrix Reloaded 2003"}},
		{"nor does it when typed", "the matrix", 2, []string{"The Matrix 1999", "The Matrix Reloaded 2003"}},
		{"an article alone is a word like any other", "the", 1, []string{"The Matrix 1999"}},
		{"a title that is an article", "a 1998", 1, []string{"A 1998"}},
		{"case", "MATRIX rel", 1, []string{"The Matrix Reloaded 2003"}},
		{"accents missing", "amelie", 1, []string{"Amélie 2001"}},
		{"accents decomposed", "Ame\u0301lie", 1, []string{"Amélie 2001"}},
		{"a ligature", "oedip", 1, []string{"Œdipus 1967"}},
		{"an apostrophe left out", "schindlers", 1, []string{"Schindler's List 1993"}},
		{"full stops left out", "et extra", 1, []string{"E.T. the Extra-Terrestrial 1982"}},
		{"a hyphen left out", "spiderman", 1, []string{"Spider-Man 2002"}},
		{"a hyphen as a space", "spider man", 1, []string{"Spider-Man 2002"}},
		{"a dot in the middle left out", "walle", 1, []string{"WALL·E 2008"}},
		{"and for &", "lilo and stitch", 1, []string{"Lilo & Stitch 2002"}},
		{"words in another order", "judgment terminator", 1, []string{"Terminator 2: Judgment Day 1991"}},
		{"beginnings of words", "ter ju", 1, []string{"Terminator 2: Judgment Day 1991"}},
		{"a part of a Chinese title", "藏龙", 1, []string{"卧虎藏龙 2000"}},
		{"Cyrillic in lower case", "зерк", 1, []string{"Зеркало 1975"}},
		{"a letter missing", "termnator", 2, []string{"The Terminator 1984", "Terminator 2: Judgment Day 1991"}},
		{"two neighbours swapped", "haet", 1, []string{"Heat 1995"}},
		{"a letter replaced while typing", "metr", 1, []string{"The Matrix 1999"}},
		{"two typos in a long word", "schimdlrs", 1, []string{"Schindler's List 1993"}},
		{"two typos in a short word are too many", "maddix", 1, nil},
		{"no typo in three letters", "tsy", 1, nil},
		{"a number", "toy story 2", 2, []string{"Toy Story 2 1999"}},
		{"a number in other signs", "toy story ii", 1, []string{"Toy Story 2 1999"}},
		{"a number written out", "toy story three", 1, []string{"Toy Story 3 2010"}},
		{"several words that are one number", "two thousand one", 1, []string{"2001: A Space Odyssey 1968"}},
		{"the number of a first part", "toy story 1", 1, []string{"Toy Story 1995"}},
		{"words joined", "toystory 3", 1, []string{"Toy Story 3 2010"}},
		{"a word split", "heath ers", 1, []string{"Heathers 1989"}},
		{"an article at the end", "matrix the", 1, []string{"The Matrix 1999"}},
		{"articles and small words left out", "schindlers list of the", 1, []string{"Schindler's List 1993"}},
		{"a word too many of three", "matrix reloaded film", 1, []string{"The Matrix Reloaded 2003"}},
		{"a word too many of two", "matrix film", 1, []string{"The Matrix 1999"}},
		{"a word behind a title that no title has", "heat xylophone", 5, []string{"Heat 1995", "Heathers 1989", "Heat 1986"}},
		{"and before it", "xylophone heat", 1, []string{"Heat 1995"}},
		{"two words behind one of two", "toy story lasseter pixar", 1, []string{"Toy Story 1995"}},
		{"two words before one of one", "lasseter pixar heat", 5, nil},
		{"a letter and a word that no title has", "a xylophone", 5, nil},
		{"a half", "8 and a half", 1, []string{"8 1/2 (8½) 1963"}},
		{"a half in digits", "8 1/2", 1, []string{"8 1/2 (8½) 1963"}},
		{"a half as a character", "8½", 1, []string{"8 1/2 (8½) 1963"}},
		{"a number written out with a half", "eight and a half", 1, []string{"8 1/2 (8½) 1963"}},
		{"nothing", " -- ", 5, nil},
		{"no room", "heat", 0, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, r := range rowsOf(s.Find(c.query, c.k)) {
				got = append(got, fmt.Sprint(shelf[r].title, " ", shelf[r].year))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("Find(%q, %d): %s", c.query, c.k, diff)
			}
		})
	}
}

// TestFindSaysWhatIsLacking: the words that something found does not have, and none where it has all of them, be it
// with typos.
func TestFindSaysWhatIsLacking(t *testing.T) {
	s := newShelf()
	for query, want := range map[string][]string{
		"heat": nil, "haet": nil, "the heat 1995": nil, "nothing at all": nil, "Heat Pacíno": {"pacino"}, "matrix reloaded film": {"film"}, "thing heat": {"thing", "heat"},
		"toy story lasseter pixar": {"lasseter", "pixar"}, "spider man raimi": {"raimi"},
	} {
		s.Find(query, 5)
		if !slices.Equal(s.Lacking, want) {
			t.Errorf("%q: lacking are %q, want %q", query, s.Lacking, want)
		}
	}
}

func TestAnyQueryIsSafe(t *testing.T) {
	s := newShelf()
	rapid.Check(t, func(t *rapid.T) {
		query, k := rapid.String().Draw(t, "query"), rapid.IntRange(0, 30).Draw(t, "k")
		got := s.Find(query, k)
		if len(got) > k {
			t.Errorf("Find(%q, %d) gave %d", query, k, len(got))
		}
		if again := s.Find(query, k); !slices.Equal(got, again) {
			t.Errorf("Find(%q) gave %v, then %v", query, got, again)
		}
	})
	// Only the first 16 words count.
	if got, want := s.Find(strings.Repeat("heat ", 1000)+strings.Repeat("x", 100000), 3), s.Find("heat heat", 3); !slices.Equal(got, want) {
		t.Errorf("a very long query found %v, want %v", got, want)
	}
}
