// Package overlay makes a live overlay of a catalog: of what its columns say of stock and
// prices, and of what it has that a bundle does not.
package overlay

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"sparrow/build/plural"
	"sparrow/wasm/attribute"
	"sparrow/wasm/catalog"
	"sparrow/wasm/live"
)

// Options say how an overlay is made.
type Options struct {
	Bundle      *catalog.Catalog // what is trained; nil where that is not known
	HideMissing bool             // items of the bundle that the catalog lacks
}

// Made is what an overlay was made of.
type Made struct {
	Overlay *live.Overlay `json:"-"`

	Items   int `json:"items"`    // of the catalog
	SoldOut int `json:"sold_out"` // of them
	Hidden  int `json:"hidden"`
	Changed int `json:"changed"` // that have another title, picture or page than in the bundle
	New     int `json:"new"`
	Missing int `json:"missing"` // items of the bundle that the catalog lacks

	Lines []string `json:"-"` // what was understood, and what was not used
}

// mostNew is how many new items an overlay may have.
const mostNew = 1000

// Of makes an overlay of items, which were read with [Columns]. What the bundle says already
// is left out.
func Of(items *catalog.Catalog, o Options) *Made {
	r, lines := readingOf(items)
	m := &Made{Overlay: new(live.Overlay), Items: items.Len(), Lines: lines}
	if len(r.of) == 0 {
		m.say("no column tells stock, price or what is hidden; names that are known: %s", names())
	}
	long, late := 0, 0
	for i, id := range items.IDs {
		if len(id) > 200 {
			long++
			continue
		}
		item := live.Item{ID: id}
		row := catalog.None
		if o.Bundle != nil {
			if at, ok := o.Bundle.Row(id); ok {
				row = at
				m.compare(&item, items, catalog.Row(i), o.Bundle, row)
			} else if m.New == mostNew {
				late++
				continue
			} else {
				m.New++
				m.Overlay.New = append(m.Overlay.New, newOf(items, catalog.Row(i)))
			}
		}
		m.now(&item, &r, i, o.Bundle, row)
		if item != (live.Item{ID: id}) {
			m.Overlay.Items = append(m.Overlay.Items, item)
		}
	}
	m.missing(items, o)
	slices.SortFunc(m.Overlay.Items, func(a, b live.Item) int { return strings.Compare(string(a.ID), string(b.ID)) })
	slices.SortFunc(m.Overlay.New, func(a, b live.New) int { return strings.Compare(string(a.ID), string(b.ID)) })
	if long > 0 {
		m.say("%s left out: ids of more than 200 bytes", plural.Of(long, "item"))
	}
	if late > 0 {
		m.say("%s left out: an overlay has at most %d; make a bundle with them", plural.Of(late, "more new item"), mostNew)
	}
	for _, text := range slices.Sorted(maps.Keys(r.unknown)) {
		m.say("column %s: %q on %s says neither that there are some nor that there are none; these stay as they are", r.of[available].Name, text, plural.Of(r.unknown[text], "item"))
	}
	return m
}

func (m *Made) say(format string, args ...any) {
	m.Lines = append(m.Lines, fmt.Sprintf(format, args...))
}

func names() string {
	all := make([]string, len(known))
	for i, k := range known {
		all[i] = k.name
	}
	return strings.Join(all, ", ")
}

// now fills in what the columns say of the i-th item, which has a row in a bundle, or None.
func (m *Made) now(item *live.Item, r *reading, i int, b *catalog.Catalog, row catalog.Row) {
	n, counted := r.number(stock, i)
	some, said := r.some(i)
	switch {
	case counted && said && !some:
		n = min(n, 0) // not for sale, however many there are
	case !counted && said:
		n, counted = 0, true
		if some {
			n = 1
		}
	}
	if counted && (n <= 0 || !trained(b, row, n)) {
		item.Stock = live.Amount{Value: n, Known: true}
	}
	if counted && n <= 0 {
		m.SoldOut++
	}
	if v, ok := r.number(price, i); ok && v >= 0 && !same(column(b, "price", attribute.Number), row, v) {
		item.Price = live.Amount{Value: v, Known: true}
		if c := strings.ToUpper(r.text(currency, i)); len(c) == 3 && strings.Trim(c, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
			item.Currency = c
		}
	}
	off, _ := r.yes(hidden, i)
	if on, ok := r.yes(published, i); ok && !on {
		off = true
	}
	if item.Hidden = off; off {
		m.Hidden++
	}
}

// trained reports whether the columns of a bundle say already that there are n of an item,
// or where they do not count, that there are some.
func trained(b *catalog.Catalog, row catalog.Row, n float64) bool {
	if c := column(b, "stock", attribute.Number); c != nil && !same(c, row, n) {
		return false
	}
	if c := column(b, "in_stock", attribute.Bool); c != nil {
		yes, ok := yesOf(c, int(row))
		return ok && yes
	}
	return row != catalog.None
}

// column returns the column of a bundle of that name and kind, nil for none.
func column(b *catalog.Catalog, name string, kind attribute.Kind) *attribute.Column {
	if b == nil {
		return nil
	}
	for i := range b.Attributes {
		if c := &b.Attributes[i]; c.Name == name && c.Kind == kind {
			return c
		}
	}
	return nil
}

// same reports whether an item has a number in a column.
func same(c *attribute.Column, row catalog.Row, v float64) bool {
	if c == nil || row == catalog.None {
		return false
	}
	own, ok := numberOf(c, int(row))
	return ok && own == v
}

// compare fills in which title, picture and page the i-th item has that the bundle has not.
func (m *Made) compare(item *live.Item, items *catalog.Catalog, i catalog.Row, b *catalog.Catalog, row catalog.Row) {
	if t := items.Titles[i]; t != b.Titles[row] && len(t) <= 500 {
		item.Title = t
	}
	if a := items.Image(i); a != b.Image(row) {
		item.Image = a
	}
	if a := items.URL(i); a != b.URL(row) {
		item.URL = a
	}
	if item.Title != "" || item.Image != "" || item.URL != "" {
		m.Changed++
	}
}

// newOf returns the i-th item as a new one.
func newOf(items *catalog.Catalog, i catalog.Row) live.New {
	n := live.New{ID: items.IDs[i], Title: items.Titles[i], Year: int(items.Years[i]), Image: items.Image(i), URL: items.URL(i)}
	if len(n.Title) > 500 {
		n.Title = strings.ToValidUTF8(n.Title[:500], "")
	}
	for _, g := range items.Genres[i] {
		n.Genres = append(n.Genres, items.GenreNames[g])
	}
	for _, t := range items.Tags[i] {
		n.Tags = append(n.Tags, items.TagNames[t])
	}
	n.Genres, n.Tags = n.Genres[:min(len(n.Genres), 32)], n.Tags[:min(len(n.Tags), 32)]
	return n
}

// missing counts the items of the bundle that the catalog lacks, and hides them where that is
// asked for.
func (m *Made) missing(items *catalog.Catalog, o Options) {
	if o.Bundle == nil {
		return
	}
	for _, id := range o.Bundle.IDs {
		if _, ok := items.Row(id); ok {
			continue
		}
		if m.Missing++; o.HideMissing {
			m.Overlay.Items = append(m.Overlay.Items, live.Item{ID: id, Hidden: true})
		}
	}
	if m.Missing > 0 && !o.HideMissing {
		m.say("%s of the bundle not in the catalog, and shown as before; --missing hide keeps them from lists", plural.Of(m.Missing, "item"))
	}
}
