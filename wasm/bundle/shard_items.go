package bundle

import (
	"errors"

	"sparrow/wasm/catalog"
	"sparrow/wasm/retrieval"
	"sparrow/wasm/wire"
)

// Items are those of one cell.
type Items struct {
	Rows   []catalog.Row // [n] in the whole catalog, ascending
	Ties   Sum           // of the compressed lists
	Near   [][]uint16    // [n] the other cells that have what is most like each item, those that have most of it first
	Bundle *Bundle       // their catalog, statistics, and In, Out and Bias of retrieval; no more is there
}

// Ties are the lists of the items of one cell, [n]. Neighbours are places.
type Ties struct {
	Transition        retrieval.Lists
	Profile, Together *retrieval.Lists // nil where the bundle has none
}

// What segments begin with, and their version.
const (
	itemsKey, tiesKey, whereKey = "sparrow cell", "sparrow ties", "sparrow where"

	segmentVersion = 1
)

// segment returns a decoder behind the beginning of data, and how many pairs follow.
func segment(data []byte, key string) (d *decoder, pairs int, err error) {
	d = &decoder{Reader: wire.NewReader(data), length: len(data), bundle: &Bundle{Catalog: new(catalog.Catalog)}}
	pairs = d.Map()
	if got, version := d.Str(), d.Uint(); got != key || version != segmentVersion || d.Err() != nil {
		return nil, 0, errors.New("bundle: this is no segment that begins with " + key + " 1")
	}
	return d, pairs - 1, nil
}

// DecodeItems reads and validates cell c, once decompressed, with the ownership and the bounds of [Decode].
// The caller has compared its sum.
func (s *Shards) DecodeItems(c int, data []byte) (*Items, error) {
	d, pairs, err := segment(data, itemsKey)
	if err != nil {
		return nil, err
	}
	items := &Items{Bundle: d.bundle}
	var rows []byte
	err = d.parts(pairs, []section{
		{"rows", func(d *decoder) { rows = d.Bin() }},
		{"ties", func(d *decoder) {
			if sum := d.Bin(); d.want("sum", len(sum), len(items.Ties)) {
				items.Ties = Sum(sum)
			}
		}},
		{"catalog", func(d *decoder) {
			if d.catalog(); d.Err() == nil {
				d.want("items", d.bundle.Catalog.Len(), int(s.Counts[c]))
				items.Rows = d.ascending("rows", rows, d.bundle.Catalog.Len(), s.Items)
			}
		}},
		{"statistics", (*decoder).statistics},
		{"vectors", (*decoder).vectors},
		{"near", func(d *decoder) { items.Near = d.near(int(s.Counts[c]), len(s.Counts)) }},
	}, 6, nil)
	if err == nil && items.Bundle.Retrieval.Out.Cols != s.Centroids.Cols {
		err = errors.New("vectors: another width than the core's")
	}
	if err != nil {
		return nil, errors.New("bundle: cell: " + err.Error())
	}
	return items, nil
}

// near reads for each of n items some of so many cells.
func (d *decoder) near(n, cells int) [][]uint16 {
	var counts, near []byte
	for range d.Map() {
		switch d.Str() {
		case "counts":
			counts = d.Bin()
		case "cells":
			near = d.Bin()
		default:
			d.Skip()
		}
	}
	return d.members("cells", counts, near, n, cells)
}

// vectors reads of retrieval what an item has of its own.
func (d *decoder) vectors() {
	n, m := d.bundle.Catalog.Len(), &d.bundle.Retrieval
	share, shared := float32(0), false
	for range d.Map() {
		switch d.Str() {
		case "in":
			d.matrix(&m.In, "in")
		case "out":
			d.matrix(&m.Out, "out")
		case "bias":
			m.Bias = d.floats("bias")
		case "share":
			share, shared = float32(d.Float()), true
		default:
			d.Skip()
		}
	}
	if shared {
		d.share(share)
	}
	d.want("in", m.In.Rows, n)
	d.want("out", m.Out.Rows, n)
	d.want("columns of in", m.In.Cols, m.Out.Cols)
	d.want("bias", len(m.Bias), n)
}

// DecodeTies reads and validates the lists of cell c, as [Shards.DecodeItems] does.
func (s *Shards) DecodeTies(c int, data []byte) (*Ties, error) {
	d, pairs, err := segment(data, tiesKey)
	if err != nil {
		return nil, err
	}
	t := &Ties{}
	read := func(d *decoder) *retrieval.Lists {
		return d.listsAmong(int(s.Counts[c]), s.Items, func(string) bool { return false })
	}
	err = d.parts(pairs, []section{
		{"transition", func(d *decoder) {
			if l := read(d); l != nil {
				t.Transition = *l
			}
		}},
		{"profile", func(d *decoder) { t.Profile = read(d) }},
		{"together", func(d *decoder) { t.Together = read(d) }},
	}, 1, nil)
	if err != nil {
		return nil, errors.New("bundle: ties: " + err.Error())
	}
	return t, nil
}

// DecodeWhere reads and validates a bucket: ids, and the cell of each.
func (s *Shards) DecodeWhere(data []byte) (ids []catalog.ID, cell []uint32, err error) {
	d, pairs, err := segment(data, whereKey)
	if err != nil {
		return nil, nil, err
	}
	var numbers, texts, cells []byte
	n := 0
	for range pairs {
		switch d.Str() {
		case "items":
			n = d.items()
		case "numbers":
			numbers = d.Bin()
		case "ids":
			texts = d.Bin()
		case "cell":
			cells = d.Bin()
		default:
			d.Skip()
		}
	}
	cell = d.below("cell", cells, n, s.Centroids.Rows)
	if d.Err() == nil {
		ids = d.ids(numbers, texts, n)
	}
	d.End()
	if d.Err() != nil {
		return nil, nil, errors.New("bundle: where: " + d.Err().Error())
	}
	return ids, cell, nil
}
