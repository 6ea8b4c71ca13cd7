package dataset

import (
	"bytes"
	"context"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/attribute"
)

const shopItems = "item_id,title,Price,category,Author,in stock,mood\n" +
	"a,A,19.99,Crime|Drama,\"Le Guin; Borges\",yes,sad\n" +
	"b,B,\"5,5\",Crime,Borges,0,\n" +
	"c,C,cheap,,;,perhaps,glad\n" +
	"d,D,\"1,299\",Drama,Borges; Borges ;Ende,TRUE,\n" +
	"e,E,NULL,,\"Tolstoy &amp; co\",,\n"

const declaration = "price:number, category:list,author:list,in_stock:bool,mood"

// valuesOf returns what each item has, as texts.
func valuesOf(c *attribute.Column, n int) (all []string) {
	for r := range n {
		var own []string
		for _, code := range c.Of(r) {
			switch c.Kind {
			case attribute.Number:
				own = append(own, strconv.FormatFloat(c.Numbers.At(int(code-1)), 'f', -1, 64))
			case attribute.Bool:
				own = append(own, []string{"no", "yes"}[code-1])
			default:
				own = append(own, c.Texts.At(int(code-1)))
			}
		}
		all = append(all, strings.Join(own, "+"))
	}
	return all
}

// TestDeclaredColumnsAreKept: with their values, and what is none is named with its place;
// a column that is declared may be a genre as well.
func TestDeclaredColumnsAreKept(t *testing.T) {
	declared, err := ParseAttributes(declaration)
	if err != nil {
		t.Fatal(err)
	}
	d, r, err := Open(context.Background(), folder(t, map[string]string{"items.csv": shopItems}), Options{Attributes: declared})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][]string{}
	for i := range d.Catalog.Attributes {
		c := &d.Catalog.Attributes[i]
		if problem := c.Check(5); problem != "" {
			t.Errorf("%s: %s", c.Name, problem)
		}
		got[c.Name] = valuesOf(c, 5)
	}
	want := map[string][]string{
		"price":    {"19.99", "5.5", "", "", ""},
		"category": {"Crime+Drama", "Crime", "", "Drama", ""},
		"author":   {"Le Guin+Borges", "Borges", "", "Borges+Ende", "Tolstoy & co"},
		"in_stock": {"yes", "no", "", "yes", ""},
		"mood":     {"sad", "", "glad", "", ""},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("attributes (-want +got):\n%s", diff)
	}
	wantLines := []string{
		"items.csv:4: price is not a number; the item stays without it: cheap",
		"items.csv:4: in_stock is neither true or yes or 1 nor false or no or 0; the item stays without it: perhaps",
		"items.csv:5: price has a comma that may stand for decimals or thousands; the item stays without it: 1,299",
	}
	if got := lines(r); !slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(wantLines))) {
		t.Errorf("dropped %q, want %q", got, wantLines)
	}
	wantNotes := []string{
		"items.csv: columns category as genres",
		"items.csv: NULL, nan, \\N and the like, read as: no value: 1",
		"items.csv: price written with a decimal comma: 1",
		"items.csv: author separated by semicolons: 5",
		"items.csv: there is no interactions.csv: what people chose is not known",
	}
	if diff := cmp.Diff(wantNotes, notes(r)); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
	var store bytes.Buffer
	if err := d.Store(&store); err != nil {
		t.Fatal(err)
	}
	again, err := Load(&store)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(d.Catalog.Attributes, again.Catalog.Attributes); diff != "" {
		t.Errorf("attributes that were stored: %s", diff)
	}
}

// TestDeclarationsThatDoNotFit are errors that name what is wrong and what there is.
func TestDeclarationsThatDoNotFit(t *testing.T) {
	for text, want := range map[string]string{
		"price:money":                  `price has the kind "money": it is text, number, bool or list`,
		"price,price:number":           "price is declared twice",
		"genre":                        "genre is a column of every catalog: rename the column",
		"price,,brand":                 "a name has 1 to 64 bytes",
		"not:bool":                     "not is a word of filters",
		strings.Repeat("x,", 64) + "y": "declared twice",
	} {
		if _, err := ParseAttributes(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("ParseAttributes(%.40s) = %v, want %s", text, err, want)
		}
	}
	if declared, err := ParseAttributes(" "); declared != nil || err != nil {
		t.Errorf("nothing declared: %v, %v", declared, err)
	}
	for files, want := range map[string]string{
		"items.csv=item_id,title,cost\na,A,1\n":             "items.csv:1: no column is called price, which --attributes declares; those that are there: item_id, title, cost",
		"items.csv=item_id,title,price,Price\na,A,1,2\n":    "items.csv:1: two columns are called price",
		"movies.csv=movieId,title,genres\n1,Heat (1995),\n": "--attributes declares columns of items.csv",
	} {
		name, text, _ := strings.Cut(files, "=")
		_, _, err := Open(context.Background(), folder(t, map[string]string{name: text, "ratings.csv": "userId,movieId,rating,timestamp\n1,1,5,1\n"}), Options{Attributes: []Declared{{Name: "price"}}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
	}
	_, r, err := Open(context.Background(), folder(t, map[string]string{"items.csv": "item_id,title,price\na,A,\n"}), Options{Attributes: []Declared{{Name: "price", Kind: attribute.Number}}})
	if err != nil || !slices.Contains(notes(r), "items.csv: price is declared, and no item has a value") {
		t.Errorf("a column without values: %v, %q", err, notes(r))
	}
}

// TestNumbersFitTheirSteps: as fine as the finest, and rounded where they are too far
// apart for that.
func TestNumbersFitTheirSteps(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		name     string
		numbers  []float64
		want     []float64 // as they come back
		exponent int
		rounded  int
	}{
		{"prices", []float64{19.99, nan, 0.1, 19.99, -5}, []float64{19.99, nan, 0.1, 19.99, -5}, -2, 0},
		{"whole", []float64{3, 1e9}, []float64{3, 1e9}, 0, 0},
		{"none", []float64{nan}, []float64{nan}, 0, 0},
		{"far from 0, near each other", []float64{9783161484100, 9783161484101}, []float64{9783161484100, 9783161484101}, 0, 0},
		{"noise", []float64{0.30000000000000004, 1}, []float64{0.3, 1}, -9, 1},
		{"far apart", []float64{1e12 + 1, 0.25}, []float64{1e12, 0}, 3, 2},
	} {
		column := attribute.Column{Name: c.name, Kind: attribute.Number}
		codes, rounded := numbersOf(&column, c.numbers)
		column.Bits, column.Codes = attribute.Pack(codes, column.Distinct())
		if problem := column.Check(len(codes)); problem != "" {
			t.Errorf("%s: %s", c.name, problem)
		}
		for r, want := range c.want {
			of := column.Of(r)
			if len(of) == 0 != math.IsNaN(want) || len(of) > 0 && column.Numbers.At(int(of[0]-1)) != want {
				t.Errorf("%s: item %d has %v, want %v", c.name, r, of, want)
			}
		}
		if column.Numbers.Exponent != c.exponent || rounded != c.rounded {
			t.Errorf("%s: exponent %d and %d rounded, want %d and %d", c.name, column.Numbers.Exponent, rounded, c.exponent, c.rounded)
		}
	}
}
