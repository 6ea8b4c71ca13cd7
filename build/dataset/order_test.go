package dataset

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/catalog"
)

// catalogOf returns items.csv of n items called 1 to n.
func catalogOf(n int) string {
	var b strings.Builder
	b.WriteString("item_id,title\n")
	for i := range n {
		fmt.Fprintf(&b, "%d,Item %d\n", i+1, i+1)
	}
	return b.String()
}

// open reads a generic data set of the given rows, below their header.
func open(t *testing.T, items int, header string, rows []string) (*Dataset, *Report) {
	t.Helper()
	d, r, err := Open(context.Background(), folder(t, map[string]string{
		"items.csv": catalogOf(items), "interactions.csv": header + "\n" + strings.Join(rows, "\n") + "\n",
	}), Options{Name: "made up"})
	if err != nil {
		t.Fatal(err)
	}
	return d, r
}

// TestRowsInAnyOrder shuffles the rows of files whose times are fine, equal within
// a day, all equal and missing, and some of whose pairs occur again: what is read
// is the same.
func TestRowsInAnyOrder(t *testing.T) {
	for name, at := range map[string]func(user, i int) string{
		"times":               func(user, i int) string { return fmt.Sprint(1_000_000_000 + user*1000 + i*i) },
		"many ties":           func(user, i int) string { return fmt.Sprint(1_000_000_000 + i/3*86_400) },
		"all equal":           func(int, int) string { return "1000000000" },
		"no times":            func(int, int) string { return "" },
		"some without a time": func(_, i int) string { return []string{"", fmt.Sprint(1_000_000_000 + i)}[min(i%7, 1)] },
	} {
		t.Run(name, func(t *testing.T) {
			var rows []string
			for user := range 30 {
				for i := range 12 {
					item := (user*5+i*7)%40 + 1
					rows = append(rows, fmt.Sprintf("u%d,%d,%s,%d", user, item, at(user, i), 1+i%5))
					if i%4 == 0 { // the same pair, as old, with other stars
						rows = append(rows, fmt.Sprintf("u%d,%d,%s,%d", user, item, at(user, i), 1+(i+2)%5))
					}
				}
			}
			const header = "user_id,item_id,timestamp,rating"
			want, _ := open(t, 40, header, rows)
			for seed := range uint64(3) {
				rng := rand.New(rand.NewPCG(seed, 0))
				rng.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
				got, _ := open(t, 40, header, rows)
				if diff := cmp.Diff(want, got, cmp.AllowUnexported(catalog.Catalog{})); diff != "" {
					t.Fatalf("after a shuffle (-want +got):\n%s", diff)
				}
			}
		})
	}
}

