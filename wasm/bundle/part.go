//go:build !js

package bundle

import (
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/quant"
	"sparrow/wasm/retrieval"
)

// Part returns the bundle of the items of rows alone, which ascend: item i of it is rows[i]
// of b. Its lists are those between these items. It has the names of all genres, by whose order the ranker
// goes, and of those tags that the items have. It has neither further models and golden answers, which are
// about others, nor cells, nor columns that the owner declared.
func (b *Bundle) Part(rows []catalog.Row) *Bundle {
	of, c := *b, b.Catalog
	of.Meta.Card, of.Pointwise, of.Golden, of.Supplement = "", nil, nil, nil
	of.Catalog = &catalog.Catalog{IDs: pick(c.IDs, rows), Titles: pick(c.Titles, rows), Years: pick(c.Years, rows)}
	of.Catalog.Genres, of.Catalog.GenreNames = pick(c.Genres, rows), c.GenreNames
	of.Catalog.Tags, of.Catalog.TagNames = named(pick(c.Tags, rows), c.TagNames)
	if c.Images != nil || c.ImagePattern != nil {
		of.Catalog.Images = texts(c.Image, rows)
	}
	if c.URLs != nil || c.URLPattern != nil {
		of.Catalog.URLs = texts(c.URL, rows)
	}
	of.Catalog.Index()
	s, m := &b.Statistics, &b.Retrieval
	of.Statistics = feature.Statistics{Count: pick(s.Count, rows), Mean: pick(s.Mean, rows), Stddev: pick(s.Stddev, rows), Trend: pick(s.Trend, rows), AsOf: s.AsOf}
	if s.Rated != nil {
		of.Statistics.Rated = pick(s.Rated, rows)
	}
	of.Retrieval.Out, of.Retrieval.Bias, of.Retrieval.Cells = picked(&m.Out, rows), pick(m.Bias, rows), nil
	if of.Retrieval.In = of.Retrieval.Out; m.Network == nil {
		of.Retrieval.In = picked(&m.In, rows)
	}
	of.Transition = *among(&b.Transition, rows)
	if b.Profile != nil {
		of.Profile = &retrieval.Profile{Lists: *among(&b.Profile.Lists, rows), Gate: b.Profile.Gate}
	}
	if b.Together != nil {
		of.Together = among(b.Together, rows)
	}
	return &of
}

// TiesOf returns the lists of the items of rows, where places, [N], has the place of each item of b.
func (b *Bundle) TiesOf(rows, places []catalog.Row) *Ties {
	t := &Ties{Transition: *listsOf(&b.Transition, rows, places)}
	if b.Profile != nil {
		t.Profile = listsOf(&b.Profile.Lists, rows, places)
	}
	if b.Together != nil {
		t.Together = listsOf(b.Together, rows, places)
	}
	return t
}

func pick[T any](column []T, rows []catalog.Row) []T {
	out := make([]T, len(rows))
	for i, r := range rows {
		out[i] = column[r]
	}
	return out
}

func texts(of func(catalog.Row) string, rows []catalog.Row) []string {
	out := make([]string, len(rows))
	for i, r := range rows {
		out[i] = of(r)
	}
	return out
}

func picked(m *quant.Matrix, rows []catalog.Row) quant.Matrix {
	out := quant.Matrix{Rows: len(rows), Cols: m.Cols, Scale: pick(m.Scale, rows)}
	for _, r := range rows {
		out.Data = append(out.Data, m.Data[int(r)*m.Cols:][:m.Cols]...)
	}
	return out
}

// named returns lists of indices into those of the names alone that they have, in the order
// of names.
func named(lists [][]uint16, names []string) ([][]uint16, []string) {
	at := make([]int, len(names)) // in kept, plus 1
	for _, list := range lists {
		for _, i := range list {
			at[i] = 1
		}
	}
	var kept []string
	for i := range at {
		if at[i] > 0 {
			kept = append(kept, names[i])
			at[i] = len(kept)
		}
	}
	out := make([][]uint16, len(lists))
	for r, list := range lists {
		for _, i := range list {
			out[r] = append(out[r], uint16(at[i]-1))
		}
	}
	return out, kept
}

// listsOf returns the lists of rows with all their neighbours, as places.
func listsOf(l *retrieval.Lists, rows, places []catalog.Row) *retrieval.Lists {
	out := &retrieval.Lists{Start: make([]uint32, 1, len(rows)+1), Scale: pick(l.Scale, rows)}
	for _, r := range rows {
		items, weights, _ := l.Of(r)
		out.Append(pick(places, items), weights)
	}
	return out
}

// among returns the lists of rows with those neighbours that are in rows, as indices into it.
func among(l *retrieval.Lists, rows []catalog.Row) *retrieval.Lists {
	out := &retrieval.Lists{Start: make([]uint32, 1, len(rows)+1), Scale: pick(l.Scale, rows)}
	for _, r := range rows {
		items, weights, _ := l.Of(r)
		var here []catalog.Row
		var weigh []uint8
		for i, item := range items {
			if at, found := slices.BinarySearch(rows, item); found {
				here, weigh = append(here, catalog.Row(at)), append(weigh, weights[i])
			}
		}
		out.Append(here, weigh)
	}
	return out
}
