package feature

import (
	"math"

	"sparrow/wasm/catalog"
)

// Encoder turns encounters into rows of a batch. It allocates nothing a row and
// is not for concurrent use.
//
// Hashed values are the 64-bit FNV-1a hash of the item's ID or the genre's
// name, so that a bucket keeps its meaning when a catalog is numbered again;
// users and stars, which have no name, are hashed by their number. The hash of a
// pair is mix(mix(h₁) + h₂), and a bucket is mix(h) modulo Size, where mix is
// the finalizer of splitmix64 (Steele, Lea and Flood, OOPSLA 2014).
type Encoder struct {
	Encounter
	schema  *Schema
	columns []compiled // [columns]
	numbers int        // F
	items   []uint64   // [N] hashes of the items; nil when no column needs them
	genres  []uint64   // [genres] likewise
}

// compiled is what a column's names stand for.
type compiled struct {
	source, with Source
	at           int // place among the numbers, or among the fields
}

// NewEncoder returns an encoder of schema s, which it keeps. It panics if s was
// not checked.
func NewEncoder(s *Schema, c *catalog.Catalog) *Encoder {
	e := &Encoder{Encounter: *NewEncounter(c), schema: s, columns: make([]compiled, len(s.Columns))}
	fields := 0
	for i := range s.Columns {
		column := &s.Columns[i]
		source, ok := SourceOf(column.Source)
		if !ok {
			panic("feature: a schema that was not checked")
		}
		with, _ := SourceOf(column.With)
		at := &e.numbers
		if !column.Kind.Numeric() {
			at = &fields
		}
		e.columns[i] = compiled{source, with, *at}
		*at++
		if column.Kind >= Crossed && e.items == nil {
			e.hashNames()
		}
	}
	return e
}

func (e *Encoder) hashNames() {
	c := e.catalog
	e.items, e.genres = make([]uint64, c.Len()), make([]uint64, len(c.GenreNames))
	for r, id := range c.IDs {
		e.items[r] = fnv1a(string(id))
	}
	for g, name := range c.GenreNames {
		e.genres[g] = fnv1a(name)
	}
}

// Encode stores the encounter as row i of b, which has the schema's shape.
func (e *Encoder) Encode(b *Batch, i int) {
	for k := range e.columns {
		c, column := &e.columns[k], &e.schema.Columns[k]
		if column.Kind.Numeric() {
			b.Numeric[i*e.numbers+c.at] = column.number(e.Value(c.source))
			continue
		}
		n := column.slots()
		ids := b.IDs[c.at][i*n : (i+1)*n]
		switch column.Kind {
		case Bucketized:
			ids[0] = column.bucket(e.Value(c.source))
		case Crossed:
			ids[0] = e.cross(column, c)
		case Hashed:
			ids[0] = -1
			if h, ok := e.hash(column, c.source); ok {
				ids[0] = int32(mix(h) % uint64(column.Size))
			}
		default:
			e.IDs(ids, c.source)
			if e.rare(column, c.source) {
				ids[0] = -1
			}
		}
		for j, id := range ids {
			if id >= column.Size {
				ids[j] = -1
			}
		}
	}
}

// number returns the number that x becomes.
func (c *Column) number(x float32) float32 {
	if c.Kind == LogScaled {
		x = float32(math.Log1p(float64(x)))
	}
	if !(x >= c.Low) { // also when x is not a number
		x = c.Low
	}
	return (min(x, c.High) - c.Mean) / c.Deviation
}

// bucket returns how many edges are ≤ x.
func (c *Column) bucket(x float32) int32 {
	low, high := 0, len(c.Edges)
	for low < high {
		if middle := (low + high) / 2; c.Edges[middle] <= x {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return int32(low)
}

// rare reports whether s is the item's id and the crowd has seen it too rarely.
func (e *Encoder) rare(column *Column, s Source) bool {
	return s == itemID && e.crowd.Count < column.Least
}

func (e *Encoder) cross(column *Column, c *compiled) int32 {
	first, ok := e.hash(column, c.source)
	second, also := e.hash(column, c.with)
	if !ok || !also {
		return -1
	}
	return int32(mix(mix(first)+second) % uint64(column.Size))
}

// hash returns the hash of the value of s, or false when there is none.
func (e *Encoder) hash(column *Column, s Source) (uint64, bool) {
	id := e.id(s)
	if id < 0 || e.rare(column, s) {
		return 0, false
	}
	switch s.domain() {
	case ofItems:
		return e.items[id], true
	case ofGenres:
		return e.genres[id], true
	}
	return uint64(id), true
}

// fnv1a returns the 64-bit FNV-1a hash of s (Fowler, Noll and Vo).
func fnv1a(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

// mix spreads every bit of z over all others.
func mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}
