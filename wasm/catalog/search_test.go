package catalog

import (
	"fmt"
	"math/rand/v2"
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
		{"equal, then beginning, then a word; by count within each", "heat", 5,
			[]string{"Heat 1995", "Heat 1986", "Heathers 1989", "In the Heat of the Night 1967", "Body Heat 1981"}},
		{"a year picks one of two", "heat 1986", 1, []string{"Heat 1986"}},
		{"a year that is being typed", "heat 19", 2, []string{"Heat 1995", "Heat 1986"}},
		{"a year in front", "1986 heat", 1, []string{"Heat 1986"}},
		{"a year alone, the title that begins with it first", "2001", 2, []string{"2001: A Space Odyssey 1968", "Amélie 2001"}},
		{"the article makes no difference", "matrix", 2, []string{"The Matrix 1999", "The Matrix Reloaded 2003"}},
		{"nor does it when typed", "the matrix", 2, []string{"The Matrix 1999", "The Matrix Reloaded 2003"}},
		{"an article alone is a word like any other", "the", 1, []string{"The Matrix 1999"}},
		{"a title that is an article", "a", 1, []string{"A 1998"}},
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
		{"a letter missing", "termnator", 2, []string{"Terminator 2: Judgment Day 1991", "The Terminator 1984"}},
		{"two neighbours swapped", "haet", 1, []string{"Heat 1995"}},
		{"a letter replaced while typing", "metr", 1, []string{"The Matrix 1999"}},
		{"two typos in a long word", "schimdlrs", 1, []string{"Schindler's List 1993"}},
		{"two typos in a short word are too many", "maddix", 1, nil},
		{"no typo in three letters", "tsy", 1, nil},
		{"a number", "toy story 2", 2, []string{"Toy Story 2 1999", "Toy Story 3 2010"}},
		{"a word that no title has", "heat xylophone", 5, nil},
		{"nothing", " -- ", 5, nil},
		{"no room", "heat", 0, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, r := range s.Find(c.query, c.k) {
				got = append(got, fmt.Sprint(shelf[r].title, " ", shelf[r].year))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("Find(%q, %d): %s", c.query, c.k, diff)
			}
		})
	}
}

// naiveDistance is the recurrence as it is written down: distances of all
// beginnings of a and b.
func naiveDistance(a, b []rune) [][]int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		for j := range d[i] {
			switch {
			case i == 0 || j == 0:
				d[i][j] = i + j
			case a[i-1] == b[j-1]:
				d[i][j] = d[i-1][j-1]
			default:
				d[i][j] = 1 + min(d[i-1][j-1], d[i-1][j], d[i][j-1])
			}
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d
}

