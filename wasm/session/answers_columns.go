package session

import (
	"slices"
	"strconv"

	"sparrow/wasm/attribute"
	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
	"sparrow/wasm/vec"
)

// mostOffered is how many columns of texts and lists visitors narrow the catalogue down by where its
// owner does not say by which: the first ones.
const mostOffered = 8

// columns answers with what the catalogue can be narrowed down by beside genres and years: the columns
// that Query names, or all of numbers, all of yes and no, and the first ones of texts and lists whose
// values several items share.
func (s *Session) columns(a *protocol.Answer, q *protocol.Request) {
	var all []protocol.Column
	offered := 0
	for i := range s.catalog.Attributes {
		c := &s.catalog.Attributes[i]
		if q.Query != "" && !namesColumn(q.Query, c.Name) {
			continue
		}
		counts := countsOf(c, s.catalog.Len())
		if textual := c.Kind == attribute.Text || c.Kind == attribute.List; textual && q.Query == "" {
			if offered == mostOffered || !tells(c, counts) {
				continue
			}
			offered++
		}
		all = append(all, s.column(c, counts, q.K))
	}
	a.Bytes = protocol.AppendColumns(nil, all)
}

// column says of c what visitors narrow the catalogue down by; counts is how many items have each value, [V].
func (s *Session) column(c *attribute.Column, counts []int, most int) protocol.Column {
	out := protocol.Column{Name: c.Name, Kind: c.Kind.String()}
	switch c.Kind {
	case attribute.Bool:
	case attribute.Number:
		first, last := -1, -1 // of the values, which ascend
		for k, n := range counts {
			if n > 0 && first < 0 {
				first = k
			}
			if n > 0 {
				last = k
			}
		}
		if last >= 0 {
			out.Least, out.Most = decimal(c.Numbers.At(first)), decimal(c.Numbers.At(last))
		}
		if c.Name == "price" {
			out.Units = s.currencies()
		}
	default:
		order := vec.Sorted(len(counts), func(a, b int32) bool { return counts[a] > counts[b] || counts[a] == counts[b] && a < b })
		for _, k := range order[:min(most, len(order))] {
			if counts[k] > 0 {
				out.Values = append(out.Values, c.Texts.At(int(k)))
			}
		}
	}
	return out
}

// decimal writes a number as filters do.
func decimal(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// countsOf returns how many of n items have each value of a column, [V].
func countsOf(c *attribute.Column, n int) []int {
	if c.Kind == attribute.List {
		n = 0
		for _, k := range c.Counts {
			n += int(k)
		}
	}
	counts := make([]int, c.Distinct())
	for _, code := range c.Between(0, n) {
		counts[code-1]++
	}
	return counts
}

// tells reports whether a column of texts tells items apart from others: it says what an item is, and there are
// at most half as many values as items with one, counts of each, [V].
func tells(c *attribute.Column, counts []int) bool {
	have := 0
	for _, n := range counts {
		have += n
	}
	return named(c) && len(counts) > 1 && 2*len(counts) <= have
}

// currencies returns those of all prices, ascending, "" among them where one has none.
func (s *Session) currencies() (all []string) {
	for r := range s.catalog.Len() {
		if _, currency, known := s.engine.Price(catalog.Row(r)); known && !slices.Contains(all, currency) {
			all = append(all, currency)
		}
	}
	slices.Sort(all)
	return all
}

// namesColumn reports whether names, which have commas between, have that of a column.
func namesColumn(names, column string) bool {
	for begin, i := 0, 0; i <= len(names); i++ {
		if i == len(names) || names[i] == ',' {
			if names[begin:i] == column {
				return true
			}
			begin = i + 1
		}
	}
	return false
}
