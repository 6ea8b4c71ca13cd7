package dataset

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"sparrow/wasm/attribute"
	"sparrow/wasm/catalog"
	"sparrow/wasm/filter"
)

// Declared is a column of items.csv that its owner keeps for filters.
type Declared struct {
	Name string // as [columnName] has it
	Kind attribute.Kind

	Optional bool // it may be missing: no item has a value then
}

// ParseAttributes reads a declaration: names of columns and their kinds, as in
// "price:number,brand,author:list,in_stock:bool". Without a kind it is text.
func ParseAttributes(text string) (declared []Declared, err error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	kinds := map[string]attribute.Kind{"": attribute.Text}
	for _, k := range []attribute.Kind{attribute.Text, attribute.Number, attribute.Bool, attribute.List} {
		kinds[k.String()] = k
	}
	for part := range strings.SplitSeq(text, ",") {
		name, kind, _ := strings.Cut(strings.TrimSpace(part), ":")
		d := Declared{Name: columnName([]byte(name))}
		var known bool
		if d.Kind, known = kinds[strings.ToLower(strings.TrimSpace(kind))]; !known {
			return nil, fmt.Errorf("%s has the kind %q: it is text, number, bool or list, as in price:number,brand", d.Name, kind)
		}
		if problem := filter.Refuses(d.Name); problem != "" {
			return nil, fmt.Errorf("%s: rename the column", problem)
		}
		if slices.ContainsFunc(declared, func(other Declared) bool { return other.Name == d.Name }) {
			return nil, fmt.Errorf("%s is declared twice", d.Name)
		}
		declared = append(declared, d)
	}
	if len(declared) > attribute.MostColumns {
		return nil, fmt.Errorf("%d columns are declared, and the limit is %d", len(declared), attribute.MostColumns)
	}
	return declared, nil
}

// attributes gathers the declared columns of a catalog.
type attributes struct {
	declared []Declared
	at       []int       // of the file, parallel to declared
	texts    [][]string  // of each item, parallel to declared: of text and list
	numbers  [][]float64 // NaN for none
	codes    [][]uint32  // of bool
	commas   []int       // numbers that were written with a decimal comma
}

func newAttributes(declared []Declared) *attributes {
	n := len(declared)
	return &attributes{declared: declared, at: make([]int, n), texts: make([][]string, n), numbers: make([][]float64, n), codes: make([][]uint32, n), commas: make([]int, n)}
}

// find finds the declared columns in a header, and returns the names that are extra
// without them.
func (a *attributes) find(header [][]byte, extra []string) (left []string, err error) {
	for i, d := range a.declared {
		a.at[i] = -1
		for c, h := range header {
			if columnName(h) != d.Name {
				continue
			}
			if a.at[i] >= 0 {
				return nil, fmt.Errorf("two columns are called %s, which --attributes declares: rename one", d.Name)
			}
			a.at[i] = c
		}
		if a.at[i] < 0 && !d.Optional {
			return nil, fmt.Errorf("no column is called %s, which --attributes declares; those that are there: %s", d.Name, shownNames(header))
		}
	}
	return slices.DeleteFunc(extra, func(name string) bool {
		return slices.ContainsFunc(a.declared, func(d Declared) bool { return d.Name == name })
	}), nil
}

// advice says how columns that are not used are kept.
const advice = "; --attributes keeps those that filters need, as in --attributes price:number,brand"

// add adds what row f says of the newest item of m.
func (a *attributes) add(m *catalogBuilder, f [][]byte) {
	for i, d := range a.declared {
		b := field(f, a.at[i])
		if isNull(b) {
			m.in.nulls += one(len(b) > 0)
			b = nil
		}
		switch d.Kind {
		case attribute.Number:
			a.numbers[i] = append(a.numbers[i], a.number(m, i, b))
		case attribute.Bool:
			a.codes[i] = append(a.codes[i], yes(m, d.Name, b))
		default:
			text, _, _ := clean(string(b))
			if d.Kind == attribute.Text && len(text) > maxValue {
				m.note(d.Name+" is longer than 255 bytes; the item stays without it", text[:40])
				text = ""
			}
			a.texts[i] = append(a.texts[i], text)
		}
	}
}

const (
	maxValue  = 255  // bytes of a text
	maxNumber = 1e15 // of either sign: up to there whole numbers are exact
)

// number reads a number of column i, NaN for none. A comma before three digits may stand
// between thousands, so that it says nothing.
func (a *attributes) number(m *catalogBuilder, i int, b []byte) float64 {
	name := a.declared[i].Name
	if len(b) == 0 {
		return math.NaN()
	}
	v, comma, ok := number(b)
	switch {
	case !ok:
		m.note(name+" is not a number; the item stays without it", string(b[:min(len(b), 60)]))
	case comma && len(b)-bytes.IndexByte(b, ',') == 4:
		m.note(name+" has a comma that may stand for decimals or thousands; the item stays without it", string(b[:min(len(b), 60)]))
	case math.Abs(v) > maxNumber:
		m.note(name+" is not within ±10¹⁵; the item stays without it", string(b[:min(len(b), 60)]))
	default:
		a.commas[i] += one(comma)
		return v
	}
	return math.NaN()
}

