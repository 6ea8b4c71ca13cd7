package sample

import (
	"bytes"
	"encoding/csv"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"sparrow/build/dataset"
)

// small are the options of a catalog that is made in no time.
var small = Options{Seed: 1, Items: 600, People: 300}

// made writes a catalog and returns its folder.
func made(t *testing.T, name string, o Options) string {
	t.Helper()
	dir := t.TempDir()
	if err := Write(t.Context(), name, dir, o); err != nil {
		t.Fatal(err)
	}
	return dir
}

// rows reads a file of a catalog, the first row by itself.
func rows(t *testing.T, dir, file string) (header []string, rest [][]string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		t.Fatal(err)
	}
	all, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all[0], all[1:]
}

// TestCheckDigits: of ISBN 978-3-16-148410-0, the standard's own example, the last digit
// follows from the others; no two books have the same.
func TestCheckDigits(t *testing.T) {
	seen := map[string]bool{}
	for n := range 20_000 {
		id := isbn("9783", n)
		sum := 0
		for i, d := range id {
			sum += int(d-'0') * (1 + 2*(i%2))
		}
		if len(id) != 13 || sum%10 != 0 || seen[id] {
			t.Fatalf("isbn(%d) = %s", n, id)
		}
		seen[id] = true
	}
	if got := checked("978316148410"); got != "9783161484100" {
		t.Errorf("the check digit of 978-3-16-148410 makes %s, want 9783161484100", got)
	}
}

// TestCatalogsAreRead reads both as an owner would: no row is bad, every row is of an item,
// and the same seed makes the same bytes.
func TestCatalogsAreRead(t *testing.T) {
	for _, name := range Names {
		dir, again, other := made(t, name, small), made(t, name, small), made(t, name, Options{Seed: 2, Items: 600, People: 300})
		for _, file := range []string{"items.csv", "interactions.csv"} {
			a, _ := os.ReadFile(filepath.Join(dir, file))
			b, _ := os.ReadFile(filepath.Join(again, file))
			c, _ := os.ReadFile(filepath.Join(other, file))
			if !bytes.Equal(a, b) || bytes.Equal(a, c) {
				t.Errorf("%s, %s: the same seed makes the same bytes: %t, another one too: %t", name, file, bytes.Equal(a, b), bytes.Equal(a, c))
			}
		}
		d, r, err := dataset.Open(t.Context(), dir, dataset.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if _, bad := r.Rows(); bad > 0 || len(r.Unknown) > 0 || d.Timeless() {
			t.Errorf("%s: %d bad rows, %v unknown, timeless %t", name, bad, r.Unknown, d.Timeless())
		}
		if d.Catalog.Len() != 600 || len(d.Users) != 300 || len(d.Interactions) < 2000 {
			t.Errorf("%s: %d items, %d users, %d interactions", name, d.Catalog.Len(), len(d.Users), len(d.Interactions))
		}
		if has := len(d.Catalog.GenreNames) > 0; has != (name == "books") {
			t.Errorf("%s has genres: %t", name, has)
		}
		parts := 0
		for _, e := range d.Interactions {
			if e.Part != 0 {
				parts++
			}
		}
		if parts == 0 || parts == len(d.Interactions) {
			t.Errorf("%s: %d of %d count in part", name, parts, len(d.Interactions))
		}
	}
}

// TestBooks holds that columns are filled as a shop's are, in three scripts.
func TestBooks(t *testing.T) {
	header, books := rows(t, made(t, "books", small), "items.csv")
	column := func(name string) int { return slices.Index(header, name) }
	han, volumes, several, out := 0, 0, 0, 0
	languages := map[string]int{}
	for _, b := range books {
		for i, v := range b {
			if v == "" || strings.Contains(v, "%") {
				t.Fatalf("%s of %q is %q", header[i], b, v)
			}
		}
		languages[b[column("language")]]++
		if strings.ContainsFunc(b[column("title")], func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			han++
		}
		if strings.Contains(b[column("title")], "Band 2)") {
			volumes++
		}
		if strings.Contains(b[column("categories")], "|") {
			several++
		}
		if b[column("stock")] == "0" {
			out++
		}
		if p, err := strconv.ParseFloat(b[column("price")], 64); err != nil || p < 4 || p > 40 {
			t.Errorf("price of %q", b)
		}
	}
	if len(languages) != 3 || han == 0 || han != languages["zh"] || volumes == 0 || several < 100 || out == 0 {
		t.Errorf("languages %v, %d titles in Chinese, %d second volumes, %d of several categories, %d sold out", languages, han, volumes, several, out)
	}
}

// TestPurchasesFollowTaste: more of what someone buys than of what they look at is of the
// category that they buy most of, and each purchase has its money and was looked at before.
func TestPurchasesFollowTaste(t *testing.T) {
	dir := made(t, "books", Options{Seed: 1, Items: 2000, People: 500})
	_, books := rows(t, dir, "items.csv")
	first := map[string]string{}
	for _, b := range books {
		first[b[0]], _, _ = strings.Cut(b[3], "|")
	}
	_, acts := rows(t, dir, "interactions.csv")
	count := map[string]map[string]map[string]int{"view": {}, "purchase": {}} // by kind, user, category
	viewed, kinds := map[string]bool{}, map[string]int{}
	for _, a := range acts {
		kinds[a[3]]++
		if a[3] == "view" {
			viewed[a[0]+a[1]] = true
		}
		if a[3] == "purchase" && (a[4] == "" || a[5] == "" || a[6] == "" || !viewed[a[0]+a[1]]) {
			t.Errorf("purchase %q", a)
		}
		if c := count[a[3]]; c != nil {
			if c[a[0]] == nil {
				c[a[0]] = map[string]int{}
			}
			c[a[0]][first[a[1]]]++
		}
	}
	var own, all [2]float64
	for user, bought := range count["purchase"] {
		top, most := "", 0
		for c, n := range bought {
			if n > most || n == most && c < top {
				top, most = c, n
			}
		}
		if most < 2 {
			continue
		}
		for i, kind := range []string{"view", "purchase"} {
			for c, n := range count[kind][user] {
				all[i] += float64(n)
				if c == top {
					own[i] += float64(n)
				}
			}
		}
	}
	if views, purchases := own[0]/all[0], own[1]/all[1]; purchases < 1.5*views {
		t.Errorf("of their main category are %.2f of the views, %.2f of the purchases", views, purchases)
	}
	for _, kind := range []string{"view", "click", "wishlist", "add_to_cart", "purchase", "return"} {
		if kinds[kind] == 0 {
			t.Errorf("no %s among %v", kind, kinds)
		}
	}
}

// TestCompanions: a book's companion goes to the cart right behind it in dozens of carts,
// where chance would put it into none, and is of its language.
func TestCompanions(t *testing.T) {
	s := newShop(rand.New(rand.NewPCG(1, 2)), 2000)
	with := 0
	for user := range 500 {
		before := -1
		for _, a := range s.reader(user) {
			if a.kind == "add_to_cart" {
				if before >= 0 && s.companion[before] == a.item {
					with++
				}
				before = a.item
			}
		}
	}
	if with < 24 {
		t.Errorf("the companion is next in %d carts", with)
	}
	for m, c := range s.companion {
		if c >= 0 && (c == m || s.books[c].language != s.books[m].language) {
			t.Errorf("the companion of %q is %q", s.books[m].title, s.books[c].title)
		}
	}
}
