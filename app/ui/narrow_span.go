package ui

import (
	"net/url"
	"slices"
	"strings"

	"sparrow/wasm/filter"
	"sparrow/wasm/protocol"
)

// column is what the catalogue can be narrowed down by, as the engine answers protocol.Columns: of numbers, values are
// the smallest one, the largest one, and the currencies of prices.
type column struct {
	name, kind string
	values     []string
}

// columnsIn reads an answer to protocol.Columns.
func columnsIn(values []protocol.Value) (all []column) {
	for _, v := range values {
		if v.Listed {
			all = append(all, column{name: v.Column, kind: v.Text})
		} else if n := len(all); n > 0 {
			all[n-1].values = append(all[n-1].values, v.Text)
		}
	}
	return all
}

// numbers returns the column of numbers called so, none without a name.
func numbers(columns []column, name string) (c column) {
	for _, c := range columns {
		if c.name == name && c.kind == "number" && len(c.values) > 1 {
			return c
		}
	}
	return c
}

// currency returns the one of all prices of c, "" where there is none or more than one.
func (c *column) currency() string {
	if len(c.values) == 3 && len(c.values[2]) == 3 && strings.Trim(c.values[2], "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
		return c.values[2]
	}
	return ""
}

// Ranges of numbers stand in an address as price=5..20, with both ends included, price=5.., price=..20, or price=5 for
// that number alone. ownParameters are what addresses have under names of their own: a column that is called so stands
// there as "column.from".
var ownParameters = []string{"with", "without", "from", "to", "decade", "least", "most", "is", "sort", "q", "titles"}

const (
	columnMark = "column."
	dots       = ".."
)

// parameter returns the name under which a column's range stands in an address.
func parameter(name string) string {
	if slices.Contains(ownParameters, name) || strings.HasPrefix(name, columnMark) {
		return columnMark + name
	}
	return name
}

// ends returns those of a range, "" for none.
func ends(span string) (from, to string) {
	from, to, is := strings.Cut(span, dots)
	if !is {
		to = from
	}
	return from, to
}

// What an address has that does not narrow the catalogue down as it stands there.
const (
	oddUnread  = iota // it is nothing
	oddTurned         // a range whose larger end stands first
	oddUnknown        // a range of what is no column of numbers
)

// notes are what is to be said of an address, and what the columns tell of it.
type notes struct {
	odd      [3][]string // what the address has, by what it is
	strays   []value     // without dots, of columns of numbers or of another site: known with the columns
	currency string      // of all prices; "" for none
}

func (n *narrowed) odd(what int, text string) { n.notes.odd[what] = append(n.notes.odd[what], text) }

