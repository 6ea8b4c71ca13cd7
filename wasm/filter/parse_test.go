package filter_test

import (
	"strings"
	"testing"

	"sparrow/wasm/attribute"
	"sparrow/wasm/catalog"
	"sparrow/wasm/filter"
)

// books is a catalog of three: a and b have prices, 4.99 and 14.99, and languages, de and
// en; a is in stock; b has the author Zola, and c the authors Zola and Austen.
func books() *catalog.Catalog {
	c := &catalog.Catalog{
		IDs: []catalog.ID{"a", "b", "c"}, Years: []int16{1995, 2001, 0},
		GenreNames: []string{"Crime"}, Genres: [][]uint8{{0}, nil, nil}, Tags: make([][]uint16, 3),
	}
	author := attribute.NewList("author", []string{"Zola", "Austen"}, []uint8{0, 1, 2}, []uint32{0, 0, 1})
	price := attribute.Column{Name: "price", Kind: attribute.Number, Numbers: attribute.Numbers{First: 499, Exponent: -2, Offsets: []uint32{0, 1000}}}
	price.Bits, price.Codes = attribute.Pack([]uint32{1, 2, 0}, 2)
	stock := attribute.Column{Name: "in_stock", Kind: attribute.Bool}
	stock.Bits, stock.Codes = attribute.Pack([]uint32{2, 1, 0}, 2)
	lang := attribute.Column{Name: "lang"}
	lang.Texts, _ = attribute.NewTexts([]string{"de", "en"})
	lang.Bits, lang.Codes = attribute.Pack([]uint32{1, 2, 0}, 2)
	c.Attributes = []attribute.Column{author, price, stock, lang}
	return c
}

// TestByHand says which of the three books a condition keeps, where same is what b has.
func TestByHand(t *testing.T) {
	columns := filter.Of(books())
	for text, want := range map[string]string{
		"in_stock":                              "a",
		"not in_stock":                          "bc", // not turns what is false of c into true
		"in_stock=false":                        "b",
		"in_stock!=true":                        "b",
		"in_stock in (yes,no)":                  "ab",
		"price<50":                              "ab", // a comparison with no value is false
		"not price<50":                          "c",
		"price>=50":                             "",
		"price=4.99":                            "a",
		"price != 4.990":                        "b",
		"price<same":                            "a",
		"price<='14.99'":                        "ab",
		"price>-1 and price>5":                  "b",
		"price in (4.99, 14.98)":                "a",
		"price=5":                               "",
		"lang=de":                               "a",
		"lang != de":                            "b",
		"lang in (de,en)":                       "ab",
		"LANG_=1 or lang=de":                    "!",
		"lang not in (de, fr)":                  "b",
		"lang > de":                             "b",
		"author=Zola":                           "bc",
		"author=same":                           "bc",
		"author!=Austen":                        "b",
		"author not in (Austen,Tolstoi)":        "b",
		"author in (Austen)":                    "c",
		"genre=same":                            "", // b has none
		"genre!=same":                           "",
		"genre in (same, Crime)":                "a",
		"not genre=same":                        "abc",
		"year>=1995":                            "ab",
		"year=0":                                "", // an unknown year is no year
		"in_stock or author=Austen":             "ac",
		"IN_STOCK":                              "!",
		"in_stock AND NOT lang=en":              "a",
		"author=Austen or in_stock and price>5": "c",
		"(author=Austen or in_stock) and price<5": "a",
		"\tnot not\n(in_stock)":                   "a",
	} {
		got := ""
		if p, err := columns.Parse(text); err != nil {
			got = "!"
		} else if set, err := p.Keep(1); err != nil {
			t.Errorf("%s: %v", text, err)
		} else {
			for r, id := range books().IDs {
				if set.Has(catalog.Row(r)) {
					got += string(id)
				}
			}
		}
		if got != want {
			t.Errorf("%s keeps %q, want %q", text, got, want)
		}
	}
}

