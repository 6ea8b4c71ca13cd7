//go:build !js

package session

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/attribute"
	"sparrow/wasm/catalog"
	"sparrow/wasm/live"
	"sparrow/wasm/protocol"
)

// columnsOf asks s for what the catalogue can be narrowed down by: a line for each column, its kind and its values.
func columnsOf(t *testing.T, s *Session, names string, most int) (lines []string) {
	t.Helper()
	a := s.Answer(protocol.Request{Verb: protocol.Columns, Query: names, K: most})
	if a.Error != nil {
		t.Fatal(a.Error)
	}
	for _, v := range a.Values {
		if v.Listed {
			lines = append(lines, v.Column+": "+v.Text)
		} else {
			lines[len(lines)-1] += " " + v.Text
		}
	}
	return lines
}

// TestTheCatalogueIsNarrowedDownByColumns: by those whose values items share, values of the most items first; names
// of items are none. What is asked for by name is answered whatever it is, in the order of the names.
func TestTheCatalogueIsNarrowedDownByColumns(t *testing.T) {
	s := described() // 12 items, one of which has a director
	for names, want := range map[string][]string{
		"":                      {"country: text France Japan", "minutes: number 90 105"},
		"minutes,none,director": {"minutes: number 90 105", "director: text Hayao Miyazaki"},
		"director,minutes":      {"director: text Hayao Miyazaki", "minutes: number 90 105"},
		"minute":                nil,
		",":                     nil,
	} {
		if diff := cmp.Diff(want, columnsOf(t, s, names, 5)); diff != "" {
			t.Errorf("%q: %s", names, diff)
		}
	}
	if diff := cmp.Diff([]string{"country: text France"}, columnsOf(t, s, "country", 1)); diff != "" {
		t.Errorf("one value: %s", diff)
	}
}

// TestTheEndsOfAColumnAreThoseOfItsItems: of prices as an overlay has them, with their currencies; a column that no
// item has a value in has none, and one of yes and no has neither.
func TestTheEndsOfAColumnAreThoseOfItsItems(t *testing.T) {
	s := shelf(8) // prices are 0 to 7 EUR
	if diff := cmp.Diff([]string{"price: number 0 7 EUR"}, columnsOf(t, s, "price", 5)); diff != "" {
		t.Error(diff)
	}
	item := func(id catalog.ID, price float64, currency string) live.Item {
		return live.Item{ID: id, Price: live.Amount{Value: price, Known: true}, Currency: currency}
	}
	if remarks := s.Overlay(&live.Overlay{Items: []live.Item{item("1", 2.5, ""), item("8", -1.25, "USD")}}); remarks.Count > 0 {
		t.Fatal(remarks)
	}
	if diff := cmp.Diff([]string{"price: number -1.25 6 EUR USD"}, columnsOf(t, s, "price", 5)); diff != "" {
		t.Errorf("with an overlay: %s", diff)
	}

	flag, empty := attribute.Column{Name: "in_stock", Kind: attribute.Bool}, attribute.Column{Name: "pages", Kind: attribute.Number}
	flag.Bits, flag.Codes = attribute.Pack(make([]uint32, 8), 2)
	empty.Bits, empty.Codes = attribute.Pack(make([]uint32, 8), 1)
	empty.Numbers.Offsets = []uint32{0} // a value that the last item had once
	c := *s.catalog
	c.Attributes = []attribute.Column{flag, empty}
	s.catalog = &c
	if diff := cmp.Diff([]string{"in_stock: bool", "pages: number"}, columnsOf(t, s, "", 5)); diff != "" {
		t.Error(diff)
	}
}
