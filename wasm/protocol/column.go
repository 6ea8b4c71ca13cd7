package protocol

import (
	"errors"

	"sparrow/wasm/wire"
)

// Column is what the catalog's owner declared of items, as far as visitors narrow the catalogue
// down by it.
type Column struct {
	Name   string
	Kind   string   // "text", "number", "bool" or "list"
	Values []string // of texts and lists: those of the most items first, ties by value
	Least  string   // with Most: the smallest and the largest number that an item has, as filters write them; "" where none has one
	Most   string
	Units  []string // of price: the currencies of its items, ascending, one "" where it is not said
}

// AppendColumns appends the bytes of columns to dst.
func AppendColumns(dst []byte, columns []Column) []byte {
	w := &wire.Writer{Buf: dst}
	w.Array(len(columns))
	for i := range columns {
		c := &columns[i]
		f := w.Fields()
		f.Key("n").Str(c.Name)
		f.Str("k", c.Kind)
		texts(&f, "v", c.Values)
		f.Str("l", c.Least)
		f.Str("m", c.Most)
		texts(&f, "u", c.Units)
		f.Close()
	}
	return w.Buf
}

// DecodeColumns reads what [AppendColumns] wrote, and fails on anything else.
func DecodeColumns(b []byte) ([]Column, error) {
	r := wire.NewReader(b)
	columns := elements(r, (*Column).decode)
	r.End()
	if r.Err() != nil {
		return nil, errors.New("protocol: columns: " + r.Err().Error())
	}
	return columns, nil
}

func (c *Column) decode(r *wire.Reader) {
	for range r.Map() {
		switch r.Str() {
		case "n":
			c.Name = r.Str()
		case "k":
			c.Kind = r.Str()
		case "v":
			c.Values = strings[string](r)
		case "l":
			c.Least = r.Str()
		case "m":
			c.Most = r.Str()
		case "u":
			c.Units = strings[string](r)
		default:
			r.Skip()
		}
	}
}
