package ui

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"sparrow/wasm/filter"
	"sparrow/wasm/protocol"
)

// span is a range of a column of numbers, both ends included, as price=5..20 in the address has it.
type span struct {
	column   string
	from, to string // as filters have numbers; "" for no end
	currency string // of both, once the column is known; "" for none
}

// oddities are what the address of a part of the catalogue has that does not narrow it down, or not as it stands
// there.
type oddities struct {
	unread  []string // "from=x"
	span    string   // the column of one of these that is no range
	turned  []string // columns whose larger number stood first
	unknown []string // columns of ranges that the catalog does not have, or that are none of numbers
	strays  []value  // numbers under names that may be of columns, or of what another site adds to addresses
}

// ownParameters are what addresses have under names of their own. A column that is called so stands there as
// "column.from".
var ownParameters = []string{"with", "without", "from", "to", "decade", "least", "most", "is", "sort", "q", "titles"}

const columnMark = "column."

// parameter returns the name under which s stands in an address.
func (s *span) parameter() string {
	if slices.Contains(ownParameters, s.column) || strings.HasPrefix(s.column, columnMark) {
		return columnMark + s.column
	}
	return s.column
}

// readSpans reads the ranges of an address. Two dots tell them from what else an address may have.
func (n *narrowed) readSpans(q url.Values) {
	for _, name := range slices.Sorted(maps.Keys(q)) {
		if slices.Contains(ownParameters, name) {
			continue
		}
		column := strings.TrimPrefix(name, columnMark)
		for _, text := range q[name] {
			s := span{column: column}
			var is bool
			s.from, s.to, is = strings.Cut(text, "..")
			from, fromOK := filter.Decimal(s.from)
			to, toOK := filter.Decimal(s.to)
			known := slices.ContainsFunc(n.spans, func(other span) bool { return other.column == column })
			switch {
			case !is:
				if fromOK && filter.Refuses(column) == "" {
					n.odd.strays = append(n.odd.strays, value{column, text})
				}
			case filter.Refuses(column) != "":
				n.odd.unread = append(n.odd.unread, name+"="+text)
			case known, s.from+s.to == "", s.from != "" && !fromOK, s.to != "" && !toOK:
				n.odd.unread, n.odd.span = append(n.odd.unread, name+"="+text), column
			case fromOK && toOK && from > to:
				s.from, s.to = s.to, s.from
				n.odd.turned = append(n.odd.turned, column)
				fallthrough
			default:
				n.spans = append(n.spans, s)
			}
		}
	}
}

// readRest takes note of what an address has under names of its own that is nothing, and turns ranges round
// whose larger end stands first.
func (n *narrowed) readRest(q url.Values) {
	for _, of := range []struct {
		name string
		read bool
	}{{"from", n.from > 0}, {"to", n.to > 0}, {"decade", atoi(q.Get("decade")) > 0}, {"least", n.least > 0}, {"most", n.most > 0}} {
		if text := q.Get(of.name); text != "" && text != "0" && !of.read {
			n.odd.unread = append(n.odd.unread, of.name+"="+text)
		}
	}
	for _, text := range q["is"] {
		if column, _, ok := strings.Cut(text, "="); !ok || !names(column) {
			n.odd.unread = append(n.odd.unread, "is="+text)
		}
	}
	if n.to > 0 && n.from > n.to {
		n.from, n.to = n.to, n.from
		n.odd.turned = append(n.odd.turned, "year")
	}
	if n.most > 0 && n.least > n.most {
		n.least, n.most = n.most, n.least
		n.odd.turned = append(n.odd.turned, "stars")
	}
}

// names reports whether a filter can name a column so.
func names(column string) bool {
	return column == "genre" || column == "tag" || column == "year" || filter.Refuses(column) == ""
}

// asks returns the columns that n has to know, with commas between; "" for those that the engine chooses, and false for
// none.
func (n *narrowed) asks() (names string, any bool) {
	if byAll {
		return "", true
	}
	all := slices.Clone(byColumns)
	for _, s := range n.spans {
		all = append(all, s.column)
	}
	for _, v := range n.odd.strays {
		all = append(all, v.column)
	}
	return strings.Join(all, ","), len(all) > 0
}