// TestOrder has data whose order is known, in part, and not at all.
func TestOrder(t *testing.T) {
	// 20 users of 4 items each, at the given times.
	users := func(at func(user, i int) int) (rows []string) {
		for u := range 20 {
			for i := range 4 {
				rows = append(rows, fmt.Sprintf("%d,%d,%d", u, i+1, at(u, i)))
			}
		}
		return rows
	}
	for _, c := range []struct {
		name string
		at   func(user, i int) int
		want Order
	}{
		{"every time is another", func(u, i int) int { return 1000*u*u + 10 + i }, Order{Times: Given, Users: 20, Unknown: 0, Pairs: 1, Random: false}},
		// Two pairs of equal times: 4 of 6 pairs are in order.
		{"two at a time", func(u, i int) int { return 1000*u*u + 10 + i/2 }, Order{Times: Given, Users: 20, Unknown: 0, Pairs: 4. / 6, Random: false}},
		// Three at one time: 3 of 6 pairs, which is half.
		{"three at a time", func(u, i int) int { return 1000*u*u + 10 + i/3 }, Order{Times: Given, Users: 20, Unknown: 0, Pairs: 3. / 6, Random: false}},
		{"two users at one time", func(u, i int) int { return 1000*u*u + 10 + i*min(1, u/2) }, Order{Times: Given, Users: 20, Unknown: 2, Pairs: 18. / 20, Random: false}},
		{"three users at one time", func(u, i int) int { return 1000*u*u + 10 + i*min(1, u/3) }, Order{Times: Given, Users: 20, Unknown: 3, Pairs: 17. / 20, Random: true}},
		{"users at one time each", func(u, _ int) int { return 1000 + u }, Order{Times: Given, Users: 20, Unknown: 20, Pairs: 0, Random: true}},
		{"all equal", func(int, int) int { return 7 }, Order{Times: EqualTimes, Users: 20, Unknown: 20, Pairs: 0, Random: true}},
		{"all zero", func(int, int) int { return 0 }, Order{Times: NoTimes, Users: 20, Unknown: 20, Pairs: 0, Random: true}},
		{"rows from 0", func(u, i int) int { return 4*u + i }, Order{Times: RowNumbers, Users: 20, Unknown: 0, Pairs: 1, Random: true}},
		{"rows backwards by two", func(u, i int) int { return 1000 - 2*(4*u+i) }, Order{Times: RowNumbers, Users: 20, Unknown: 0, Pairs: 1, Random: true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, _ := open(t, 4, "user_id,item_id,timestamp", users(c.at))
			if c.name == "rows from 0" { // the very first time is no time
				c.want.Pairs = 1 - 3./6/20
			}
			c.want.Steps, c.want.Rising = d.Order.Steps, d.Order.Rising // see TestOrderOfTheCatalog
			if diff := cmp.Diff(c.want, d.Order, cmp.Comparer(func(a, b float64) bool { return a-b < 1e-9 && b-a < 1e-9 })); diff != "" {
				t.Errorf("order (-want +got):\n%s", diff)
			}
			timed := slices.ContainsFunc(d.Interactions, func(i Interaction) bool { return i.At != 0 })
			if timed == d.Timeless() {
				t.Errorf("timeless %t, some interaction has a time %t", d.Timeless(), timed)
			}
		})
	}
}

// TestOrderOfTheCatalog: times that were made from rows sorted by item, and are no
// numbers of the rows, are suspicious; those of users who go up and down are not.
func TestOrderOfTheCatalog(t *testing.T) {
	for _, c := range []struct {
		name       string
		time       func(user, i int) int
		rising     float64
		suspicious bool
	}{
		{"numbers within each user", func(_, i int) int { return i + 1 }, 1, true},
		{"backwards", func(_, i int) int { return 100 - i }, 0, true},
		{"every other one later", func(_, i int) int { return 1 + i + i%2*50 }, 8. / 9, false}, // nine steps, one of them back
	} {
		var rows []string
		for u := range 20 {
			for i := range 10 {
				rows = append(rows, fmt.Sprintf("%d,%d,%d", u, i+1, c.time(u, i)))
			}
		}
		d, _ := open(t, 10, "user_id,item_id,timestamp", rows)
		if d.Order.Steps != 180 || d.Order.Rising < c.rising-1e-9 || d.Order.Rising > c.rising+1e-9 {
			t.Errorf("%s: %d steps, %g rising; want 180, %g", c.name, d.Order.Steps, d.Order.Rising, c.rising)
		}
		if got := strings.Contains(d.Order.String(), "warning"); got != c.suspicious {
			t.Errorf("%s: warned %t: %s", c.name, got, d.Order)
		}
	}
}

// TestRowNumbersAfterBadRows: rows that are left out leave gaps, and their numbers
// are those of rows all the same.
func TestRowNumbersAfterBadRows(t *testing.T) {
	var rows []string
	for i := range 60 {
		item := fmt.Sprint(i%10 + 1)
		if i%9 == 4 {
			item = "unknown"
		}
		rows = append(rows, fmt.Sprintf("%d,%s,%d", i/10, item, i+1))
	}
	if d, _ := open(t, 10, "user_id,item_id,timestamp", rows); d.Order.Times != RowNumbers {
		t.Errorf("times are %q, want %q", d.Order.Times, RowNumbers)
	}
}

