//go:build !js

package bundle

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"sparrow/wasm/catalog"
)

// TestAddressesComeBack: addresses of every kind are what they were, and a pattern
// where one is shorter.
func TestAddressesComeBack(t *testing.T) {
	shop := func(format string) func(int) string {
		return func(i int) string { return fmt.Sprintf(format, i*i*7919%100003) }
	}
	for _, c := range []struct {
		name    string
		of      func(i int) string
		pattern string // "numbers", "ids", or "" for lines
	}{
		{"numbers", shop("https://shop.example/p/%d"), "numbers"},
		{"numbers with zeros before them", shop("https://films.example/title/tt%07d/"), "numbers"},
		{"numbers of 13 digits", shop("https://shop.example/%d4006381333931.html"), "numbers"},
		{"numbers that some lack", func(i int) string { return []string{"", shop("/p/%d?a=1&b=2")(i)}[i%2] }, "numbers"},
		{"numbers between letters of two bytes", shop("/é%dé"), "numbers"},
		{"numbers that all begin and end alike", shop("/2024%d00"), "numbers"},
		{"the id", func(i int) string { return fmt.Sprintf("https://shop.example/1/%d.html", 2*i+1) }, "ids"},
		{"the largest number", func(i int) string { return fmt.Sprintf("https://shop.example/%d", ^uint64(0)-1-uint64(i*i)) }, "numbers"},
		{"one above it", func(i int) string { return fmt.Sprintf("https://shop.example/%d", ^uint64(0)-uint64(i*i)) }, ""},
		{"numbers above 64 bits", shop("https://shop.example/1%d00000000000000000000000"), ""},
		{"numbers of which some have zeros before them", func(i int) string { return fmt.Sprintf("/p/%0*d", 1+i%3, i*i) }, ""},
		{"numbers with a sign", func(i int) string { return fmt.Sprintf("https://shop.example/p/%+d", 300-i*i) }, ""},
		{"words", shop("https://shop.example/blue-%x-lamp"), ""},
		{"letters that begin with the same byte", func(i int) string { return []string{"/é", "/è", "/ê"}[i%3] }, ""},
		{"texts of which some are part of another", func(i int) string { return strings.Repeat("ab", 1+i%5) }, ""},
		{"the same for all", func(int) string { return "https://shop.example/" }, ""},
		{"none, of a column", func(int) string { return "" }, ""},
		{"a prefix that is too long", shop(strings.Repeat("p", 1025) + "%d"), ""},
		{"one alone", func(i int) string { return []string{"", "https://shop.example/p/17/30.html"}[max(0, i-38)] }, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := large(40)
			for i := range b.Catalog.IDs {
				b.Catalog.IDs[i] = catalog.ID(fmt.Sprint(2*i + 1))
			}
			b.Catalog.Index()
			b.Catalog.URLs, b.Catalog.Images = make([]string, 40), make([]string, 40)
			for i := range b.Catalog.URLs {
				b.Catalog.URLs[i] = c.of(i)
				b.Catalog.Images[i] = c.of(i)
			}
			got := roundTrip(t, b).Catalog
			kind := "ids"
			if p := got.URLPattern; p == nil {
				kind = ""
			} else if len(p.Numbers) > 0 {
				kind = "numbers"
			}
			if kind != c.pattern || (got.URLPattern == nil) == (got.URLs == nil) || (got.ImagePattern == nil) != (got.URLPattern == nil) {
				t.Errorf("addresses are stored by %q, want %q: %+v, %q", kind, c.pattern, got.URLPattern, got.URLs)
			}
			again := roundTrip(t, &Bundle{
				Meta: b.Meta, Catalog: got, Statistics: b.Statistics, Retrieval: b.Retrieval, Transition: b.Transition, Ranking: b.Ranking,
			}).Catalog
			if !slices.Equal(again.URLs, got.URLs) || (again.URLPattern == nil) != (got.URLPattern == nil) {
				t.Error("what was decoded is not encoded as it was")
			}
		})
	}
}

// TestAnAddressThatIsANumberTakesThreeBytes, and one that is the item's id none,
// however long it is.
func TestAnAddressThatIsANumberTakesThreeBytes(t *testing.T) {
	for _, c := range []struct {
		most int
		of   func(i int) string
	}{
		{3, func(i int) string { return fmt.Sprintf("https://films.example/title/tt%07d/", i*7919%10_000_000) }},
		{0, func(i int) string { return fmt.Sprintf("https://shop.example/p/%d.html", i) }},
	} {
		b, sizes := large(2000), [2]int{}
		for i := range b.Catalog.IDs {
			b.Catalog.IDs[i] = catalog.ID(fmt.Sprint(i))
		}
		b.Catalog.Index()
		for k := range sizes {
			data, err := Encode(b)
			if err != nil {
				t.Fatal(err)
			}
			sizes[k] = len(data)
			b.Catalog.URLs = make([]string, 2000)
			for i := range b.Catalog.URLs {
				b.Catalog.URLs[i] = c.of(i)
			}
		}
		if more := sizes[1] - sizes[0]; more > c.most*2000+100 {
			t.Errorf("2000 addresses take %d bytes, want %d each and a hundred for all", more, c.most)
		}
	}
}
