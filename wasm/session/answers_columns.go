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
// that Query names, in its order, or all of numbers, all of yes and no, and the first ones of texts and lists whose
// values several items share.
func (s *Session) columns(a *protocol.Answer, q *protocol.Request) {
	if q.Query == "" {
		left := mostOffered
		for i := range s.catalog.Attributes {
			s.column(a, &s.catalog.Attributes[i], q.K, &left)
		}
		return
	}
	for begin, i := 0, 0; i <= len(q.Query); i++ {
		if i < len(q.Query) && q.Query[i] != ',' {
			continue
		}
		for k := range s.catalog.Attributes {
			if c := &s.catalog.Attributes[k]; c.Name == q.Query[begin:i] {
				s.column(a, c, q.K, nil)
			}
		}
		begin = i + 1
	}
}

// column adds what c says to a, with at most k values. left is how many columns of texts and lists that are
// not asked for by name may still come; nil for one that is.
func (s *Session) column(a *protocol.Answer, c *attribute.Column, k int, left *int) {
	counts := countsOf(c, s.catalog.Len())
	textual := c.Kind == attribute.Text || c.Kind == attribute.List
	if textual && left != nil {
		if *left == 0 || !tells(c, counts) {
			return
		}
		*left--
	}
	add := func(text string) { a.Values = append(a.Values, protocol.Value{Column: c.Name, Text: text}) }
	add(c.Kind.String())
	a.Values[len(a.Values)-1].Listed = true
	switch {
	case textual:
		order := vec.Sorted(len(counts), func(a, b int32) bool { return counts[a] > counts[b] || counts[a] == counts[b] && a < b })
		for _, i := range order[:min(k, len(order))] {
			if counts[i] > 0 {
				add(c.Texts.At(int(i)))
			}
		}
	case c.Kind == attribute.Number:
		first, last := 0, len(counts)-1 // of the values, which ascend
		for first <= last && counts[first] == 0 {
			first++
		}
		for first <= last && counts[last] == 0 {
			last--
		}
		if first > last {
			return
		}
		add(decimal(c.Numbers.At(first)))
		add(decimal(c.Numbers.At(last)))
		if c.Name == "price" {
			for _, currency := range s.currencies() {
				add(currency)
			}
		}
	}
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
