package rowfile

import (
	"io"
	"slices"

	"github.com/parquet-go/parquet-go"
)

// parquetRows is how many rows a group has, which stay in memory until it is full.
const parquetRows = 50_000

// parquetFile writes Parquet: text as strings, ints as int64, floats as float, and lists as LIST of them.
type parquetFile struct {
	w       *parquet.GenericWriter[any]
	columns []Column
	order   []int // of the file's columns, which are sorted by name
	row     parquet.Row
}

// NewParquet returns a writer of Parquet, compressed by Snappy.
func NewParquet(w io.Writer, columns []Column) Writer {
	group := parquet.Group{}
	for _, c := range columns {
		group[c.Name] = [...]parquet.Node{Floats: parquet.Leaf(parquet.FloatType), Ints: parquet.Leaf(parquet.Int64Type), Text: parquet.String()}[c.Kind]
		if c.List {
			group[c.Name] = parquet.List(group[c.Name])
		}
	}
	schema := parquet.NewSchema("rows", group)
	f := &parquetFile{columns: columns}
	for _, path := range schema.Columns() {
		f.order = append(f.order, slices.IndexFunc(columns, func(c Column) bool { return c.Name == path[0] }))
	}
	f.w = parquet.NewGenericWriter[any](w, schema, parquet.Compression(&parquet.Snappy), parquet.MaxRowsPerRowGroup(parquetRows))
	return f
}

func (f *parquetFile) Write(row []Value) error {
	f.row = f.row[:0]
	for at, i := range f.order {
		v, c := &row[i], &f.columns[i]
		switch c.Kind {
		case Text:
			f.row = append(f.row, parquet.ByteArrayValue([]byte(v.Text)).Level(0, 0, at))
		case Ints:
			f.values(len(v.Ints), c.List, at, func(k int) parquet.Value { return parquet.Int64Value(v.Ints[k]) })
		case Floats:
			f.values(len(v.Floats), c.List, at, func(k int) parquet.Value { return parquet.FloatValue(v.Floats[k]) })
		}
	}
	_, err := f.w.WriteRows([]parquet.Row{f.row})
	return err
}

// values adds n values: the first begins the list of the row, and an empty list has one value that is null.
func (f *parquetFile) values(n int, list bool, column int, of func(k int) parquet.Value) {
	defined := 0
	if list {
		defined = 1
	}
	if n == 0 {
		f.row = append(f.row, parquet.NullValue().Level(0, 0, column))
	}
	for k := range n {
		f.row = append(f.row, of(k).Level(min(k, 1), defined, column))
	}
}

func (f *parquetFile) Close() error { return f.w.Close() }
