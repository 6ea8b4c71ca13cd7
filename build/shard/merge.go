package shard

import (
	"errors"
	"slices"

	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/quant"
	"sparrow/wasm/retrieval"
)

// here is an item that is here: row at of a cell's bundle, or of the core's.
type here struct {
	row   catalog.Row // of the whole catalog
	place catalog.Row
	cell  int // -1 for the core
	at    catalog.Row
	from  *bundle.Bundle
}

// Bundle returns the bundle of all items that are here, in the order of the whole catalog, so that an
// [sparrow/wasm/engine.Engine] answers from them. An item scores in retrieval as it does in the whole bundle.
// Features of the ranker that set an item in proportion to all see those that are here.
func (s *Store) Bundle() (*bundle.Bundle, error) {
	places := s.places()
	rows := make(map[catalog.Row]catalog.Row, len(places)) // of b, by place
	for i, p := range places {
		rows[p.place] = catalog.Row(i)
	}
	b := *s.core
	b.Catalog = &catalog.Catalog{GenreNames: s.core.Catalog.GenreNames}
	statistics, m := &b.Statistics, &b.Retrieval
	statistics.Count, statistics.Mean, statistics.Stddev, statistics.Trend, statistics.Rated = nil, nil, nil, nil, nil
	m.Out, m.Bias, m.In = quant.Matrix{Cols: m.Out.Cols}, nil, quant.Matrix{Cols: m.In.Cols}
	rated, images, urls := false, false, false
	for _, p := range places {
		rated = rated || p.from.Statistics.Rated != nil
		images = images || p.from.Catalog.Images != nil || p.from.Catalog.ImagePattern != nil
		urls = urls || p.from.Catalog.URLs != nil || p.from.Catalog.URLPattern != nil
	}
	tags := newTags(b.Catalog)
	for _, p := range places {
		c, from, at := b.Catalog, p.from.Catalog, p.at
		if !slices.Equal(from.GenreNames, c.GenreNames) {
			return nil, errors.New("shard: a cell has other genres than the core: they are of two bundles")
		}
		c.IDs, c.Titles, c.Years = append(c.IDs, from.IDs[at]), append(c.Titles, from.Titles[at]), append(c.Years, from.Years[at])
		c.Genres, c.Tags = append(c.Genres, from.Genres[at]), append(c.Tags, tags.of(from, at))
		if images {
			c.Images = append(c.Images, from.Image(at))
		}
		if urls {
			c.URLs = append(c.URLs, from.URL(at))
		}
		of := &p.from.Statistics
		statistics.Count, statistics.Mean = append(statistics.Count, of.Count[at]), append(statistics.Mean, of.Mean[at])
		statistics.Stddev, statistics.Trend = append(statistics.Stddev, of.Stddev[at]), append(statistics.Trend, of.Trend[at])
		if rated {
			statistics.Rated = append(statistics.Rated, of.Ratings(int(at)))
		}
		m.Bias = append(m.Bias, p.from.Retrieval.Bias[at])
		addRow(&m.Out, &p.from.Retrieval.Out, int(at))
		addRow(&m.In, &p.from.Retrieval.In, int(at))
	}
	if len(b.Catalog.TagNames) > 65535 {
		return nil, errors.New("shard: more than 65,535 tags: the cells are of two bundles")
	}
	if m.Network != nil {
		m.In = m.Out
	}
	b.Catalog.Index()
	if b.Catalog.Twice() != catalog.None {
		return nil, errors.New("shard: two cells have an item of one id: they are of two bundles")
	}
	b.Transition = *s.lists(places, rows, func(t *bundle.Ties) *retrieval.Lists { return &t.Transition })
	if p := s.core.Profile; p != nil {
		b.Profile = &retrieval.Profile{Gate: p.Gate, Lists: *s.lists(places, rows, func(t *bundle.Ties) *retrieval.Lists { return t.Profile })}
	}
	if s.core.Together != nil {
		b.Together = s.lists(places, rows, func(t *bundle.Ties) *retrieval.Lists { return t.Together })
	}
	return &b, nil
}

// places returns all items that are here by their rows, each once.
func (s *Store) places() []here {
	var all []here
	for i, r := range s.shards.Rows {
		all = append(all, here{r, s.shards.Places[i], -1, catalog.Row(i), s.core})
	}
	for c, of := range s.cells {
		for i, r := range of.Rows {
			all = append(all, here{r, catalog.Row(s.shards.First(c) + i), c, catalog.Row(i), of.Bundle})
		}
	}
	slices.SortFunc(all, func(a, b here) int {
		if a.row != b.row {
			return int(a.row) - int(b.row)
		}
		return b.cell - a.cell // the cell's before the core's, which has no lists
	})
	return slices.CompactFunc(all, func(a, b here) bool { return a.row == b.row })
}

func addRow(dst, from *quant.Matrix, at int) {
	row, scale := from.Row(at)
	dst.Rows++
	dst.Data, dst.Scale = append(dst.Data, row...), append(dst.Scale, scale)
}

// lists returns the lists of all places, with those neighbours that are here: empty ones where those of a cell
// were not fetched.
func (s *Store) lists(places []here, rows map[catalog.Row]catalog.Row, of func(*bundle.Ties) *retrieval.Lists) *retrieval.Lists {
	l := &retrieval.Lists{Start: make([]uint32, 1, len(places)+1)}
	for _, p := range places {
		var items []catalog.Row
		var weights []uint8
		scale := float32(0)
		if t := s.ties[p.cell]; t != nil && of(t) != nil {
			among, weigh, of := of(t).Of(p.at)
			for i, item := range among {
				if at, known := rows[item]; known {
					items, weights = append(items, at), append(weights, weigh[i])
				}
			}
			scale = of
		}
		l.Append(items, weights)
		l.Scale = append(l.Scale, scale)
	}
	return l
}

// tagNames give the tags of all cells one list of names.
type tagNames struct {
	c  *catalog.Catalog // whose names grow
	at map[string]uint16
}

func newTags(c *catalog.Catalog) tagNames { return tagNames{c, map[string]uint16{}} }

func (t tagNames) of(from *catalog.Catalog, r catalog.Row) []uint16 {
	var out []uint16
	for _, i := range from.Tags[r] {
		name := from.TagNames[i]
		at, known := t.at[name]
		if !known {
			at = uint16(len(t.c.TagNames))
			t.at[name] = at
			t.c.TagNames = append(t.c.TagNames, name)
		}
		out = append(out, at)
	}
	return out
}
