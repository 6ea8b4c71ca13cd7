package overlay

import (
	"strings"

	"sparrow/build/dataset"
	"sparrow/wasm/attribute"
	"sparrow/wasm/catalog"
)

// known are the columns that say something of an item by now, by the names that shops give
// them: ours, those of product feeds, and those of what Shopify and WooCommerce export.
var known = []struct {
	name string
	kind attribute.Kind
	says string
}{
	{"stock", attribute.Number, stock},
	{"stock_quantity", attribute.Number, stock},
	{"inventory", attribute.Number, stock},
	{"inventory_quantity", attribute.Number, stock},
	{"variant_inventory_qty", attribute.Number, stock},
	{"in_stock", attribute.Bool, inStock},
	{"availability", attribute.Text, available},
	{"stock_status", attribute.Text, available},
	{"price", attribute.Number, price},
	{"variant_price", attribute.Number, price},
	{"regular_price", attribute.Number, price},
	{"currency", attribute.Text, currency},
	{"hidden", attribute.Bool, hidden},
	{"published", attribute.Bool, published},
}

// What a column says.
const (
	stock     = "how many there are"
	inStock   = "whether there are some"
	available = "whether there are some, in words"
	price     = "price"
	currency  = "currency of the price"
	hidden    = "whether it is hidden"
	published = "whether it is not hidden"
)

// Columns declares the columns that a catalog may have, for [dataset.Options].
func Columns() (declared []dataset.Declared) {
	for _, k := range known {
		declared = append(declared, dataset.Declared{Name: k.name, Kind: k.kind, Optional: true})
	}
	return declared
}

// reading is what the columns of a catalog say.
type reading struct {
	of      map[string]*attribute.Column // by what it says
	unknown map[string]int               // values of available that say nothing
}

// readingOf finds the columns of items that have a value: of several that say the same the
// first one in the order of known. It returns a line for each, too.
func readingOf(items *catalog.Catalog) (r reading, lines []string) {
	r = reading{make(map[string]*attribute.Column), make(map[string]int)}
	for _, k := range known {
		for i := range items.Attributes {
			c := &items.Attributes[i]
			if c.Name != k.name || !hasValue(c) {
				continue
			}
			if first := r.of[k.says]; first != nil {
				lines = append(lines, "column "+c.Name+" is not read: "+first.Name+" says "+k.says)
				continue
			}
			r.of[k.says] = c
			lines = append(lines, "column "+c.Name+": "+k.says)
		}
	}
	return r, lines
}

func hasValue(c *attribute.Column) bool {
	for _, b := range c.Codes {
		if b != 0 {
			return true
		}
	}
	return false
}

// number returns the number of item i in the column that says so.
func (r *reading) number(says string, i int) (v float64, ok bool) {
	c := r.of[says]
	if c == nil {
		return 0, false
	}
	return numberOf(c, i)
}

func numberOf(c *attribute.Column, i int) (v float64, ok bool) {
	codes := c.Of(i)
	if len(codes) == 0 {
		return 0, false
	}
	return c.Numbers.At(int(codes[0]) - 1), true
}

// yes returns what item i has in a column of yes and no.
func (r *reading) yes(says string, i int) (yes, ok bool) {
	c := r.of[says]
	if c == nil {
		return false, false
	}
	return yesOf(c, i)
}

func yesOf(c *attribute.Column, i int) (yes, ok bool) {
	codes := c.Of(i)
	return len(codes) > 0 && codes[0] == 2, len(codes) > 0
}

// text returns the text of item i, "" for none.
func (r *reading) text(says string, i int) string {
	if c := r.of[says]; c != nil {
		if codes := c.Of(i); len(codes) > 0 {
			return c.Texts.At(int(codes[0]) - 1)
		}
	}
	return ""
}

// some returns whether there are some of item i. Words are those of schema.org, of product
// feeds and of WooCommerce; what can be ordered can be sold.
func (r *reading) some(i int) (some, ok bool) {
	if some, ok = r.yes(inStock, i); ok {
		return some, true
	}
	text := r.text(available, i)
	word := strings.NewReplacer(" ", "", "_", "", "-", "").Replace(strings.ToLower(text))
	switch strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(word, "https://"), "http://"), "schema.org/") {
	case "":
		return false, false
	case "instock", "available", "preorder", "presale", "backorder", "onbackorder", "madetoorder", "limitedavailability", "availablefororder", "onlineonly", "yes", "true", "1":
		return true, true
	case "outofstock", "soldout", "discontinued", "unavailable", "instoreonly", "no", "false", "0":
		return false, true
	}
	r.unknown[text]++
	return false, false
}
