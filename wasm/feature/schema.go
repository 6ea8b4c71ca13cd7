package feature

import (
	"errors"
	"math"
	"strconv"
)

// Kind is what a column does with its source.
type Kind uint8

const (
	// Standardized, of a number x: (x' - Mean)/Deviation, where x' is x clipped
	// to [Low, High].
	Standardized Kind = iota
	// MinMax, of a number x: the same, fitted so that [Low, High] becomes [0, 1].
	MinMax
	// LogScaled, of a number x ≥ 0: as Standardized, of ln(1+x).
	LogScaled
	// Bucketized, of a number x: one id, the number of Edges that are ≤ x.
	Bucketized
	// OneHot: one id, the value itself.
	OneHot
	// MultiHot: the first Slots values.
	MultiHot
	// Sequence: likewise, where the order counts.
	Sequence
	// Crossed, of two sources with one value: one id, the hash of both modulo
	// Size; none when either is none. Items and genres are hashed by their
	// stable names, see [Encoder].
	Crossed
	// Hashed: one id, the hash of the value modulo Size.
	Hashed

	kinds
)

// Numeric reports whether a column of kind k becomes a number; others become ids.
func (k Kind) Numeric() bool { return k <= LogScaled }

// Column is one stored transform: a feature becomes a number or ids. What has
// no meaning for its kind is zero.
type Column struct {
	Name   string // unique in a schema
	Source string // name of the feature, see [SourceOf]
	With   string // name of the other feature of a crossed column
	Kind   Kind

	Low, High, Mean, Deviation float32   // of a number; after the logarithm of a log-scaled one
	Edges                      []float32 // of a bucketized column, ascending

	Size  int32  // ids are below: the vocabulary
	Slots int32  // of a multi-hot column or a sequence
	Least uint32 // the item has no id while it has fewer interactions, of a column that reads movieId
}

// Schema is a list of columns, in the order in which a model reads them.
type Schema struct {
	Columns []Column
}

// Field is the shape of one column that becomes ids.
type Field struct {
	Name       string
	Slots      int
	Vocabulary int // ids are below
}

// Numerics returns the names of the columns that become numbers, [F], in the
// order of [Batch].Numeric.
func (s *Schema) Numerics() []string {
	var names []string
	for i := range s.Columns {
		if c := &s.Columns[i]; c.Kind.Numeric() {
			names = append(names, c.Name)
		}
	}
	return names
}

// Fields returns the shapes of the others, in the order of [Batch].IDs.
func (s *Schema) Fields() []Field {
	var fields []Field
	for i := range s.Columns {
		if c := &s.Columns[i]; !c.Kind.Numeric() {
			fields = append(fields, Field{c.Name, c.slots(), int(c.Size)})
		}
	}
	return fields
}

// slots returns how many ids c has a row.
func (c *Column) slots() int {
	if c.Kind == MultiHot || c.Kind == Sequence {
		return int(c.Slots)
	}
	return 1
}

// Bounds of a schema that somebody else wrote.
const (
	maxColumns = 256
	maxEdges   = 1000
	maxSize    = 1 << 24
)

// Check returns an error unless every column reads a feature that its kind can
// read, has what its kind needs and only finite numbers. A decoder calls it;
// no one checks again. Values that are not below Size are encoded as none, so
// that a schema needs no particular catalog.
func (s *Schema) Check() error {
	if len(s.Columns) > maxColumns {
		return errors.New("feature: a schema of " + strconv.Itoa(len(s.Columns)) + " columns")
	}
	names := make(map[string]bool, len(s.Columns))
	for i := range s.Columns {
		c := &s.Columns[i]
		if c.Name == "" || names[c.Name] {
			return errors.New("feature: column " + strconv.Itoa(i+1) + " has no name of its own")
		}
		names[c.Name] = true
		if fault := c.fault(); fault != "" {
			return errors.New("feature: column " + strconv.Itoa(i+1) + ": " + fault)
		}
	}
	return nil
}

// fault returns what is wrong with c, or "".
func (c *Column) fault() string {
	source, known := SourceOf(c.Source)
	_, knownWith := SourceOf(c.With)
	switch {
	case c.Kind >= kinds:
		return "unknown kind"
	case !known || (c.Kind == Crossed) != knownWith || (c.Kind != Crossed && c.With != ""):
		return "unknown feature"
	case c.Kind <= Bucketized != source.Numeric():
		return "its kind cannot read its feature"
	}
	if c.Kind.Numeric() {
		if !finite(c.Low, c.High, c.Mean, c.Deviation) || c.Low > c.High || !(c.Deviation > 0) {
			return "its range is not one"
		}
		if !finite((c.Low-c.Mean)/c.Deviation, (c.High-c.Mean)/c.Deviation) {
			return "its numbers leave the range of a float32"
		}
		return ""
	}
	return c.faultOfIDs(source)
}

// faultOfIDs returns what is wrong with c, which becomes ids, or "".
func (c *Column) faultOfIDs(source Source) string {
	with, _ := SourceOf(c.With)
	several := c.Kind == MultiHot || c.Kind == Sequence
	switch {
	case c.Size < 1 || c.Size > maxSize:
		return "its vocabulary is out of bounds"
	case several && (c.Slots < 1 || c.Slots > Window):
		return "its slots are out of bounds"
	case several != source.Several(), c.Kind == Crossed && (with.Numeric() || with.Several()):
		return "its kind cannot read its feature"
	case c.Kind == Bucketized && (len(c.Edges) > maxEdges || len(c.Edges) != int(c.Size)-1):
		return "its edges do not fit its vocabulary"
	}
	for i, e := range c.Edges {
		if !finite(e) || i > 0 && !(c.Edges[i-1] < e) {
			return "its edges do not ascend"
		}
	}
	return ""
}

func finite(all ...float32) bool {
	for _, v := range all {
		if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
			return false
		}
	}
	return true
}