// TestMistakesAreShownAndMended: each error names the column of the text, what is wrong
// and what to write.
func TestMistakesAreShownAndMended(t *testing.T) {
	columns := filter.Of(books())
	for text, want := range map[string]string{
		"":                            `column 1: it ends here, where the name of a column has to stand`,
		"in_stock and prise<50":       `column 14: there is no column "prise"; "price" is near. There are: genre tag year author price in_stock lang`,
		"ümlaut=1":                    `column 1: there is no column "ümlaut". There are: genre tag year`,
		"lang=ü and prise=1":          `column 12: there is no column "prise"`, // characters, not bytes
		"price":                       `column 6: price is a number: say here what it is compared with, as =same`,
		"lang and in_stock":           `column 6: lang is a text: say here what it is compared with, as =same`,
		"price<":                      `column 7: it ends here, where a value, in quotes where`,
		"price<cheap":                 `column 7: price is a number, and "cheap" is none: write it as 49, 49.90 or -5`,
		"price<1e3":                   `column 7: price is a number`,
		"price<1234567890123456":      `column 7: price is a number`,
		"price<3,50":                  `column 8: "," stands where "and", "or" or the end has to`,
		"in_stock=maybe":              `column 10: in_stock is true or false, not "maybe"`,
		"in_stock<true":               `column 9: in_stock is true or false, which knows =, != and in`,
		"author<Zola":                 `column 7: author is a list, which knows =, != and in`,
		"price==5":                    `column 6: == is written =: a comparison has to stand here`,
		"price<>5":                    `column 6: <> is written != or not`,
		"in_stock && price<5":         `column 10: && is written and`,
		"in_stock | price<5":          `column 10: | is written or`,
		"!in_stock":                   `column 1: ! is written != or not: the name of a column has to stand here`,
		"(in_stock":                   `column 10: it ends here, where "and", "or" or ")" has to stand`,
		"in_stock)":                   `column 9: ")" stands where "and", "or" or the end has to`,
		"in_stock price<5":            `column 10: "price" stands where "and", "or" or the end has to`,
		"lang=le monde":               `column 9: "monde" stands where`,
		"lang='le":                    `column 6: a quote that is not closed: a value, in`,
		"lang in de":                  `column 9: "de" stands where "(" with values has to`,
		"lang in (de en)":             `column 13: "en" stands where "," or ")" has to`,
		"lang in ()":                  `column 10: ")" stands where a value, in`,
		"lang not de":                 `column 10: "de" stands where "in" has to`,
		"lang=and":                    `column 6: "and" stands where a value, in quotes where it is a word of the language, has to`,
		"and in_stock":                `column 1: "and" stands where the name of a column has to`,
		"'lang'=de":                   `column 1: "lang" stands where the name of a column has to`,
		strings.Repeat("(", 33) + "x": `column 34: more than 32 parentheses and nots`,
		strings.Repeat("not ", 33):    `column 133: more than 32 parentheses and nots`,
		"price in (1" + strings.Repeat(",1", 256) + ")": `column 523: more than 256 values`,
		"lang='" + strings.Repeat("x", 4096) + "'":      `column 4097: it goes on, and the limit is 4096 bytes`,
	} {
		_, err := columns.Parse(text)
		if err == nil {
			t.Errorf("%.60s is read, want %s", text, want)
		} else if !strings.Contains(err.Error(), want) {
			t.Errorf("%.60s: %v, want … %s …", text, err, want)
		}
	}
}

// TestSameNeedsAnItem: a list that is about none is told so, and where it says same.
func TestSameNeedsAnItem(t *testing.T) {
	p, err := filter.Of(books()).Parse("in_stock and lang = same")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Keep(catalog.None); err == nil || !strings.Contains(err.Error(), "column 21: same is what the item has") {
		t.Errorf("Keep of no item = %v", err)
	}
	if set, err := p.Keep(0); err != nil || !set.Has(0) || set.Of(3) != 1 {
		t.Errorf("Keep of item 0 = %v, %v, want item 0 alone", set, err)
	}
}

// TestRefusedNames: no attribute may be called as what means something in every filter, or
// as no filter can write it.
func TestRefusedNames(t *testing.T) {
	for name, want := range map[string]string{
		"genre": "a column of every catalog", "year": "a column of every catalog", "AND": "a word of filters", "same": "a word of filters",
		"": "a name has 1 to 64 bytes", "price_(eur)": "a name has", "a b": "a name has", strings.Repeat("x", 65): "a name has", "price": "", "größe": "", "genres": "",
	} {
		if got := filter.Refuses(name); !strings.Contains(got, want) || (got == "") != (want == "") {
			t.Errorf("Refuses(%s) = %q, want %q", name, got, want)
		}
	}
}

// FuzzParse: whatever is written ends in an error that points into the text, or in a set.
func FuzzParse(f *testing.F) {
	for _, text := range []string{"in_stock and price<50 and genre=same and lang in (de,en)", "not (author='O''Brien' or year>=1990)", "lang not in (\"a b\")", "((((", "price<>ü'"} {
		f.Add(text)
	}
	columns := filter.Of(books())
	f.Fuzz(func(t *testing.T, text string) {
		p, err := columns.Parse(text)
		if err != nil {
			if at := err.(*filter.Error).Column; at < 1 || at > len(text)+1 {
				t.Errorf("%q: an error at column %d", text, at)
			}
			return
		}
		set, err := p.Keep(2)
		if err != nil || set.Of(3) > 3 || len(set) != 1 || set[0]>>3 != 0 {
			t.Errorf("%q: Keep = %b, %v", text, set, err)
		}
	})
}
