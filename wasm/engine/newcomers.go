package engine

import (
	"sparrow/wasm/attribute"
	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/live"
	"sparrow/wasm/quant"
	"sparrow/wasm/retrieval"
)

// renew has the engine answer from its bundle and the new items of o, and says what of these
// does nothing. Where these are those of the overlay before, nothing is made again.
func (e *Engine) renew(o *live.Overlay) (remarks live.Remarks) {
	var fresh []*live.New
	for i := range o.New {
		if n := &o.New[i]; e.known(n.ID) {
			remarks.On("new", string(n.ID), ": the bundle has this item; what it says stays")
		} else {
			fresh = append(fresh, n)
		}
	}
	if !sameNew(fresh, e.fresh) {
		var said live.Remarks
		if len(fresh) == 0 {
			e.become(e.base)
		} else {
			e.become(e.grown(fresh, &said))
			e.settle(fresh, &said)
		}
		e.fresh, e.freshSaid = fresh, said
	}
	remarks.Append(e.freshSaid)
	return remarks
}

// sameNew reports whether two documents have the same new items, in the same words.
func sameNew(a, b []*live.New) bool {
	same := len(a) == len(b)
	for i := 0; same && i < len(a); i++ {
		same = a[i].ID == b[i].ID && a[i].Written == b[i].Written && a[i].Written != ""
	}
	return same
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
func (e *Engine) grown(fresh []*live.New, remarks *live.Remarks) *bundle.Bundle {
	b, more := *e.base, len(fresh)
	b.Golden, b.Catalog = nil, e.catalogWith(fresh, remarks)
	s := &b.Statistics
	s.Count = longer(s.Count, more)
	for _, column := range []*[]float32{&s.Mean, &s.Stddev, &s.Trend, &b.Retrieval.Bias} {
		*column = longer(*column, more)
	}
	if s.Rated != nil {
		s.Rated = longer(s.Rated, more)
	}
	m := &b.Retrieval
	m.Cells = nil // a search goes through all items while there are new ones
	m.Out = taller(&m.Out, more)
	if m.Network != nil {
		m.In = m.Out // one table
	} else {
		m.In = taller(&m.In, more)
	}
	lengthen(&b.Transition, more)
	if b.Profile != nil {
		p := *b.Profile
		lengthen(&p.Lists, more)
		b.Profile = &p
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

// lengthen gives l empty lists of more items.
func lengthen(l *retrieval.Lists, more int) {
	l.Scale, l.Start = longer(l.Scale, more), longer(l.Start, more)
	for i := range more {
		l.Start[len(l.Start)-1-i] = uint32(len(l.Items))
	}
}

// catalogWith returns the bundle's catalog with fresh items behind its own, without the
// addresses, which [Engine.Addresses] has.
func (e *Engine) catalogWith(fresh []*live.New, remarks *live.Remarks) *catalog.Catalog {
	own, more := e.base.Catalog, len(fresh)
	n := own.Len()
	c := new(catalog.Catalog)
	c.IDs, c.Titles, c.Years = longer(own.IDs, more), longer(own.Titles, more), longer(own.Years, more)
	c.Genres, c.Tags = longer(own.Genres, more), longer(own.Tags, more)
	c.GenreNames, c.TagNames, c.Attributes = own.GenreNames, own.TagNames, make([]attribute.Column, len(own.Attributes))
	for i := range own.Attributes {
		own.Attributes[i].Grow(&c.Attributes[i], n, more)
	}
	genres, tags := newLabels(own.GenreNames), newLabels(own.TagNames)
	for i, item := range fresh {
		r := n + i
		for _, g := range genres.find(item, "genres", item.Genres, "", remarks) {
			c.Genres[r] = append(c.Genres[r], uint8(g))
		}
		for _, t := range tags.find(item, "tags", item.Tags, item.Text, remarks) {
			c.Tags[r] = append(c.Tags[r], uint16(t))
		}
		c.IDs[r], c.Titles[r], c.Years[r] = item.ID, item.Title, int16(item.Year)
	}
	c.Index()
	return c
}
