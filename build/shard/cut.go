package shard

import (
	"bytes"
	"cmp"
	"compress/flate"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"

	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/retrieval"
)

// Options say how a bundle is divided; 0 takes what suits the catalog.
type Options struct {
	Core  int // items of the core, those that most people know
	Cells int // as many as can be filled
}

// inCore and inBucket are how many items the core has by default, and a bucket of where; perCell
// is how many a cell has on average. The README of this folder has the figures.
const (
	inCore   = 500
	perCell  = 100
	inBucket = 1000
)

// Files are a bundle in shards.
type Files struct {
	Core    []byte
	Cells   []byte
	Dropped []string // what of the bundle is in neither
}

// Cut divides b.
func Cut(b *bundle.Bundle, o Options) (*Files, error) {
	if b.Supplement != nil {
		return nil, errors.New("shard: the second file of the bundle is not in it: put it beside the first one")
	}
	n := b.Catalog.Len()
	if o.Core == 0 {
		o.Core = inCore
	}
	if o.Cells == 0 {
		o.Cells = max(1, n/perCell)
	}
	if o.Cells > bundle.MostCells {
		return nil, fmt.Errorf("shard: %d cells, of which there can be %d: take fewer", o.Cells, bundle.MostCells)
	}
	cells := divide(&b.Retrieval, o.Cells)
	if cells == nil {
		return nil, errors.New("shard: all items score the same, so that nothing tells cells apart: train on more interactions")
	}
	rows := known(b, min(o.Core, n))
	s := &bundle.Shards{Items: n, Rows: rows, Centroids: cells.Centroids, Bias: cells.Bias}
	like := near(&b.Retrieval, cells)
	f := &Files{Dropped: dropped(b)}
	var ties []uint32
	of, places := make([]uint32, n), make([]catalog.Row, n)
	for place, r := range cells.Rows {
		places[r] = catalog.Row(place)
	}
	for c := range cells.Bias {
		in := cells.Rows[cells.Start[c]:cells.Start[c+1]]
		for _, r := range in {
			of[r] = uint32(c)
		}
		s.Counts = append(s.Counts, uint32(len(in)))
		lists, err := bundle.EncodeTies(b.TiesOf(in, places), len(in))
		if err != nil {
			return nil, err
		}
		packed, sum := pack(lists)
		items, err := bundle.EncodeItems(&bundle.Items{Rows: in, Ties: sum, Near: nearOf(like, in), Bundle: b.Part(in)})
		if err != nil {
			return nil, err
		}
		s.Cells = append(s.Cells, f.add(pack(items)))
		ties = append(ties, uint32(len(packed)))
		f.Cells = append(f.Cells, packed...)
	}
	for _, r := range rows {
		s.Places = append(s.Places, places[r])
	}
	if err := f.where(b.Catalog, s, of); err != nil {
		return nil, err
	}
	var err error
	f.Core, err = bundle.EncodeShards(unrelated(b.Part(rows)), s, ties)
	return f, err
}

// unrelated empties the lists of a core, which would be half of it: those of an item that someone likes come with its cell.
func unrelated(core *bundle.Bundle) *bundle.Bundle {
	n := core.Catalog.Len()
	empty := retrieval.Lists{Start: make([]uint32, n+1), Scale: make([]float32, n)}
	core.Transition, core.First = empty, 0
	if core.Profile != nil {
		core.Profile.Lists = empty
	}
	if core.Together != nil {
		core.Together = &empty
	}
	return core
}

func nearOf(like [][]uint16, rows []catalog.Row) [][]uint16 {
	out := make([][]uint16, len(rows))
	for i, r := range rows {
		out[i] = like[r]
	}
	return out
}

// add appends a segment.
func (f *Files) add(packed []byte, sum bundle.Sum) bundle.Segment {
	at := len(f.Cells)
	f.Cells = append(f.Cells, packed...)
	return bundle.Segment{Offset: at, Bytes: len(packed), Sum: sum}
}

// where appends the buckets, which say in which cell each item is.
func (f *Files) where(c *catalog.Catalog, s *bundle.Shards, of []uint32) error {
	n := (c.Len() + inBucket - 1) / inBucket
	ids, cell := make([][]catalog.ID, n), make([][]uint32, n)
	for r, id := range c.IDs {
		at := bundle.Bucket(id, n)
		ids[at], cell[at] = append(ids[at], id), append(cell[at], of[r])
	}
	for i := range ids {
		data, err := bundle.EncodeWhere(ids[i], cell[i])
		if err != nil {
			return err
		}
		s.Where = append(s.Where, f.add(pack(data)))
	}
	return nil
}

// known returns the n items that most people know, ascending; ties by row.
func known(b *bundle.Bundle, n int) []catalog.Row {
	rows := make([]catalog.Row, b.Catalog.Len())
	for r := range rows {
		rows[r] = catalog.Row(r)
	}
	count := b.Statistics.Count
	slices.SortStableFunc(rows, func(a, b catalog.Row) int { return cmp.Compare(count[b], count[a]) })
	rows = rows[:n]
	slices.Sort(rows)
	return rows
}

// dropped names what neither the core nor a cell has.
func dropped(b *bundle.Bundle) (names []string) {
	for _, part := range []struct {
		name string
		is   bool
	}{
		{"the model card", b.Meta.Card != ""}, {"further models", len(b.Pointwise) > 0}, {"golden answers", len(b.Golden) > 0},
		{"columns that the owner declared", len(b.Catalog.Attributes) > 0},
	} {
		if part.is {
			names = append(names, part.name)
		}
	}
	return names
}

// pack compresses a segment.
func pack(data []byte) ([]byte, bundle.Sum) {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err == nil {
		_, err = w.Write(data)
	}
	if err = errors.Join(err, w.Close()); err != nil {
		panic(err) // memory takes all bytes, and the level is known
	}
	return b.Bytes(), sumOf(b.Bytes())
}

func sumOf(data []byte) bundle.Sum {
	sum := sha256.Sum256(data)
	return bundle.Sum(sum[:len(bundle.Sum{})])
}
