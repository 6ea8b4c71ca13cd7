package bundle

import (
	"errors"
	"strconv"

	"sparrow/wasm/catalog"
	"sparrow/wasm/quant"
	"sparrow/wasm/wire"
)

// Shards say where the items of a large catalog are. A bundle that has them is a core: it
// holds the few items that most people are shown, and answers by itself. All N items are in
// C cells, segments of a second file of which each can be fetched alone.
type Shards struct {
	Items     int           // N, of the whole catalog
	Rows      []catalog.Row // [n] of the core's items in the whole catalog, ascending
	Places    []catalog.Row // [n] where they are in the cells, too
	Centroids quant.Matrix  // [C×D]; a cell is as near to a user as its centroid and bias score
	Bias      []float32     // [C]
	Counts    []uint32      // [C] items of each cell
	Cells     []Segment     // [C] items: see [DecodeItems]
	Where     []Segment     // [B] which cell an item is in, by its id: see [Shards.Bucket]

	ties []int // [C] bytes of the lists behind each cell
	ends []int // [C] the place behind the last item of each cell
}

// A place counts the items of all cells, one cell after the other, from 0 to N-1. Lists of neighbours
// are of places: they tell the cell, too.

// First returns the place of the first item of cell c.
func (s *Shards) First(c int) int { return s.ends[c] - int(s.Counts[c]) }

// CellAt returns the cell that has a place.
func (s *Shards) CellAt(place catalog.Row) int {
	low, high := 0, len(s.ends)
	for low < high {
		if middle := (low + high) / 2; s.ends[middle] <= int(place) {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low
}

// Segment is a part of the file of cells, compressed by DEFLATE (RFC 1951).
type Segment struct {
	Offset, Bytes int
	Sum           Sum // of the compressed bytes
}

// MostCells is how many cells there can be.
const MostCells = 65535

// Sum is the first half of a SHA-256: the file comes from the host of the core, so that it
// need not withstand collisions, which half as many bits make possible, but only other content for
// a sum that is given. Whole ones would be a tenth of a core.
type Sum [16]byte

// Ties returns where the lists of the items of cell c are, which names their sum: behind
// the cell, so that one range has both.
func (s *Shards) Ties(c int, of *Items) Segment {
	return Segment{s.Cells[c].Offset + s.Cells[c].Bytes, s.ties[c], of.Ties}
}

// Bucket returns which of Where has the item called id: FNV-1a of its bytes, 32 bits, modulo B.
// It panics where there is none.
func (s *Shards) Bucket(id catalog.ID) int { return Bucket(id, len(s.Where)) }

// Bucket is [Shards.Bucket] of n buckets.
func Bucket(id catalog.ID, n int) int {
	hash := uint32(2166136261)
	for i := range len(id) {
		hash = (hash ^ uint32(id[i])) * 16777619
	}
	return int(hash % uint32(n))
}

// shardsKey names the section, which readers that do not know it skip.
const shardsKey = "shards"

// DecodeShards reads and validates a core with the section that other readers skip. Memory
// is bounded as by [Decode], and as much again.
func DecodeShards(data []byte) (*Bundle, *Shards, error) {
	b, err := Decode(data)
	if err != nil {
		return nil, nil, err
	}
	d := &decoder{Reader: wire.NewReader(data), length: len(data), bundle: b}
	for range d.Map() {
		if d.Str() != shardsKey {
			d.Skip()
			continue
		}
		s := d.shards()
		if d.Err() != nil {
			break
		}
		return b, s, nil
	}
	if d.Err() == nil {
		return nil, nil, errors.New("bundle: it is not in shards: make them with build shards")
	}
	return nil, nil, errors.New("bundle: shards: " + d.Err().Error())
}

// shards reads the section.
func (d *decoder) shards() *Shards {
	s, n := &Shards{}, d.bundle.Catalog.Len()
	var rows, places, counts, lengths, ties, where, sums []byte
	for range d.Map() {
		switch d.Str() {
		case "items":
			s.Items = d.small("items")
		case "rows":
			rows = d.Bin()
		case "places":
			places = d.Bin()
		case "centroids":
			d.matrix(&s.Centroids, "centroids")
		case "bias":
			s.Bias = d.floats("bias")
		case "counts":
			counts = d.Bin()
		case "bytes":
			lengths = d.Bin()
		case "ties":
			ties = d.Bin()
		case "where":
			where = d.Bin()
		case "sums":
			sums = d.Bin()
		default:
			d.Skip()
		}
	}
	c := s.Centroids.Rows
	d.want("columns of centroids", s.Centroids.Cols, d.bundle.Retrieval.Out.Cols)
	d.want("bias", len(s.Bias), c)
	s.Rows = d.ascending("rows", rows, n, s.Items)
	at := d.below("places", places, n, s.Items)
	s.Counts = d.below("counts", counts, c, s.Items+1)
	if c > MostCells {
		d.Fail("more than 65,535 cells")
	}
	if d.Err() != nil {
		return nil
	}
	for _, place := range at {
		s.Places = append(s.Places, catalog.Row(place))
	}
	total := 0
	for _, of := range s.Counts {
		total += int(of)
		s.ends = append(s.ends, total)
	}
	buckets := 0 // a number ends with a byte below 128
	for _, b := range where {
		if b < 0x80 {
			buckets++
		}
	}
	if !d.want("items of all cells", total, s.Items) || !d.want("sums", len(sums), len(Sum{})*(c+buckets)) {
		return nil
	}
	if buckets == 0 {
		d.Fail("where: no bucket")
		return nil
	}
	ofCells, ofTies, ofWhere := d.counts("bytes", lengths, c), d.counts("ties", ties, c), d.counts("where", where, buckets)
	if d.Err() == nil {
		s.lay(ofCells, ofTies, ofWhere, sums)
	}
	return s
}

// lay fills in the segments, which lie one behind the other: each cell and its ties, then
// the buckets of where.
func (s *Shards) lay(cells, ties, where []uint32, sums []byte) {
	at := 0
	next := func(bytes uint32) Segment {
		seg := Segment{at, int(bytes), Sum(sums[:len(Sum{})])}
		at, sums = at+int(bytes), sums[len(Sum{}):]
		return seg
	}
	for c := range cells {
		s.Cells = append(s.Cells, next(cells[c]))
		s.ties = append(s.ties, int(ties[c]))
		at += int(ties[c])
	}
	for _, bytes := range where {
		s.Where = append(s.Where, next(bytes))
	}
}

// ascending reads n rows below limit as in transition lists.
func (d *decoder) ascending(name string, b []byte, n, limit int) []catalog.Row {
	gaps := d.counts(name, b, n)
	out, row := make([]catalog.Row, len(gaps)), int64(-1)
	for i, gap := range gaps {
		if row += 1 + int64(gap); row >= int64(limit) {
			d.Fail(name + ": row " + strconv.FormatInt(row, 10) + " of " + strconv.Itoa(limit))
			return nil
		}
		out[i] = catalog.Row(row)
	}
	return out
}

// below reads n numbers below limit.
func (d *decoder) below(name string, b []byte, n, limit int) []uint32 {
	out := d.counts(name, b, n)
	for _, v := range out {
		if uint64(v) >= uint64(limit) {
			d.Fail(name + ": " + strconv.FormatUint(uint64(v), 10) + " of " + strconv.Itoa(limit))
			return nil
		}
	}
	return out
}
