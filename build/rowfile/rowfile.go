// Package rowfile writes rows of named columns in the forms that other programs train on:
// TFRecord and Parquet.
package rowfile

import "io"

// Kind is what the values of a column are.
type Kind uint8

// Kinds of values.
const (
	Floats Kind = iota // float32
	Ints               // int64
	Text
)

// Column is a column of every row.
type Column struct {
	Name string // unique
	Kind Kind
	List bool // any number of values a row, none included; else exactly one. Text is never a list.
}

// Value is what a row has in one column: the field of the column's kind.
type Value struct {
	Floats []float32
	Ints   []int64
	Text   string
}

// Writer writes rows, each with a value for each column, in their order. Close writes what is left;
// it does not close what is written to.
type Writer interface {
	Write(row []Value) error
	Close() error
}

// Formats are the forms by the ends of their files' names.
var Formats = map[string]func(w io.Writer, columns []Column) Writer{"tfrecord": NewTFRecord, "parquet": NewParquet}