// TestTimelessOrderIsDrawn has rows in the order of the items: without times the
// last of each user is any of them.
func TestTimelessOrderIsDrawn(t *testing.T) {
	var rows []string
	for u := range 500 {
		for i := range 10 {
			rows = append(rows, fmt.Sprintf("%d,%d", u, i+1))
		}
	}
	d, r := open(t, 10, "user_id,item_id", rows)
	if len(r.Drops) != 0 || d.Order.Times != NoTimes {
		t.Fatalf("order %+v, dropped %+v; want no times and nothing dropped", d.Order, r.Drops)
	}
	last := make([]int, 10)
	for u := range d.Users {
		e := d.Of(u)
		last[e[len(e)-1].Row]++
	}
	for r, n := range last {
		if n < 25 || n > 80 { // 50 ± 6.7 are due
			t.Errorf("item %d is the last one of %d of 500 users", r+1, n)
		}
	}
}

// TestJoinTimeless: those who join timeless data have no times there either.
func TestJoinTimeless(t *testing.T) {
	d, _ := open(t, 5, "user_id,item_id", []string{"a,1", "a,2", "b,3", "b,4"})
	joined := d.Join([]string{"c"}, [][]Interaction{{{Row: 0, At: 100}, {Row: 1, At: 200}, {Row: 2, At: 300}}})
	for _, i := range joined.Of(2) {
		if i.At != 0 {
			t.Errorf("interaction %+v of who joined has a time", i)
		}
	}
	if len(joined.Of(2)) != 3 || len(joined.Of(0)) != 2 {
		t.Errorf("joined: %+v", joined.Interactions)
	}
}

// TestHistoriesNeedNoTimes: the order of the rows is the history then, oldest
// first; users without a usable row stay.
func TestHistoriesNeedNoTimes(t *testing.T) {
	cat := &catalog.Catalog{IDs: []catalog.ID{"a", "b", "c"}}
	cat.Index()
	for _, c := range []struct {
		name, file string
		want       map[string][]catalog.Row
		notes      []string
	}{
		{"no column", "user_id,item_id\n9,c\n9,a\n2,b\n", map[string][]catalog.Row{"9": {2, 0}, "2": {1}},
			[]string{"H.csv: no time; the history is in the order of the rows, oldest first: 3"}},
		{"empty cells", "user_id,item_id,timestamp\n9,c,\n9,a,\n2,b,5\n2,a,4\n", map[string][]catalog.Row{"9": {2, 0}, "2": {0, 1}},
			[]string{"H.csv: no time; the history is in the order of the rows, oldest first: 2"}},
		{"one empty cell", "user_id,item_id,timestamp\n9,c,8\n9,a,\n9,b,7\n", map[string][]catalog.Row{"9": {2, 0, 1}},
			[]string{"H.csv: no time; the history is in the order of the rows, oldest first: 1"}},
		{"no usable row", "user_id,item_id,timestamp,rating,weight\n1,a,soon,,1\n2,a,5,much,1\n3,zzz,5,,1\n4,a,5,,0\n",
			map[string][]catalog.Row{"1": nil, "2": nil, "3": nil, "4": nil}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, r, err := Histories(context.Background(), filepath.Join(folder(t, map[string]string{"H.csv": c.file}), "H.csv"), cat, Options{})
			if err != nil {
				t.Fatal(err)
			}
			got := make(map[string][]catalog.Row)
			for u, id := range d.Users {
				got[id] = nil
				for _, i := range d.Of(u) {
					got[id] = append(got[id], i.Row)
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("histories (-want +got):\n%s", diff)
			}
			if c.notes != nil {
				if diff := cmp.Diff(c.notes, notes(r)); diff != "" {
					t.Errorf("report (-want +got):\n%s", diff)
				}
			}
		})
	}
}
