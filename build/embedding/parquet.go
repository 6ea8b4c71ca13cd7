package embedding

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"
)

// parquetFile is a table with a column of lists of numbers, and one of ids.
type parquetFile struct {
	path        string
	size        int64
	vectors, id int // columns
	cols        int
}

// openParquet opens the column of lists of numbers called o.Column, or the only one, and the
// ids in o.IDColumn, or in item_id or id.
func openParquet(path string, size int64, o Options) (f *File, err error) {
	p := parquetFile{path: path, size: size}
	err = p.open(func(file *parquet.File) error {
		if p.vectors, err = column(file, o.Column, "of vectors", "--column", true); err != nil {
			return err
		}
		name := o.IDColumn
		for _, known := range []string{"item_id", "id"} {
			if _, there := file.Schema().Lookup(known); there && name == "" {
				name = known
			}
		}
		if p.id, err = column(file, name, "of ids", "--id-column", false); err != nil {
			return err
		}
		f = &File{unit: "row", rows: -1, read: p.each}
		return p.measure(file)
	})
	if err != nil {
		return nil, err
	}
	return f, width(p.cols)
}

// open calls do with the file. The library panics on some files that are damaged.
func (p *parquetFile) open(do func(file *parquet.File) error) (err error) {
	in, err := os.Open(p.path)
	if err != nil {
		return err
	}
	defer in.Close()
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("it is damaged, or of a kind that is not known: %v", r)
		}
	}()
	var end [8]byte // how long what stands before it is: the library takes as much memory
	if _, err := in.ReadAt(end[:], max(0, p.size-8)); err != nil || int64(binary.LittleEndian.Uint32(end[:])) > p.size-12 {
		return errors.New("it is cut short or damaged: its end is no end of a Parquet file")
	}
	file, err := parquet.OpenFile(in, p.size)
	if err != nil {
		return err
	}
	return do(file)
}

// column returns the index of the column called name, or where that is "" of the only one that
// has lists or not, as is asked for. what and flag are for people.
func column(file *parquet.File, name, what, flag string, lists bool) (int, error) {
	schema := file.Schema()
	var found, all []string
	at := -1
	for _, path := range schema.Columns() {
		leaf, _ := schema.Lookup(path...)
		isList := leaf.MaxRepetitionLevel == 1 && isNumber(leaf.Node)
		if leaf.MaxRepetitionLevel == 0 {
			all = append(all, path[0])
		} else {
			all = append(all, path[0]+" (lists)")
		}
		if isList != lists || !lists && leaf.MaxRepetitionLevel > 0 || name != "" && name != path[0] {
			continue
		}
		found, at = append(found, path[0]), leaf.ColumnIndex
	}
	switch {
	case len(found) == 1:
		return at, nil
	case len(found) > 1:
		return 0, fmt.Errorf("it has several columns %s that it may be, %s: name one with %s", what, strings.Join(found, ", "), flag)
	case name != "":
		return 0, fmt.Errorf("it has no column %s called %s: there are %s", what, name, strings.Join(all, ", "))
	}
	return 0, fmt.Errorf("it has no column %s: there are %s; name one with %s", what, strings.Join(all, ", "), flag)
}

func isNumber(n parquet.Node) bool {
	return n.Leaf() && (n.Type().Kind() == parquet.Float || n.Type().Kind() == parquet.Double)
}

// measure finds the width of the vectors: that of the first row that has any.
func (p *parquetFile) measure(file *parquet.File) error {
	p.cols = MaxWidth
	err := p.rows(file, func(_ int, _ string, v []float32, _ string) error {
		if len(v) == 0 {
			return nil
		}
		p.cols = len(v)
		return errStop
	})
	if err == errStop {
		return nil
	}
	if err == nil {
		err = errors.New("no row has a vector")
	}
	return err
}

