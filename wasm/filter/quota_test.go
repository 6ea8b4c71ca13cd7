package filter_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"sparrow/wasm/attribute"
	"sparrow/wasm/catalog"
	"sparrow/wasm/filter"
)

// rules are quotas as a plain reader understands them: of each column a number.
type rules struct{ most, least, spread map[string]int }

// chosen makes a list of k of rows by rules, counting again each time, with at most share items of one
// value of the columns of spread; 0 for any number.
func (s *shop) chosen(o rules, rows []catalog.Row, k, share int) (list []int) {
	count := func(column, value string) (n int) {
		for _, i := range list {
			if slices.Contains(s.values[column][rows[i]], value) {
				n++
			}
		}
		return n
	}
	different := func(column string, more ...int) int {
		all := map[string]bool{}
		for _, i := range append(slices.Clone(list), more...) {
			for _, v := range s.values[column][rows[i]] {
				all[v] = true
			}
		}
		return len(all)
	}
	for _, strict := range []bool{true, false} {
		for i, r := range rows {
			may := len(list) < k && !slices.Contains(list, i)
			for column, n := range o.most {
				for _, v := range s.values[column][r] {
					may = may && count(column, v) < n
				}
			}
			for column := range o.spread {
				for _, v := range s.values[column][r] {
					may = may && (share == 0 || count(column, v) < share)
				}
			}
			for column, n := range o.least {
				lacking := n - different(column)
				may = may && !(strict && lacking >= k-len(list) && different(column, i) == different(column))
			}
			if may {
				list = append(list, i)
			}
		}
	}
	slices.Sort(list)
	return list
}

// naive is what Pick is to return.
func (s *shop) naive(o rules, rows []catalog.Row, k int) []int {
	full := s.chosen(o, rows, k, 0)
	for share := 1; len(o.spread) > 0 && share <= k; share++ {
		if list := s.chosen(o, rows, k, share); len(list) == len(full) {
			return list
		}
	}
	return full
}

// TestPickIsWhatAPlainReaderChooses holds 3,000 random quotas against a list that counts again for
// each item.
func TestPickIsWhatAPlainReaderChooses(t *testing.T) {
	rng := rand.New(rand.NewPCG(17, 4))
	differ := 0
	for round := range 60 {
		s := open(rng, 1+rng.IntN(80))
		columns := filter.Of(s.catalog())
		for range 50 {
			o, texts := rules{map[string]int{}, map[string]int{}, map[string]int{}}, [3][]string{}
			for part, into := range []map[string]int{o.most, o.least, o.spread} {
				for range rng.IntN(3) {
					name, n := s.names[rng.IntN(len(s.names))], 1+rng.IntN(4)
					if _, twice := into[name]; twice {
						continue
					}
					into[name] = n
					if text := fmt.Sprintf("%s:%d", name, n); part < 2 {
						texts[part] = append(texts[part], text)
					} else {
						texts[part] = append(texts[part], name)
					}
				}
			}
			q, err := columns.Quotas(strings.Join(texts[0], ","), strings.Join(texts[1], " , "), strings.Join(texts[2], ", "))
			if err != nil {
				t.Fatal(err)
			}
			if q == nil {
				continue
			}
			var rows []catalog.Row
			for _, r := range rng.Perm(s.items) {
				rows = append(rows, catalog.Row(r))
			}
			k := 1 + rng.IntN(12)
			got, want := q.Pick(rows, k), s.naive(o, rows, k)
			if !slices.Equal(got, want) {
				t.Fatalf("round %d, %d items, k %d, %q: Pick = %v, want %v", round, s.items, k, texts, got, want)
			}
			if best := min(k, len(rows)); len(got) > 0 && (len(got) < best || got[len(got)-1] != best-1) {
				differ++
			}
		}
	}
	if differ < 500 {
		t.Errorf("only %d of 3000 quotas change the list", differ)
	}
}

