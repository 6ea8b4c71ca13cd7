package shard

import (
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"

	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/index"
	"sparrow/wasm/quant"
	"sparrow/wasm/retrieval"
)

// Store is what of a bundle in shards is here: the core, and the cells that were fetched. It does
// not fetch. It is not for concurrent use.
type Store struct {
	core   *bundle.Bundle
	shards *bundle.Shards
	cells  map[int]*bundle.Items
	ties   map[int]*bundle.Ties
	asked  map[int]bool       // buckets that are here
	where  map[catalog.ID]int // the cell of each item whose bucket is here, or that is in the core
	near   []float32          // [C]
}

// Open returns a store with the core alone.
func Open(core []byte) (*Store, error) {
	b, s, err := bundle.DecodeShards(core)
	if err != nil {
		return nil, fmt.Errorf("shard: %w", err)
	}
	store := &Store{
		core: b, shards: s, cells: map[int]*bundle.Items{}, ties: map[int]*bundle.Ties{}, where: map[catalog.ID]int{}, asked: map[int]bool{},
		near: make([]float32, len(s.Bias)),
	}
	for i, id := range b.Catalog.IDs {
		store.where[id] = s.CellAt(s.Places[i])
	}
	return store, nil
}

// Cell returns the cell of an item, or which segment tells: wanted is nil once it is known, and
// whether there is such an item.
func (s *Store) Cell(id catalog.ID) (cell int, known bool, wanted *Part) {
	if cell, known = s.where[id]; known {
		return cell, true, nil
	}
	bucket := s.shards.Bucket(id)
	if s.asked[bucket] {
		return 0, false, nil
	}
	return 0, false, &Part{kind: where, at: bucket, Segment: s.shards.Where[bucket]}
}

// Likely returns the n cells in which a user with vector u, [D], finds most of the items that score best,
// the nearest first.
func (s *Store) Likely(u []float32, n int) []int32 {
	q := quant.Quantize(u, 1, len(u))
	query := quant.NewQuery(q.Row(0))
	c := &s.shards.Centroids
	query.Scores(s.near, c.Data, c.Scale, s.shards.Bias)
	return index.Probe(s.near, n)
}

// Near returns the other cells that have what is most like the item called id, as the builder found it, those that have
// most of it first; none where the item's cell is not here.
func (s *Store) Near(id catalog.ID) []int32 {
	of := s.cells[s.where[id]]
	if of == nil {
		return nil
	}
	at, known := of.Bundle.Catalog.Row(id)
	if !known {
		return nil
	}
	var cells []int32
	for _, c := range of.Near[at] {
		cells = append(cells, int32(c))
	}
	return cells
}

// Following returns the n cells that have most of what the lists of the items called ids name, by weight, of
// those whose lists are here; fewer where they name fewer, ties by cell.
func (s *Store) Following(ids []catalog.ID, n int) []int32 {
	clear(s.near)
	for _, id := range ids {
		c, known := s.where[id]
		of, lists := s.cells[c], s.ties[c]
		if !known || of == nil || lists == nil {
			continue
		}
		at, _ := of.Bundle.Catalog.Row(id)
		for _, l := range []*retrieval.Lists{&lists.Transition, lists.Profile} {
			if l == nil {
				continue
			}
			items, weights, scale := l.Of(at)
			for i, item := range items {
				s.near[s.shards.CellAt(item)] += scale * float32(weights[i])
			}
		}
	}
	order := index.Probe(s.near, n)
	for i, c := range order {
		if s.near[c] == 0 {
			return order[:i]
		}
	}
	return order
}

// Part is a segment that a store lacks: of the cells, of the lists of their items, or of where items are.
type Part struct {
	bundle.Segment
	kind kind
	at   int
}

type kind int

const (
	items kind = iota
	ties
	where
)

// Lacks returns those of cells that are not here, in their order.
func (s *Store) Lacks(cells []int32) []Part {
	var parts []Part
	for _, c := range cells {
		if s.cells[int(c)] == nil {
			parts = append(parts, Part{s.shards.Cells[c], items, int(c)})
		}
	}
	return parts
}

// LacksTies returns those lists of cells, which are here themselves, that are not.
func (s *Store) LacksTies(cells []int32) []Part {
	var parts []Part
	for _, c := range cells {
		if of := s.cells[int(c)]; of != nil && s.ties[int(c)] == nil {
			parts = append(parts, Part{s.shards.Ties(int(c), of), ties, int(c)})
		}
	}
	return parts
}

// most is how many times its bytes a segment may be when it is decompressed; DEFLATE cannot do more
// than 1032 times.
const most = 100

// Add takes the bytes of a part, whose sum it compares. After an error the store is what it was.
func (s *Store) Add(p Part, data []byte) error {
	if len(data) != p.Bytes || sumOf(data) != p.Sum {
		return fmt.Errorf("shard: the bytes from %d are not those of the bundle: fetch them again; if that does not help, core and cells are of two bundles", p.Offset)
	}
	plain, err := unpack(data)
	if err != nil {
		return fmt.Errorf("shard: the segment at %d: %w", p.Offset, err)
	}
	switch p.kind {
	case items:
		of, err := s.shards.DecodeItems(p.at, plain)
		if err != nil {
			return err
		}
		s.cells[p.at] = of
		for _, id := range of.Bundle.Catalog.IDs {
			s.where[id] = p.at
		}
	case ties:
		of, err := s.shards.DecodeTies(p.at, plain)
		if err != nil {
			return err
		}
		s.ties[p.at] = of
	case where:
		ids, cells, err := s.shards.DecodeWhere(plain)
		if err != nil {
			return err
		}
		s.asked[p.at] = true
		for i, id := range ids {
			s.where[id] = int(cells[i])
		}
	}
	return nil
}

// unpack decompresses a segment.
func unpack(data []byte) ([]byte, error) {
	limit := int64(len(data)) * most
	plain, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(data)), limit+1))
	if err == nil && int64(len(plain)) > limit {
		err = errors.New("more than a hundred times its bytes")
	}
	return plain, err
}
