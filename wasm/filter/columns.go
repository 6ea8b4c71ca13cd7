package filter

import (
	"slices"

	"sparrow/wasm/attribute"
	"sparrow/wasm/catalog"
)

// Columns are what a condition may name: what every catalog has, and the attributes of
// this one.
type Columns struct {
	catalog *catalog.Catalog
	own     [len(builtIn)]column // made when a condition names them
	values  []*Values            // the same of those that were asked for
}

// builtIn are the columns of every catalog.
var builtIn = [...]string{"genre", "tag", "year"}

// column is a column that a condition may name.
type column struct {
	*attribute.Column
	names []string // its values where they are the catalog's, in any order; else nil
}

// values returns how many different ones there are.
func (c *column) values() int {
	if c.names != nil {
		return len(c.names)
	}
	return c.Distinct()
}

// find is that of [attribute.Texts], for which names that have no order will do where
// nothing asks for one.
func (c *column) find(text string) (before, upTo int) {
	if c.names == nil {
		return c.Texts.Find(text)
	}
	if i := slices.Index(c.names, text); i >= 0 {
		return i, i + 1
	}
	return 0, 0
}

// Of returns the columns of c, which it keeps.
func Of(c *catalog.Catalog) *Columns { return &Columns{catalog: c} }

// name returns the name of the i-th column, "" behind the last.
func (x *Columns) name(i int) string {
	if i < len(builtIn) {
		return builtIn[i]
	}
	if i -= len(builtIn); i < len(x.catalog.Attributes) {
		return x.catalog.Attributes[i].Name
	}
	return ""
}

// named returns the column of that name, and none where there is none.
func (x *Columns) named(name string) (c column) {
	at := 0
	for x.name(at) != name {
		if x.name(at) == "" {
			return c
		}
		at++
	}
	if at >= len(builtIn) {
		return column{Column: &x.catalog.Attributes[at-len(builtIn)]}
	}
	own := &x.own[at]
	if own.Column == nil {
		own.Column = &attribute.Column{Name: name, Kind: attribute.List, Bits: 16}
		switch name {
		case "genre":
			own.names = x.catalog.GenreNames
			for _, genres := range x.catalog.Genres {
				own.count(len(genres))
				for _, g := range genres {
					own.code(uint16(g) + 1)
				}
			}
		case "tag":
			own.names = x.catalog.TagNames
			for _, tags := range x.catalog.Tags {
				tags = tags[:own.count(len(tags))]
				for _, t := range tags {
					own.code(t + 1)
				}
			}
		default:
			x.years(own)
		}
	}
	return *own
}

// count adds how many values the next item has, at most what an item of a list may have.
func (c *column) count(n int) int {
	n = min(n, attribute.MostValues)
	c.Counts = append(c.Counts, uint8(n))
	return n
}

// code adds the next code.
func (c *column) code(code uint16) { c.Codes = append(c.Codes, byte(code), byte(code>>8)) }

// years fills in a column of years, all from 1 to the last one, none where one is 0.
func (x *Columns) years(c *column) {
	c.Kind, c.Numbers.First = attribute.Number, 1
	last := int16(0)
	for _, year := range x.catalog.Years {
		last = max(last, year)
		c.code(uint16(year))
	}
	c.Numbers.Offsets = make([]uint32, last)
	for i := range c.Numbers.Offsets {
		c.Numbers.Offsets[i] = uint32(i)
	}
}

// Refuses returns why no attribute may have that name, or "".
func Refuses(name string) string {
	if slices.Contains(builtIn[:], name) {
		return name + " is a column of every catalog"
	}
	if keyword(name) != "" {
		return name + " is a word of filters"
	}
	s := scanner{text: name}
	if s.scan(); len(name) > attribute.MostName || s.kind != word || s.next != len(name) {
		return "a name has 1 to 64 bytes and no blanks, quotes or ( ) , = ! < > & |, unlike \"" + name + "\""
	}
	return ""
}