// each reads the rows of the file, counted from 1.
func (p *parquetFile) each(row yield) error {
	return p.open(func(file *parquet.File) error {
		return p.rows(file, func(at int, id string, v []float32, why string) error {
			if why == "" && len(v) != p.cols {
				return row(at, id, nil, fmt.Sprintf("other than %d numbers", p.cols))
			}
			return row(at, id, v, why)
		})
	})
}

// maxRows is how many rows are read: of equal values a damaged file may announce any number.
const maxRows = 1 << 24

// rows reads the rows of all groups.
func (p *parquetFile) rows(file *parquet.File, row yield) error {
	at := 0
	for _, group := range file.RowGroups() {
		chunks := group.ColumnChunks()
		ids, vectors := newCells(chunks[p.id]), newCells(chunks[p.vectors])
		err := func() error {
			for {
				id, err := ids.next()
				if err != nil {
					return err
				}
				list, err := vectors.next()
				if err != nil {
					return fmt.Errorf("row %d: %w", at+1, err)
				}
				if at++; at > maxRows {
					return fmt.Errorf("it has more than %d rows", maxRows)
				}
				v, why := floats(list)
				if err := row(at, idOf(id), v, why); err != nil {
					return err
				}
			}
		}()
		ids.pages.Close()
		vectors.pages.Close()
		if err != io.EOF {
			return err
		}
	}
	return nil
}

// idOf returns an id as text, "" where there is none.
func idOf(cell []parquet.Value) string {
	if len(cell) != 1 || cell[0].IsNull() {
		return ""
	}
	switch v := cell[0]; v.Kind() {
	case parquet.Int32:
		return strconv.FormatInt(int64(v.Int32()), 10)
	case parquet.Int64:
		return strconv.FormatInt(v.Int64(), 10)
	case parquet.ByteArray, parquet.FixedLenByteArray:
		return strings.TrimSpace(string(v.ByteArray()))
	default:
		return v.String()
	}
}

// floats returns the numbers of a list, or why it has none.
func floats(list []parquet.Value) (v []float32, why string) {
	if len(list) > MaxWidth {
		return nil, fmt.Sprintf("more than %d numbers", MaxWidth)
	}
	v = make([]float32, len(list))
	for i, x := range list {
		switch {
		case x.IsNull():
			return nil, "an empty list, or a number that is missing"
		case x.Kind() == parquet.Double:
			v[i] = float32(x.Double())
		default:
			v[i] = x.Float()
		}
	}
	return v, ""
}

// cells reads the cells of a column, row by row.
type cells struct {
	pages  parquet.Pages
	values parquet.ValueReader // of a page; nil before the first
	buffer [1024]parquet.Value
	left   []parquet.Value // of buffer
	cell   []parquet.Value
}

func newCells(c parquet.ColumnChunk) *cells { return &cells{pages: c.Pages()} }

// next returns the values of the next row, valid until the next call, and io.EOF after the
// last.
func (c *cells) next() ([]parquet.Value, error) {
	c.cell = c.cell[:0]
	for {
		for len(c.left) > 0 {
			if v := c.left[0]; len(c.cell) > 0 && v.RepetitionLevel() == 0 {
				return c.cell, nil
			} else if len(c.cell) <= MaxWidth { // one more says that there are too many
				c.cell = append(c.cell, v.Clone())
			}
			c.left = c.left[1:]
		}
		err := c.fill()
		if err == io.EOF && len(c.cell) > 0 {
			return c.cell, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// fill reads further values.
func (c *cells) fill() error {
	for {
		if c.values == nil {
			page, err := c.pages.ReadPage()
			if err != nil {
				return err
			}
			c.values = page.Values()
		}
		n, err := c.values.ReadValues(c.buffer[:])
		c.left = c.buffer[:n]
		switch {
		case err == io.EOF:
			c.values, err = nil, nil
		case n == 0 && err == nil:
			err = io.ErrNoProgress
		}
		if n > 0 || err != nil {
			return err
		}
	}
}
