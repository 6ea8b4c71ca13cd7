package engine

import (
	"slices"

	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/live"
	"sparrow/wasm/quant"
	"sparrow/wasm/retrieval"
)

// newcomers are the new items of an overlay, whose rows follow those of the bundle.
type newcomers struct {
	items   []*live.New
	remarks live.Remarks // on them
}

// renew has the engine answer from its bundle and the new items of o, and says what of these
// does nothing. Where these are those
// of the overlay before, nothing is made again.
func (e *Engine) renew(o *live.Overlay) (remarks live.Remarks) {
	var fresh newcomers
	for i := range o.New {
		if n := &o.New[i]; e.known(n.ID) {
			remarks.Add("new " + quoted(string(n.ID)) + ": the bundle has this item; what it says stays")
		} else {
			fresh.items = append(fresh.items, n)
		}
	}
	switch {
	case slices.EqualFunc(fresh.items, e.fresh.items, (*live.New).Equal):
		fresh.remarks = e.fresh.remarks
	case len(fresh.items) == 0:
		e.become(e.base)
	default:
		e.become(e.grown(&fresh))
		e.settle(&fresh)
	}
	e.fresh = fresh
	remarks.Append(fresh.remarks)
	return remarks
}

// known reports whether the bundle itself has an item.
func (e *Engine) known(id catalog.ID) bool {
	_, ok := e.base.Catalog.Row(id)
	return ok
}

// become makes e the engine of b, which is its bundle with new items or without, and keeps
// what it was given.
func (e *Engine) become(b *bundle.Bundle) {
	made := engineOf(b, e.newest)
	made.base, made.clock, made.newPointwise = e.base, e.clock, e.newPointwise
	*e = *made
}

// grown returns the bundle with fresh items behind its own, which no one knows yet, and whose
// vectors are 0.
func (e *Engine) grown(fresh *newcomers) *bundle.Bundle {
	b, more := *e.base, len(fresh.items)
	b.Golden, b.Catalog = nil, e.catalogWith(fresh)
	s := &b.Statistics
	s.Count, s.Mean, s.Stddev, s.Trend = longer(s.Count, more), longer(s.Mean, more), longer(s.Stddev, more), longer(s.Trend, more)
	if s.Rated != nil {
		s.Rated = longer(s.Rated, more)
	}
	m := &b.Retrieval
	m.Out, m.Bias = taller(&m.Out, more), longer(m.Bias, more)
	if m.Network != nil {
		m.In = m.Out // one table
	} else {
		m.In = taller(&m.In, more)
	}
	b.Transition = listsWith(b.Transition, more)
	if p := b.Profile; p != nil {
		b.Profile = &retrieval.Profile{Lists: listsWith(p.Lists, more), Gate: p.Gate}
	}
	return &b
}

// longer returns list with more zeros behind it, in memory of its own.
func longer[T any](list []T, more int) []T {
	n := len(list)
	return append(list[:n:n], make([]T, more)...)
}

// taller returns m with more rows of zeros.
func taller(m *quant.Matrix, more int) quant.Matrix {
	return quant.Matrix{Rows: m.Rows + more, Cols: m.Cols, Data: longer(m.Data, more*m.Cols), Scale: longer(m.Scale, more)}
}

// listsWith returns l with empty lists of more items.
func listsWith(l retrieval.Lists, more int) retrieval.Lists {
	l.Scale, l.Start = longer(l.Scale, more), longer(l.Start, more)
	for i := range more {
		l.Start[len(l.Start)-1-i] = uint32(len(l.Items))
	}
	return l
}

// catalogWith returns the bundle's catalog with fresh items behind its own, without the
// addresses, which [Engine.Addresses] has.
func (e *Engine) catalogWith(fresh *newcomers) *catalog.Catalog {
	own := e.base.Catalog
	n := own.Len()
	c := &catalog.Catalog{
		IDs: own.IDs[:n:n], Titles: own.Titles[:n:n], Years: own.Years[:n:n], Genres: own.Genres[:n:n], Tags: own.Tags[:n:n],
		GenreNames: own.GenreNames, TagNames: own.TagNames,
	}
	for i := range own.Attributes {
		c.Attributes = append(c.Attributes, own.Attributes[i].Grown(n, len(fresh.items)))
	}
	genres, tags := newLabels(own.GenreNames), newLabels(own.TagNames)
	for _, item := range fresh.items {
		var g []uint8
		for _, i := range genres.find(item, "genres", item.Genres, &fresh.remarks) {
			g = append(g, uint8(i))
		}
		var t []uint16
		for _, i := range tags.mentioned(tags.find(item, "tags", item.Tags, &fresh.remarks), item.Text) {
			t = append(t, uint16(i))
		}
		c.IDs, c.Titles, c.Years = append(c.IDs, item.ID), append(c.Titles, item.Title), append(c.Years, int16(item.Year))
		c.Genres, c.Tags = append(c.Genres, g), append(c.Tags, t)
	}
	c.Index()
	return c
}