func TestEditDistanceEqualsTheRecurrence(t *testing.T) {
	var e editDistance
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[abcé]{1,12}`)
		a, b := word.Draw(t, "query"), word.Draw(t, "word")
		limit := rapid.IntRange(1, 2).Draw(t, "limit")
		all := naiveDistance([]rune(a), []rune(b))
		whole := all[len(all)-1][len([]rune(b))]
		beginning := slices.Min(all[len(all)-1])
		for _, prefix := range []bool{false, true} {
			want := whole
			if prefix {
				want = beginning
			}
			e.prepare(a, prefix)
			got := e.to(b, limit)
			if got != want && (got <= limit || want <= limit) {
				t.Errorf("distance of %q to %q, prefix %t = %d, want %d", a, b, prefix, got, want)
			}
			if term := (&term{edits: limit, last: prefix}); want <= limit && far(lettersOf(a), lettersOf(b), term) {
				t.Errorf("far(%q, %q) although the distance is %d", a, b, want)
			}
		}
	})
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

// synthetic returns n titles of one to five words, common and rare ones, that
// are made of syllables.
func synthetic(n int) *Catalog {
	rng := rand.New(rand.NewPCG(7, 7))
	syllables := strings.Fields("ba be bi bo da de di do ka ke ki ko la le li lo ma me mi mo na ne ni no ra re ri ro sa se si so ta te ti to va ve vi vo st th ch")
	word := func() string {
		// Zipf-like: word i has the chance of its rank, and always the same syllables.
		i := uint64(40000 * rng.Float64() * rng.Float64() * rng.Float64())
		own := rand.New(rand.NewPCG(i, 1))
		var b strings.Builder
		for range 2 + own.IntN(3) {
			b.WriteString(syllables[own.IntN(len(syllables))])
		}
		return b.String()
	}
	c := new(Catalog)
	for range n {
		parts := make([]string, 1+rng.IntN(5))
		for i := range parts {
			parts[i] = word()
		}
		c.Titles = append(c.Titles, strings.Join(parts, " "))
		c.Years = append(c.Years, int16(1920+rng.IntN(100)))
		c.IDs = append(c.IDs, ID(fmt.Sprint(len(c.IDs))))
	}
	return c
}

// misspell makes edits edits in the longest word of title.
func misspell(rng *rand.Rand, title string, edits int) (string, bool) {
	parts := strings.Fields(title)
	long := 0
	for i := range parts {
		if len(parts[i]) > len(parts[long]) {
			long = i
		}
	}
	w := []byte(parts[long])
	if len(w) < 4*edits {
		return "", false
	}
	for range edits {
		i := rng.IntN(len(w) - 1)
		switch rng.IntN(4) {
		case 0:
			w[i] = byte('a' + rng.IntN(26))
		case 1:
			w = slices.Delete(w, i, i+1)
		case 2:
			w = slices.Insert(w, i, byte('a'+rng.IntN(26)))
		case 3:
			w[i], w[i+1] = w[i+1], w[i]
		}
	}
	if len(w) < 4*edits { // a deletion may take it below what typos are forgiven in
		return "", false
	}
	parts[long] = string(w)
	return strings.Join(parts, " "), true
}

func TestTyposAreFound(t *testing.T) {
	c := synthetic(5000)
	s := NewSearch(c, make([]uint32, c.Len()))
	for _, bar := range []struct {
		edits int
		share float64
	}{{0, 0.99}, {1, 0.95}, {2, 0.85}} {
		rng := rand.New(rand.NewPCG(uint64(bar.edits), 3))
		asked, found := 0, 0
		for asked < 300 {
			r := rng.IntN(c.Len())
			query, ok := misspell(rng, c.Titles[r], bar.edits)
			if !ok {
				continue
			}
			asked++
			for _, hit := range s.Find(query, 5) {
				if c.Titles[hit] == c.Titles[r] {
					found++
					break
				}
			}
		}
		if got := float64(found) / float64(asked); got < bar.share {
			t.Errorf("titles with %d typos among the first 5: %.3f, want %.2f", bar.edits, got, bar.share)
		} else {
			t.Logf("titles with %d typos among the first 5: %.3f", bar.edits, got)
		}
	}
}

func BenchmarkNewSearch(b *testing.B) {
	for _, n := range []int{9742, 60000} {
		c := synthetic(n)
		b.Run(fmt.Sprintf("N=%d", n), func(b *testing.B) {
			for b.Loop() {
				NewSearch(c, make([]uint32, n))
			}
		})
	}
}

func BenchmarkFind(b *testing.B) {
	for _, n := range []int{9742, 60000} {
		c := synthetic(n)
		s := NewSearch(c, make([]uint32, n))
		rng := rand.New(rand.NewPCG(5, 5))
		var queries []string
		for len(queries) < 200 {
			if q, ok := misspell(rng, c.Titles[rng.IntN(n)], 1+len(queries)%2); ok {
				queries = append(queries, q[:1+rng.IntN(len(q))])
			}
		}
		b.Run(fmt.Sprintf("N=%d/typos", n), func(b *testing.B) {
			i := 0
			for b.Loop() {
				s.Find(queries[i%len(queries)], 20)
				i++
			}
		})
	}
}