// readSpans reads the ranges of an address, and takes note of what there is nothing.
func (n *narrowed) readSpans(q url.Values) {
	var names []string
	for name := range q {
		if !slices.Contains(ownParameters, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		column := strings.TrimPrefix(name, columnMark)
		for _, text := range q[name] {
			from, to := ends(text)
			x, isX := filter.Decimal(from)
			y, isY := filter.Decimal(to)
			fits := (isX || from == "") && (isY || to == "") && (isX || isY) && ofColumn(n.spans, column) == "" && filter.Refuses(column) == ""
			switch {
			case !strings.Contains(text, dots):
				n.notes.strays = append(n.notes.strays, value{column, text})
				continue
			case !fits:
				n.odd(oddUnread, name+"="+text)
				continue
			case isX && isY && x > y:
				text = to + dots + from
				n.odd(oddTurned, column)
			}
			n.spans = append(n.spans, value{column, text})
		}
	}
}

// readRest takes note of what an address has under names of its own that is nothing, and turns ranges round
// whose larger end stands first.
func (n *narrowed) readRest(q url.Values) {
	unread := func(name string, read bool) {
		if text := q.Get(name); text != "" && text != "0" && !read {
			n.odd(oddUnread, name+"="+text)
		}
	}
	unread("from", n.from > 0)
	unread("to", n.to > 0)
	unread("decade", atoi(q.Get("decade")) > 0)
	unread("least", n.least > 0)
	unread("most", n.most > 0)
	if n.to > 0 && n.from > n.to {
		n.from, n.to = n.to, n.from
		n.odd(oddTurned, "year")
	}
	if n.most > 0 && n.least > n.most {
		n.least, n.most = n.most, n.least
		n.odd(oddTurned, "stars")
	}
}

// named reports whether a filter can name a column so.
func named(column string) bool {
	return column == "genre" || column == "tag" || column == "year" || filter.Refuses(column) == ""
}

// asks returns the columns that n has to know, with commas between; "" for those that the engine chooses, and false for
// none.
func (n *narrowed) asks() (names string, any bool) {
	all := byColumns
	for _, spans := range [2][]value{n.spans, n.notes.strays} {
		for _, v := range spans {
			if !slices.Contains(all, v.column) {
				all = append(all[:len(all):len(all)], v.column)
			}
		}
	}
	if byAll {
		all = nil
	}
	return strings.Join(all, ","), byAll || len(all) > 0
}

// check leaves out ranges of what is no column of numbers, takes a number alone for one, and notes the currency
// of prices.
func (n *narrowed) check(columns []column) {
	n.spans = slices.DeleteFunc(slices.Clone(n.spans), func(v value) bool {
		c := numbers(columns, v.column)
		if c.name == "" {
			n.odd(oddUnknown, v.column)
		}
		return c.name == ""
	})
	for _, v := range n.notes.strays {
		switch _, is := filter.Decimal(v.text); {
		case numbers(columns, v.column).name == "": // another site's
		case is && ofColumn(n.spans, v.column) == "":
			n.spans = append(n.spans, v)
		default:
			n.odd(oddUnread, v.column+"="+v.text)
		}
	}
	n.notes.strays = nil
	price := numbers(columns, "price")
	n.notes.currency = price.currency()
}

// remarks say what of the address does not narrow the catalogue down as it stands there, and which ranges have no
// item.
func (p *browsePage) remarks(w *words) (said string) {
	for what, text := range []string{w.OddUnread, w.OddTurned, w.OddUnknown} {
		if all := p.by.notes.odd[what]; len(all) > 0 {
			said += fill(text, "words", strings.Join(all, w.join)) + " "
		}
	}
	for _, v := range p.by.spans {
		c := numbers(p.columns, v.column)
		if c.name == "" {
			continue
		}
		if from, to := ends(v.text); below(to, c.values[0]) || below(c.values[1], from) {
			said += fill(w.OddOutside, "words", w.column(v.column), "least", w.measured(c.name, c.values[0], p.by.notes.currency), "most", w.measured(c.name, c.values[1], p.by.notes.currency))
		}
	}
	return said
}

// below reports whether a and b are numbers, and a is the smaller one.
func below(a, b string) bool {
	x, ok := filter.Decimal(a)
	y, both := filter.Decimal(b)
	return ok && both && x < y
}

// span returns what a range is called: "price: €5–€20".
func (w *words) span(v value, currency string) string {
	from, to := ends(v.text)
	text := w.measured(v.column, from, currency)
	switch {
	case to == "":
		text = fill(w.AtLeast, "n", text)
	case from == "":
		text = fill(w.AtMost, "n", w.measured(v.column, to, currency))
	case from != to:
		text += "–" + w.measured(v.column, to, currency)
	}
	return fill(w.ValueOf, "column", w.column(v.column), "value", text)
}

// columnUnits are those that columns have by the last word of their names, which is in the plural: "weight_grams".
const columnUnits = " seconds minutes hours days weeks months years grams kilograms meters centimeters millimeters kilometers liters milliliters "

// measured writes a number of a column as people of the language do, in the currency of prices or in the column's unit.
func (w *words) measured(column, number, currency string) string {
	if number == "" {
		return ""
	}
	unit := column[strings.LastIndexByte(column, '_')+1:]
	switch {
	case unit == "runtime":
		unit = "minute"
	case unit != "" && strings.Contains(columnUnits, " "+unit+" "):
		unit = unit[:len(unit)-1]
	default:
		unit = ""
	}
	if column != "price" {
		currency = ""
	}
	return measured(HtmlLang(w.lang()), number, currency, unit)
}
