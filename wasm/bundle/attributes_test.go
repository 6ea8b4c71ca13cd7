//go:build !js

package bundle

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/attribute"
)

// TestBrokenAttributesAreRefused is [TestBrokenBundlesAreRefused] for columns of the owner's.
func TestBrokenAttributesAreRefused(t *testing.T) {
	const author, brand, price, stock = 0, 1, 2, 3
	for _, c := range []struct {
		name string
		harm func(c []attribute.Column)
		want string
	}{
		{"no name", func(c []attribute.Column) { c[brand].Name = "" }, "a name of 1 to 64 bytes"},
		{"a name twice", func(c []attribute.Column) { c[price].Name = "brand" }, "column brand: it comes twice"},
		{"an unknown kind", func(c []attribute.Column) { c[stock].Kind = 9 }, "column in_stock: it has other parts than its kind"},
		{"three bits", func(c []attribute.Column) { c[brand].Bits = 3 }, "do not fit each other"},
		{"no bits", func(c []attribute.Column) { c[brand].Bits = 0 }, "do not fit each other"},
		{"a code too few", func(c []attribute.Column) { c[brand].Codes = nil }, "do not fit each other"},
		{"a value that is not there", func(c []attribute.Column) { c[brand].Codes[0] = 3 }, "do not fit each other"},
		{"a code beyond the last", func(c []attribute.Column) { c[brand].Codes[0] |= 0x40 }, "do not fit each other"},
		{"a count too few", func(c []attribute.Column) { c[author].Counts = c[author].Counts[:2] }, "do not fit each other"},
		{"an item of a list without a value", func(c []attribute.Column) { c[author].Codes[0] = 0 }, "do not fit each other"},
		{"texts that fall", func(c []attribute.Column) { c[brand].Texts.All = "B\nA\n" }, "column brand: values are empty, not ascending"},
		{"a text twice", func(c []attribute.Column) { c[brand].Texts.All = "A\nA\n" }, "not ascending"},
		{"an empty text", func(c []attribute.Column) { c[brand].Texts.All = "\nA\n" }, "empty, not ascending"},
		{"a text without an end", func(c []attribute.Column) { c[brand].Texts.All = "A\nB" }, "without an end"},
		{"a text that is not UTF-8", func(c []attribute.Column) { c[brand].Texts.All = "A\n\xff\n" }, "not UTF-8"},
		{"numbers too far apart", func(c []attribute.Column) { c[price].Numbers.Offsets = []uint32{1 << 31, 1 << 30} }, "not ascending or too far apart"},
		{"numbers too fine", func(c []attribute.Column) { c[price].Numbers.Exponent = -10 }, "numbers out of range"},
		{"numbers too large", func(c []attribute.Column) { c[price].Numbers.First = attribute.MostUnits }, "numbers out of range"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := withAttributes()
			c.harm(b.Catalog.Attributes)
			if _, err := Encode(b); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("Encode = %v, want … %s …", err, c.want)
			}
		})
	}
	b := withAttributes()
	b.Catalog.Attributes = slices.Repeat(b.Catalog.Attributes[:1], attribute.MostColumns+1)
	if _, err := Encode(b); err == nil || !strings.Contains(err.Error(), "more than 64 columns") {
		t.Errorf("Encode of 65 columns = %v", err)
	}
}

// TestAttributesKeepTheBoundOfMemory: of columns whose memory per byte of the file is
// largest, texts of one letter and numbers one apart.
func TestAttributesKeepTheBoundOfMemory(t *testing.T) {
	b := large(20000)
	var names []string
	offsets := make([]uint32, 60000)
	for i := range offsets {
		offsets[i] = uint32(i)
		names = append(names, string(rune(0x20+i%0xd000)))
	}
	number := attribute.Column{Name: "number", Kind: attribute.Number, Numbers: attribute.Numbers{Offsets: offsets}}
	number.Bits, number.Codes = attribute.Pack(make([]uint32, 20000), len(offsets))
	text := attribute.Column{Name: "text"}
	text.Texts, _ = attribute.NewTexts(names)
	text.Bits, text.Codes = attribute.Pack(make([]uint32, 20000), text.Distinct())
	b.Catalog.Attributes = []attribute.Column{number, text}
	data, err := Encode(b)
	if err != nil {
		t.Fatal(err)
	}
	got, err := decodeWithin(t, data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(b.Catalog.Attributes, got.Catalog.Attributes, sameBundle); diff != "" {
		t.Error(diff)
	}
}

// TestABundleWithoutAttributesTakesNoByteForThem: nor is one refused that a reader before
// there were any skips.
func TestABundleWithoutAttributesTakesNoByteForThem(t *testing.T) {
	data, err := Encode(withFirst())
	if err != nil || bytes.Contains(data, []byte("attributes")) {
		t.Errorf("a bundle without attributes names some: %v", err)
	}
	first, _, err := EncodeParts(withAttributes(), nil)
	if err != nil || !bytes.Contains(first, []byte("attributes")) {
		t.Errorf("the first file, which a page filters by, lacks the attributes: %v", err)
	}
}
