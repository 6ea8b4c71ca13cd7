package index

import (
	"math/rand/v2"

	"sparrow/wasm/catalog"
	"sparrow/wasm/vec"
)

// LSHOptions shape a locality-sensitive hash index. If two vectors agree on one
// hash with the probability p, they share the bucket of a table with p^K (AND)
// and of any table with 1-(1-p^K)^T (OR): K keeps strangers out, T lets
// neighbours in.
type LSHOptions struct {
	Tables int    // T ≥ 1
	Hashes int    // K, 1 to 32: hashes that make up the key of a table
	Seed   uint64 // of the random directions
}

// LSH is a locality-sensitive hash index: T tables, in each of which rows with
// the same K hashes stand together. Source: Indyk & Motwani, Approximate nearest
// neighbors, towards removing the curse of dimensionality, STOC 1998.
type LSH struct {
	v          *Vectors
	family     family
	opt        LSHOptions
	directions []float32 // [T×K×W], standard normal
	offsets    []float32 // [T×K]
	tables     []table   // [T]
}

// table maps keys to rows.
type table struct {
	keys  []uint64      // ascending
	start []int32       // the rows under keys[i] are rows[start[i]:start[i+1]]
	rows  []catalog.Row // ascending under one key
}

// NewBucketLSH indexes v by bucketed random projection, the family of the
// course, with buckets of the given width. The vectors have unit length here, so
// a projection is a standard normal number and two of them differ by a normal
// number with the vectors' distance as its deviation; a width about the distance of a wanted
// neighbour is a start. It panics unless it is from 1e-6 to 1e6 and the options are in range.
func NewBucketLSH(v *Vectors, width float32, opt LSHOptions) *LSH {
	if !(width >= 1e-6 && width <= 1e6) {
		panic("index: a bucket's width is from 1e-6 to 1e6")
	}
	return newLSH(v, buckets{width}, opt)
}

// NewSignLSH indexes v by sign random projection. It panics unless the options
// are in range.
func NewSignLSH(v *Vectors, opt LSHOptions) *LSH { return newLSH(v, signs{}, opt) }

// newLSH takes N·T·K inner products and T sorts.
func newLSH(v *Vectors, f family, opt LSHOptions) *LSH {
	if opt.Tables < 1 || opt.Hashes < 1 || opt.Hashes > 32 {
		panic("index: an LSH has 1 or more tables of 1 to 32 hashes")
	}
	width := v.width()
	x := &LSH{v: v, family: f, opt: opt, tables: make([]table, opt.Tables)}
	x.directions = make([]float32, opt.Tables*opt.Hashes*width)
	x.offsets = make([]float32, opt.Tables*opt.Hashes)
	random := rand.New(rand.NewPCG(opt.Seed, 1))
	for i := range x.offsets {
		for j := range width {
			x.directions[i*width+j] = float32(random.NormFloat64())
		}
		x.offsets[i] = f.offset(random.Float64())
	}
	keys := make([]uint64, opt.Tables*len(v.present))
	unit, at := make([]float32, width), make([]float32, opt.Hashes)
	for i, r := range v.present {
		v.unit(unit, r)
		for t := range x.tables {
			x.project(at, t, unit)
			for j, p := range at {
				bucket, _, _ := f.locate(p)
				keys[t*len(v.present)+i] += part(j, bucket)
			}
		}
	}
	for t := range x.tables {
		x.tables[t] = newTable(v.present, keys[t*len(v.present):][:len(v.present)])
	}
	return x
}

// project stores the K projections of table t in dst. A unit vector of the
// query, [D], stands for the same with a zero behind it.
func (x *LSH) project(dst []float32, t int, unit []float32) {
	width := x.v.width()
	for i := range dst {
		h := t*x.opt.Hashes + i
		dst[i] = vec.DotLanes(unit, x.directions[h*width:]) + x.offsets[h]
	}
}

// newTable groups rows, which ascend, by the keys beside them.
func newTable(rows []catalog.Row, keys []uint64) table {
	var t table
	t.rows = make([]catalog.Row, len(rows))
	for to, from := range vec.Sorted(len(rows), func(a, b int32) bool { return keys[a] < keys[b] }) {
		if key := keys[from]; len(t.keys) == 0 || key != t.keys[len(t.keys)-1] {
			t.keys = append(t.keys, key)
			t.start = append(t.start, int32(to))
		}
		t.rows[to] = rows[from]
	}
	t.start = append(t.start, int32(len(rows)))
	return t
}

// at returns the rows under a key, shared.
func (t *table) at(key uint64) []catalog.Row {
	low, high := 0, len(t.keys)
	for low < high {
		if middle := (low + high) / 2; t.keys[middle] < key {
			low = middle + 1
		} else {
			high = middle
		}
	}
	if low == len(t.keys) || t.keys[low] != key {
		return nil
	}
	return t.rows[t.start[low]:t.start[low+1]]
}

// Search returns the k nearest to q, which is [D], of the rows in the buckets it
// looks into: in each table the one of q and the probes-1 next likely ones, or as
// many as there are. Probes beyond the first do for memory what more tables do.
func (x *LSH) Search(q []float32, k, probes int) Result {
	query, l := x.v.query(q)
	if l == 0 || k <= 0 || probes <= 0 {
		return Result{}
	}
	unit, at := make([]float32, len(query)), make([]float32, x.opt.Hashes)
	divide(unit, query, float64(l))
	best := nearest{query: query, k: k}
	seen := make([]uint64, (x.v.n+63)/64)
	compared := 0
	for t := range x.tables {
		x.project(at, t, unit)
		sequence := newProbing(x.family, at)
		for range probes {
			key, more := sequence.next()
			if !more {
				break
			}
			for _, r := range x.tables[t].at(key) {
				if seen[r/64]>>(r%64)&1 == 0 {
					seen[r/64] |= 1 << (r % 64)
					best.compare(r, x.v.row(r))
					compared++
				}
			}
		}
	}
	return Result{Neighbors: best.found, Compared: compared, Routed: len(x.offsets)}
}
