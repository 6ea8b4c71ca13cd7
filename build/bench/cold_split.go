package main

import (
	"cmp"
	"math/rand/v2"
	"slices"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
	"sparrow/wasm/live"
)

// coldSplit is a data set of which items are held out whole.
type coldSplit struct {
	held    []catalog.Row    // rows of the whole
	known   *dataset.Dataset // the catalog is whole; no one did anything with what is held out
	without *dataset.Dataset // the catalog lacks it, too
	fresh   []live.New       // what is held out, as a live overlay brings it

	readers [][]int               // [N] who chose each item
	others  []map[catalog.ID]bool // [U] what each user chose of known
}

// splitCold holds out a share of the items that have enough readers, drawn by lot: part 0, 1,
// … have no item in common, and all together as many as share allows.
func splitCold(d *dataset.Dataset, share float64, part int) *coldSplit {
	rng := rand.New(rand.NewPCG(1, 0x636f6c64))
	x := &coldSplit{readers: make([][]int, d.Catalog.Len()), others: make([]map[catalog.ID]bool, len(d.Users))}
	for u := range d.Users {
		for _, i := range d.Of(u) {
			if chosen(i) {
				x.readers[i.Row] = append(x.readers[i.Row], u)
			}
		}
	}
	held := make([]bool, len(x.readers))
	for r, of := range x.readers {
		if held[r] = len(of) >= coldReaders && int(rng.Float64()/share) == part; held[r] {
			x.held = append(x.held, catalog.Row(r))
			x.fresh = append(x.fresh, asNew(d.Catalog, r))
		}
	}
	x.known = without(d, func(_ int, r catalog.Row) bool { return held[r] })
	x.without = withoutItems(x.known, held)
	for u := range x.others {
		x.others[u] = map[catalog.ID]bool{}
		for _, i := range x.known.Of(u) {
			if chosen(i) {
				x.others[u][d.Catalog.IDs[i.Row]] = true
			}
		}
	}
	return x
}

// chosen reports whether i says that its user likes the item, be it by a view.
func chosen(i dataset.Interaction) bool { return i.InProfile() && i.Target() > 0 }

// hit returns the chance that list has another item of a reader of item, where each reader
// and each of their items is as likely as the next.
func (x *coldSplit) hit(item catalog.Row, list []catalog.ID) float64 {
	sum, readers := 0.0, 0
	for _, u := range x.readers[item] {
		if len(x.others[u]) == 0 {
			continue
		}
		readers++
		for _, id := range list {
			if x.others[u][id] {
				sum += 1 / float64(len(x.others[u]))
			}
		}
	}
	return sum / float64(max(1, readers))
}

// asNew returns row r of c as a live overlay tells of a new item.
func asNew(c *catalog.Catalog, r int) live.New {
	n := live.New{ID: c.IDs[r], Title: c.Titles[r], Year: int(c.Years[r])}
	for _, g := range c.Genres[r] {
		n.Genres = append(n.Genres, c.GenreNames[g])
	}
	for _, t := range c.Tags[r] {
		n.Tags = append(n.Tags, c.TagNames[t])
	}
	return n
}

// withoutItems returns d, in which no one did anything with what is held, without these
// items, and without baskets.
func withoutItems(d *dataset.Dataset, held []bool) *dataset.Dataset {
	from := d.Catalog
	c := &catalog.Catalog{GenreNames: from.GenreNames, TagNames: from.TagNames}
	row := make([]catalog.Row, len(held))
	for r, gone := range held {
		if gone {
			continue
		}
		row[r] = catalog.Row(c.Len())
		c.IDs, c.Titles, c.Years = append(c.IDs, from.IDs[r]), append(c.Titles, from.Titles[r]), append(c.Years, from.Years[r])
		c.Genres, c.Tags = append(c.Genres, from.Genres[r]), append(c.Tags, from.Tags[r])
	}
	c.Index()
	lists := make([][]dataset.Interaction, len(d.Users))
	for u := range d.Users {
		for _, i := range d.Of(u) {
			i.Row = row[i.Row]
			lists[u] = append(lists[u], i)
		}
	}
	none := *d
	none.Catalog, none.Bought, none.BoughtEnd = c, nil, nil
	none.Users, none.Interactions, none.Start, none.End = nil, nil, nil, nil
	return none.Join(d.Users, lists)
}

// descending returns the rows of values, the largest first, ties by row.
func descending(values []float64) []int {
	rows := make([]int, len(values))
	for r := range rows {
		rows[r] = r
	}
	slices.SortStableFunc(rows, func(a, b int) int { return cmp.Compare(values[b], values[a]) })
	return rows
}
