//go:build !js

package session

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/attribute"
	"sparrow/wasm/engine"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/protocol"
)

// described returns a session over 12 items of which each has a country, a director, minutes and
// a name in German; one has two in Chinese.
func described() *Session {
	b := enginetest.Parity(12)
	country, codes := attribute.NewTexts([]string{"France", "Japan"})
	all := make([]uint32, 12)
	for r := range all {
		all[r] = codes[r%2]
	}
	column := func(name string, kind attribute.Kind, texts attribute.Texts, codes []uint32, distinct int) {
		c := attribute.Column{Name: name, Kind: kind, Texts: texts}
		c.Bits, c.Codes = attribute.Pack(codes, distinct)
		if kind == attribute.Number {
			c.Numbers = attribute.Numbers{First: 90, Offsets: []uint32{0, 15}}
		}
		b.Catalog.Attributes = append(b.Catalog.Attributes, c)
	}
	column("country", attribute.Text, country, all, 2)
	column("minutes", attribute.Number, attribute.Texts{}, all, 2)
	people, codes := attribute.NewTexts([]string{"Hayao Miyazaki"})
	column("director", attribute.Text, people, append(codes, make([]uint32, 11)...), 1)
	var german []string
	for r := range 12 {
		german = append(german, fmt.Sprint("Film ", r+1))
	}
	texts, codes := attribute.NewTexts(german)
	column("title_de", attribute.Text, texts, codes, 12)
	b.Catalog.Attributes = append(b.Catalog.Attributes, attribute.NewList("title_zh", []string{"重逢", "再见"}, []uint8{0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, []uint32{0, 1}))
	return New(engine.New(b))
}

// TestWordsNameValues: of texts and lists, and not what items are called.
func TestWordsNameValues(t *testing.T) {
	s := described()
	for query, want := range map[string][]protocol.Value{
		"japanese":             {{Column: "country", Text: "Japan"}},
		"french comedies":      {{Column: "country", Text: "France"}},
		"法国喜剧":                 {{Column: "country", Text: "France"}},
		"danish":               nil,
		"old films of france":  {{Column: "country", Text: "France"}},
		"hayao miyazaki japan": {{Column: "country", Text: "Japan"}, {Column: "director", Text: "Hayao Miyazaki"}},
		"miyazaki films":       {{Column: "director", Text: "Hayao Miyazaki"}},
		"film":                 nil, "90": nil, "": nil,
	} {
		if diff := cmp.Diff(want, s.Answer(protocol.Request{Verb: protocol.Values, Query: query}).Values); diff != "" {
			t.Errorf("%q: %s", query, diff)
		}
	}
	if a := s.Answer(protocol.Request{Verb: protocol.Values, ID: "none"}); a.Error == nil {
		t.Error("values of no item")
	}
	want := []protocol.Value{{Column: "country", Text: "France"}, {Column: "minutes", Text: "90"}, {Column: "director", Text: "Hayao Miyazaki"}}
	if diff := cmp.Diff(want, s.Answer(protocol.Request{Verb: protocol.Values, ID: "1"}).Values); diff != "" {
		t.Error(diff)
	}
	if a := s.Answer(protocol.Request{Verb: protocol.Browse, Filter: `country="Japan" and minutes="105"`}); a.Total != 6 {
		t.Errorf("%d items of Japan, want 6 (%+v)", a.Total, a.Error)
	}
}

// TestTitlesAreInTheLanguageOfThePage, on cards and of what was found; where an item has none it is the catalog's.
func TestTitlesAreInTheLanguageOfThePage(t *testing.T) {
	s := described()
	title := s.catalog.Titles[1]
	for _, c := range []struct{ lang, query, title, also string }{
		{"", title, title, ""}, {"", "重逢", title, "重逢"}, {"", "再见", title, "再见"}, {"zh", "重逢", "重逢", ""}, {"zh", "再见", "重逢", "再见"},
		{"zh", title, "重逢", title}, {"de", title, "Film 2", title}, {"fr", title, title, ""},
	} {
		a := s.Answer(protocol.Request{Verb: protocol.Search, Query: c.query, Lang: c.lang, K: 1})
		if len(a.Cards) != 1 || a.Cards[0].Title != c.title || a.Cards[0].Also != c.also {
			t.Errorf("%q in %q: %+v, want %q, also %q", c.query, c.lang, a.Cards, c.title, c.also)
		}
	}
	if a := s.Answer(protocol.Request{Verb: protocol.Item, ID: s.catalog.IDs[1], Lang: "zh", K: 1}); a.Item.Title != "重逢" || a.Item.Also != title {
		t.Errorf("its page says %q and %q", a.Item.Title, a.Item.Also)
	}
}

// TestStarsNarrowABrowse: between two means, both included; who has no stars is in none.
func TestStarsNarrowABrowse(t *testing.T) {
	s := described()
	all := s.Answer(protocol.Request{Verb: protocol.Browse, K: 12})
	for _, c := range []struct{ least, most float32 }{{0, 0}, {3, 0}, {0, 3}, {2.5, 3.5}, {5, 0}} {
		want := 0
		for _, card := range all.Cards {
			if card.Mean >= c.least && (c.most == 0 || card.Mean > 0 && card.Mean <= c.most) {
				want++
			}
		}
		if a := s.Answer(protocol.Request{Verb: protocol.Browse, Least: c.least, Most: c.most, K: 12}); a.Total != want {
			t.Errorf("%v to %v stars: %d items, want %d", c.least, c.most, a.Total, want)
		}
	}
}