// check leaves out ranges of what is no column of numbers, and takes note of currencies.
func (n *narrowed) check(columns []protocol.Column) {
	var kept []span
	for _, s := range n.spans {
		c := numbers(columns, s.column)
		if c == nil {
			n.odd.unknown = append(n.odd.unknown, s.column)
			continue
		}
		s.currency = currencyOf(c)
		kept = append(kept, s)
	}
	n.spans = kept
	for _, v := range n.odd.strays {
		if numbers(columns, v.column) != nil {
			n.odd.unread, n.odd.span = append(n.odd.unread, v.column+"="+v.text), v.column
		}
	}
	n.odd.strays = nil
}

// numbers returns the column of numbers called so, nil for none.
func numbers(columns []protocol.Column, name string) *protocol.Column {
	for i := range columns {
		if c := &columns[i]; c.Name == name && c.Kind == "number" {
			return c
		}
	}
	return nil
}

// currencyOf returns the one currency of a column of prices, "" where there are none or several.
func currencyOf(c *protocol.Column) string {
	if len(c.Units) != 1 || len(c.Units[0]) != 3 || strings.Trim(c.Units[0], "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return ""
	}
	return c.Units[0]
}

// remarks say what of the address does not narrow the catalogue down as it stands there, and which ranges have no
// item.
func (p *browsePage) remarks(s *store) (all []string) {
	w, n := s.words, &p.by
	say := func(text string, pairs ...string) { all = append(all, fill(text, pairs...)) }
	if len(n.odd.unread) > 0 {
		var clipped []string
		for _, text := range n.odd.unread {
			if letters := []rune(text); len(letters) > mostQuoted {
				text = string(letters[:mostQuoted]) + "…"
			}
			clipped = append(clipped, text)
		}
		say(w.OddAddress, "words", strings.Join(clipped, w.join))
	}
	if n.odd.span != "" {
		say(w.OddSpan, "column", n.odd.span)
	}
	for _, column := range n.odd.turned {
		say(w.OddTurned, "name", w.column(column))
	}
	for _, column := range n.odd.unknown {
		say(w.OddColumn, "name", w.column(column))
	}
	for _, r := range n.spans {
		c := numbers(p.columns, r.column)
		if c == nil || c.Least == "" {
			continue
		}
		if below(r.to, c.Least) || below(c.Most, r.from) {
			say(w.OddOutside, "name", w.column(r.column), "least", w.measured(c.Name, c.Least, r.currency), "most", w.measured(c.Name, c.Most, r.currency))
		}
		if len(c.Units) > 1 {
			say(w.SeveralUnits, "name", w.column(c.Name), "units", strings.Join(c.Units, w.join))
		}
	}
	if st := s.status; st != nil && st.Newest > 0 && (n.from > st.Newest || n.to > 0 && n.to < st.Oldest) {
		say(w.OddOutside, "name", w.column("year"), "least", strconv.Itoa(st.Oldest), "most", strconv.Itoa(st.Newest))
	}
	return all
}

// mostQuoted is how many characters of what was not read are shown.
const mostQuoted = 60

// below reports whether a and b are numbers, and a is the smaller one.
func below(a, b string) bool {
	x, ok := filter.Decimal(a)
	y, both := filter.Decimal(b)
	return ok && both && x < y
}

// span returns what a range is called: "price: €5–€20".
func (w *words) span(s span) string {
	from, to := w.measured(s.column, s.from, s.currency), w.measured(s.column, s.to, s.currency)
	text := from + "–" + to
	switch {
	case s.from == s.to:
		text = from
	case s.from == "":
		text = fill(w.AtMost, "n", to)
	case s.to == "":
		text = fill(w.AtLeast, "n", from)
	}
	return fill(w.ValueOf, "column", w.column(s.column), "value", text)
}

// columnUnits are those that columns have by the last word of their names, which is in the plural: "weight_grams".
const columnUnits = " seconds minutes hours days weeks months years grams kilograms meters centimeters millimeters kilometers liters milliliters "

// measured writes a number of a column as people of the language do, in a currency or in the column's unit.
func (w *words) measured(column, number, currency string) string {
	unit := column[strings.LastIndexByte(column, '_')+1:]
	switch {
	case unit == "runtime":
		unit = "minute"
	case unit != "" && strings.Contains(columnUnits, " "+unit+" "):
		unit = unit[:len(unit)-1]
	default:
		unit = ""
	}
	if number == "" {
		return ""
	}
	return measured(HtmlLang(w.lang()), number, currency, unit)
}
