package filter

import (
	"sparrow/wasm/attribute"
	"sparrow/wasm/catalog"
)

// Columns are what a condition may name: what every catalog has, and the attributes of
// this one.
type Columns struct {
	catalog *catalog.Catalog
	own     [len(builtIn)]*attribute.Column // nil until a condition names them
}

// builtIn are the columns of every catalog.
var builtIn = [...]struct {
	name  string
	build func(*catalog.Catalog) attribute.Column
}{
	{"genre", func(c *catalog.Catalog) attribute.Column { return lists("genre", c.GenreNames, c.Genres) }},
	{"tag", func(c *catalog.Catalog) attribute.Column { return lists("tag", c.TagNames, c.Tags) }},
	{"year", years},
}

// Of returns the columns of c, which it keeps.
func Of(c *catalog.Catalog) *Columns { return &Columns{catalog: c} }

// named returns the column of that name, nil where there is none.
func (x *Columns) named(name string) *attribute.Column {
	for i := range builtIn {
		if builtIn[i].name == name {
			if x.own[i] == nil {
				column := builtIn[i].build(x.catalog)
				x.own[i] = &column
			}
			return x.own[i]
		}
	}
	for i := range x.catalog.Attributes {
		if c := &x.catalog.Attributes[i]; c.Name == name {
			return c
		}
	}
	return nil
}

// names returns the names of all columns.
func (x *Columns) names() (names []string) {
	for i := range builtIn {
		names = append(names, builtIn[i].name)
	}
	for i := range x.catalog.Attributes {
		names = append(names, x.catalog.Attributes[i].Name)
	}
	return names
}

// Refuses returns why no attribute may have that name, or "".
func Refuses(name string) string {
	for i := range builtIn {
		if builtIn[i].name == name {
			return name + " is a column of every catalog"
		}
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

// lists returns a column of the names that each item has, of more than an item of a list
// may have the first.
func lists[T uint8 | uint16](name string, names []string, of [][]T) attribute.Column {
	counts, indices := make([]uint8, len(of)), []uint32(nil)
	for r, list := range of {
		list = list[:min(len(list), attribute.MostValues)]
		counts[r] = uint8(len(list))
		for _, i := range list {
			indices = append(indices, uint32(i))
		}
	}
	return attribute.NewList(name, names, counts, indices)
}

// years returns the column of years, none where one is 0.
func years(c *catalog.Catalog) attribute.Column {
	code := make([]uint32, 1<<15)
	for _, year := range c.Years {
		code[year] = 1
	}
	column := attribute.Column{Name: "year", Kind: attribute.Number}
	code[0] = 0
	for year, there := range code {
		if there > 0 {
			column.Numbers.Offsets = append(column.Numbers.Offsets, uint32(year))
			code[year] = uint32(len(column.Numbers.Offsets))
		}
	}
	codes := make([]uint32, len(c.Years))
	for r, year := range c.Years {
		codes[r] = code[year]
	}
	column.Bits, column.Codes = attribute.Pack(codes, column.Distinct())
	return column
}
