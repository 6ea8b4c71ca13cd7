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

// columnsOf asks s for what the catalogue can be narrowed down by.
func columnsOf(t *testing.T, s *Session, names string, most int) []protocol.Column {
	t.Helper()
	a := s.Answer(protocol.Request{Verb: protocol.Columns, Query: names, K: most})
	if a.Error != nil {
		t.Fatal(a.Error)
	}
	columns, err := protocol.DecodeColumns(a.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	return columns
}

// TestTheCatalogueIsNarrowedDownByColumns: by those whose values items share, values of the most items first; names
// of items are none. What is asked for by name is answered whatever it is.
func TestTheCatalogueIsNarrowedDownByColumns(t *testing.T) {
	s := described() // 12 items, one of which has a director
	country := protocol.Column{Name: "country", Kind: "text", Values: []string{"France", "Japan"}}
	minutes := protocol.Column{Name: "minutes", Kind: "number", Least: "90", Most: "105"}
	director := protocol.Column{Name: "director", Kind: "text", Values: []string{"Hayao Miyazaki"}}
	for names, want := range map[string][]protocol.Column{
		"":                      {country, minutes},
		"minutes,none,director": {minutes, director},
		"minute":                nil,
		",":                     nil,
	} {
		if diff := cmp.Diff(want, columnsOf(t, s, names, 5)); diff != "" {
			t.Errorf("%q: %s", names, diff)
		}
	}
	country.Values = country.Values[:1]
	if diff := cmp.Diff([]protocol.Column{country}, columnsOf(t, s, "country", 1)); diff != "" {
		t.Errorf("one value: %s", diff)
	}
}

// TestTheEndsOfAColumnAreThoseOfItsItems: of prices as an overlay has them, with their currencies; a column that no
// item has a value in has none, and one of yes and no has neither.
func TestTheEndsOfAColumnAreThoseOfItsItems(t *testing.T) {
	s := shelf(8) // prices are 0 to 7 EUR
	price := func() protocol.Column { return columnsOf(t, s, "price", 5)[0] }
	if diff := cmp.Diff(protocol.Column{Name: "price", Kind: "number", Least: "0", Most: "7", Units: []string{"EUR"}}, price()); diff != "" {
		t.Error(diff)
	}
	item := func(id catalog.ID, price float64, currency string) live.Item {
		return live.Item{ID: id, Price: live.Amount{Value: price, Known: true}, Currency: currency}
	}
	if remarks := s.Overlay(&live.Overlay{Items: []live.Item{item("1", 2.5, ""), item("8", -1.25, "USD")}}); remarks.Count > 0 {
		t.Fatal(remarks)
	}
	if diff := cmp.Diff(protocol.Column{Name: "price", Kind: "number", Least: "-1.25", Most: "6", Units: []string{"EUR", "USD"}}, price()); diff != "" {
		t.Errorf("with an overlay: %s", diff)
	}

	flag, empty := attribute.Column{Name: "in_stock", Kind: attribute.Bool}, attribute.Column{Name: "pages", Kind: attribute.Number}
	flag.Bits, flag.Codes = attribute.Pack(make([]uint32, 8), 2)
	empty.Bits, empty.Codes = attribute.Pack(make([]uint32, 8), 1)
	empty.Numbers.Offsets = []uint32{0} // a value that the last item had once
	c := *s.catalog
	c.Attributes = []attribute.Column{flag, empty}
	s.catalog = &c
	if diff := cmp.Diff([]protocol.Column{{Name: "in_stock", Kind: "bool"}, {Name: "pages", Kind: "number"}}, columnsOf(t, s, "", 5)); diff != "" {
		t.Error(diff)
	}
}