// TestQuotasOfABookshelf: hand-worked. The authors of ten books are A A A B A C B – D A.
func TestQuotasOfABookshelf(t *testing.T) {
	c := &catalog.Catalog{IDs: make([]catalog.ID, 10), Years: make([]int16, 10), Genres: make([][]uint8, 10), Tags: make([][]uint16, 10)}
	codes := []uint32{1, 1, 1, 2, 1, 3, 2, 0, 4, 1}
	column := attribute.Column{Name: "author", Texts: attribute.Texts{All: "A\nB\nC\nD\n", Ends: []uint32{1, 3, 5, 7}}}
	column.Bits, column.Codes = attribute.Pack(codes, 4)
	c.Attributes = []attribute.Column{column}
	columns, rows := filter.Of(c), make([]catalog.Row, 10)
	for i := range rows {
		rows[i] = catalog.Row(i)
	}
	for _, test := range []struct {
		most, least, diversity string
		k                      int
		want                   []int
	}{
		{"author:2", "", "", 5, []int{0, 1, 3, 5, 6}},
		{"author:1", "", "", 9, []int{0, 3, 5, 7, 8}}, // the one without an author counts for nobody
		{"", "author:3", "", 4, []int{0, 1, 3, 5}},
		{"", "author:9", "", 4, []int{0, 3, 5, 8}}, // as many as there are
		{"", "", "author", 4, []int{0, 3, 5, 7}},
		{"", "", "author", 6, []int{0, 1, 3, 5, 6, 7}}, // with one of each there are five
		{"author:1", "", "author", 6, []int{0, 3, 5, 7, 8}},
	} {
		q, err := columns.Quotas(test.most, test.least, test.diversity)
		if err != nil {
			t.Fatal(err)
		}
		if got := q.Pick(rows, test.k); !slices.Equal(got, test.want) {
			t.Errorf("max %q, min %q, diversity %q: Pick(%d) = %v, want %v", test.most, test.least, test.diversity, test.k, got, test.want)
		}
	}
}

// TestMistakesInQuotasAreNamedWithTheirPlace: a sentence with the column of the text.
func TestMistakesInQuotasAreNamedWithTheirPlace(t *testing.T) {
	columns := filter.Of(&catalog.Catalog{})
	const number = "a column, a colon and a number from 1 to 500 have to stand here, as author:2"
	for _, test := range []struct{ most, least, diversity, want string }{
		{"year:2, gerne:1", "", "", `max "year:2, gerne:1", column 9: there is no column "gerne"; "genre" is near. There are: genre tag year`},
		{"year", "", "", `max "year", column 5: ` + number},
		{"", " year:0", "", `min " year:0", column 7: ` + number},
		{"", "year:501", "", `min "year:501", column 6: ` + number},
		{"", "year:x", "", `min "year:x", column 6: ` + number},
		{"", ":3", "", `min ":3", column 1: the name of a column has to stand here`},
		{"", "", "year,", `diversity "year,", column 6: the name of a column has to stand here`},
		{"", "", "year,year", `diversity "year,year", column 6: year stands here twice`},
	} {
		if _, err := columns.Quotas(test.most, test.least, test.diversity); err == nil || err.Error() != test.want {
			t.Errorf("Quotas(%q, %q, %q): %v, want %s", test.most, test.least, test.diversity, err, test.want)
		}
	}
	if q, err := columns.Quotas("", "", ""); q != nil || err != nil {
		t.Errorf("no quotas: %v, %v", q, err)
	}
}

// FuzzQuotas: no panic, and whatever is read may be used.
func FuzzQuotas(f *testing.F) {
	f.Add("author:2, genre:4", "genre:2", "year")
	f.Add(",", ":", " , ")
	c := &catalog.Catalog{IDs: make([]catalog.ID, 3), Years: []int16{1990, 1991, 0}, Genres: [][]uint8{{0}, {0, 1}, nil}, GenreNames: []string{"A", "B"}, Tags: make([][]uint16, 3)}
	f.Fuzz(func(t *testing.T, most, least, diversity string) {
		if q, err := filter.Of(c).Quotas(most, least, diversity); q != nil && err == nil {
			q.Pick([]catalog.Row{2, 0, 1}, 2)
		}
	})
}