// yes reads yes or no as a code, 0 for neither.
func yes(m *catalogBuilder, name string, b []byte) uint32 {
	switch strings.ToLower(string(b)) {
	case "":
		return 0
	case "false", "f", "no", "n", "0", "0.0":
		return 1
	case "true", "t", "yes", "y", "1", "1.0":
		return 2
	}
	m.note(name+" is neither true or yes or 1 nor false or no or 0; the item stays without it", string(b[:min(len(b), 60)]))
	return 0
}

// store gives the catalog its attributes.
func (a *attributes) store(c *catalog.Catalog, r *Report, file string) {
	for i, d := range a.declared {
		column := attribute.Column{Name: d.Name, Kind: d.Kind}
		codes := a.codes[i]
		switch d.Kind {
		case attribute.Text:
			codes = textsOf(&column, a.texts[i])
		case attribute.Number:
			r.note(file, d.Name+" written with a decimal comma", a.commas[i])
			var rounded int
			codes, rounded = numbersOf(&column, a.numbers[i])
			r.note(file, fmt.Sprintf("%s rounded to steps of %g", d.Name, math.Pow10(column.Numbers.Exponent)), rounded)
		case attribute.List:
			column = listsOf(d.Name, a.texts[i], r, file)
		}
		if d.Kind != attribute.List {
			column.Bits, column.Codes = attribute.Pack(codes, column.Distinct())
		}
		c.Attributes = append(c.Attributes, column)
		if !d.Optional && !slices.ContainsFunc(column.Codes, func(b byte) bool { return b != 0 }) {
			r.say(file, d.Name+" is declared, and no item has a value")
		}
	}
}

// textsOf gives column the different texts and returns the code of each, 0 for "".
func textsOf(column *attribute.Column, texts []string) (codes []uint32) {
	codes = make([]uint32, len(texts))
	var some []string
	for _, t := range texts {
		if t != "" {
			some = append(some, t)
		}
	}
	var known []uint32
	column.Texts, known = attribute.NewTexts(some)
	for r, t := range texts {
		if t != "" {
			codes[r], known = known[0], known[1:]
		}
	}
	return codes
}

// numbersOf gives column the different numbers and returns the code of each, 0 for NaN,
// and how many were rounded: to as many decimals as the finest has, but to nine at most,
// and so that they lie within 2³² steps.
func numbersOf(column *attribute.Column, numbers []float64) (codes []uint32, rounded int) {
	decimals, low, high := 0, math.Inf(1), math.Inf(-1)
	for _, v := range numbers {
		if v == v {
			low, high = min(low, v), max(high, v)
			_, fraction, _ := strings.Cut(strconv.FormatFloat(v, 'f', -1, 64), ".")
			decimals = max(decimals, len(fraction))
		}
	}
	codes = make([]uint32, len(numbers))
	if low > high {
		return codes, 0
	}
	decimals = min(decimals, attribute.MostDecimals)
	for (high-low)*math.Pow10(decimals) >= math.MaxUint32 || max(-low, high)*math.Pow10(decimals) > attribute.MostUnits-1<<32 {
		decimals--
	}
	units := make([]int64, 0, len(numbers))
	for _, v := range numbers {
		if v == v {
			units = append(units, int64(math.Round(v*math.Pow10(decimals))))
		}
	}
	sorted := slices.Compact(slices.Sorted(slices.Values(units)))
	n := &column.Numbers
	n.First, n.Exponent = sorted[0], -decimals
	for _, u := range sorted {
		n.Offsets = append(n.Offsets, uint32(u-n.First))
	}
	for r, v := range numbers {
		if v != v {
			continue
		}
		at, _ := slices.BinarySearch(sorted, units[0])
		units = units[1:]
		codes[r] = uint32(at + 1)
		rounded += one(n.At(at) != v)
	}
	return codes, rounded
}

// listsOf returns a column of lists, separated as genres are.
func listsOf(name string, lists []string, r *Report, file string) attribute.Column {
	separator := genreSeparator(lists)
	if separator != "|" {
		r.note(file, name+" separated by "+separatorNames[separator], len(lists))
	}
	counts, indices := make([]uint8, len(lists)), []uint32(nil)
	var names []string
	index := make(map[string]uint32)
	for row, list := range lists {
		var own []uint32
		for _, v := range splitList(list, separator) {
			if len(v) > maxValue || len(own) == attribute.MostValues {
				r.fair(file, file, "more than 255 values of "+name+" on an item, or one of more than 255 bytes; the item stays without it", v[:min(len(v), 40)])
				continue
			}
			i, ok := index[v]
			if !ok {
				i = uint32(len(names))
				index[v], names = i, append(names, v)
			}
			if !slices.Contains(own, i) {
				own = append(own, i)
			}
		}
		counts[row], indices = uint8(len(own)), append(indices, own...)
	}
	return attribute.NewList(name, names, counts, indices)
}
