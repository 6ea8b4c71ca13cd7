package filter_test

import (
	"math/rand/v2"
	"slices"
	"strconv"

	"sparrow/wasm/attribute"
	"sparrow/wasm/catalog"
)

// shop is a catalog as its owner knows it, from which columns are made: values as texts,
// "" for none. names are in the order of kinds.
type shop struct {
	names  []string
	kinds  map[string]attribute.Kind
	values map[string][][]string // by column, of each item
	items  int
}

// open draws a shop of n items.
func open(rng *rand.Rand, n int) *shop {
	s := &shop{kinds: map[string]attribute.Kind{"genre": attribute.List, "tag": attribute.List, "year": attribute.Number}, values: map[string][][]string{}, items: n}
	for i := range 6 {
		s.kinds["c"+strconv.Itoa(i)] = attribute.Kind(i % 4)
	}
	for name := range s.kinds {
		s.names = append(s.names, name)
	}
	slices.Sort(s.names)
	for _, name := range s.names {
		most := []int{1, 2, 3, 14, 200, 600}[rng.IntN(6)] // different values, of 1 to 16 bits
		if name == "genre" {
			most = min(most, 200)
		}
		s.values[name] = make([][]string, n)
		for r := range n {
			many := 1
			if s.kinds[name] == attribute.List {
				many = rng.IntN(4)
			} else if rng.IntN(5) == 0 {
				many = 0
			}
			for range many {
				if v := s.value(rng, name, most); !slices.Contains(s.values[name][r], v) {
					s.values[name][r] = append(s.values[name][r], v)
				}
			}
		}
	}
	return s
}

// value draws a value for a column.
func (s *shop) value(rng *rand.Rand, name string, most int) string {
	i := rng.IntN(most)
	switch {
	case name == "year":
		return strconv.Itoa(1900 + i%120)
	case s.kinds[name] == attribute.Number:
		return strconv.FormatFloat(float64(i*7%1009-20)/4, 'f', -1, 64)
	case s.kinds[name] == attribute.Bool:
		return []string{"false", "true"}[i%2]
	}
	if i < 2 {
		return []string{"same", "AND"}[i]
	}
	return []string{"v", "a b", "and", "ü", "it's", `"`}[i%6] + strconv.Itoa(i)
}

// catalog returns the shop as columns.
func (s *shop) catalog() *catalog.Catalog {
	c := &catalog.Catalog{IDs: make([]catalog.ID, s.items), Years: make([]int16, s.items)}
	for _, name := range s.names {
		values := s.values[name]
		switch {
		case name == "genre":
			c.GenreNames, c.Genres = indexed[uint8](values)
		case name == "tag":
			c.TagNames, c.Tags = indexed[uint16](values)
		case name == "year":
			for r, v := range values {
				if len(v) > 0 {
					year, _ := strconv.Atoi(v[0])
					c.Years[r] = int16(year)
				}
			}
		default:
			c.Attributes = append(c.Attributes, s.column(name))
		}
	}
	return c
}

// indexed returns the different values, by when they come first, and the indices of each item.
func indexed[T uint8 | uint16](values [][]string) (names []string, of [][]T) {
	of = make([][]T, len(values))
	for r, list := range values {
		for _, v := range list {
			i := slices.Index(names, v)
			if i < 0 {
				i = len(names)
				names = append(names, v)
			}
			of[r] = append(of[r], T(i))
		}
	}
	return names, of
}

// column returns an attribute.
func (s *shop) column(name string) attribute.Column {
	c := attribute.Column{Name: name, Kind: s.kinds[name]}
	names, of := indexed[uint16](s.values[name])
	codes := make([]uint32, s.items)
	switch c.Kind {
	case attribute.List:
		counts, indices := make([]uint8, s.items), []uint32(nil)
		for r, list := range of {
			counts[r] = uint8(len(list))
			for _, i := range list {
				indices = append(indices, uint32(i))
			}
		}
		return attribute.NewList(name, names, counts, indices)
	case attribute.Text:
		var known []uint32
		c.Texts, known = attribute.NewTexts(names)
		for r, list := range of {
			if len(list) > 0 {
				codes[r] = known[list[0]]
			}
		}
	case attribute.Bool:
		for r, v := range s.values[name] {
			if len(v) > 0 {
				codes[r] = map[string]uint32{"false": 1, "true": 2}[v[0]]
			}
		}
	case attribute.Number:
		c.Numbers = attribute.Numbers{First: -2000, Exponent: -2}
		var units []int64
		for _, v := range s.values[name] {
			if len(v) > 0 {
				units = append(units, unitsOf(v[0]))
			}
		}
		slices.Sort(units)
		units = slices.Compact(units)
		for _, u := range units {
			c.Numbers.Offsets = append(c.Numbers.Offsets, uint32(u+2000))
		}
		for r, v := range s.values[name] {
			if len(v) > 0 {
				codes[r] = 1 + uint32(slices.Index(units, unitsOf(v[0])))
			}
		}
	}
	c.Bits, c.Codes = attribute.Pack(codes, c.Distinct())
	return c
}

// unitsOf returns a number in hundredths.
func unitsOf(text string) int64 {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		panic(err)
	}
	return int64(v * 100)
}
