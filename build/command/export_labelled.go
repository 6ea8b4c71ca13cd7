package command

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"sparrow/build/compare"
	"sparrow/build/console"
	"sparrow/build/onnx"
	"sparrow/build/pipeline"
	"sparrow/build/plural"
	"sparrow/build/rowfile"
	"sparrow/edge/durable"
	"sparrow/wasm/catalog"
)

// rowsSchema is schema.json, which says what the files of rows beside it hold.
type rowsSchema struct {
	Version  int            `json:"version"`
	Protocol string         `json:"protocol"` // how the parts are made
	Rows     map[string]int `json:"rows"`     // by part
	Columns  []schemaColumn `json:"columns"`  // in their order; item_id, at and label come first
}

// schemaColumn is a column of the rows.
type schemaColumn struct {
	Name  string `json:"name"`
	Type  string `json:"type"`            // float, int, text, or ids: 0 or more whole numbers
	Slots int    `json:"slots,omitempty"` // ids a row, at most
	Size  int    `json:"size,omitempty"`  // ids are below
	Bind  any    `json:"bind,omitempty"`  // what binds a model's input to it, for ranker --bind
}

// schemaVersion is the version of the files of rows.
const schemaVersion = 1

// labelled writes the rows of opinions into the folders of v.TFRecord and v.Parquet.
func (v *exportVerb) labelled(c *console.Console) error {
	w, err := pipeline.OpenWork(c.Ctx, c, string(v.Work))
	if err != nil {
		return err
	}
	l, items, err := w.Labelled(1)
	if err != nil {
		return err
	}
	if v.TFRecord != "" {
		if err := writeLabelled(c, l, items, "tfrecord", string(v.TFRecord)); err != nil {
			return err
		}
	}
	if v.Parquet != "" {
		return writeLabelled(c, l, items, "parquet", string(v.Parquet))
	}
	return nil
}

// writeLabelled writes a file of rows a part, in that form, schema.json and which item and genre each id is.
func writeLabelled(c *console.Console, l *compare.Labelled, items *catalog.Catalog, form, folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	s := rowsSchema{Version: schemaVersion, Protocol: l.Protocol, Rows: map[string]int{},
		Columns: []schemaColumn{{Name: "item_id", Type: "text"}, {Name: "at", Type: "int"}, {Name: "label", Type: "float"}}}
	columns := []rowfile.Column{{Name: "item_id", Kind: rowfile.Text}, {Name: "at", Kind: rowfile.Ints}, {Name: "label", Kind: rowfile.Floats}}
	fields := l.Schema.Fields()
	for i := range l.Schema.Columns {
		of := &l.Schema.Columns[i]
		bind, err := onnx.BindOf(of, rowsPrefix)
		if err != nil {
			return err
		}
		column, row := schemaColumn{Name: of.Name, Type: "float", Bind: bind}, rowfile.Column{Name: of.Name, Kind: rowfile.Floats}
		if !of.Kind.Numeric() {
			column.Type, column.Slots, column.Size = "ids", fields[0].Slots, fields[0].Vocabulary
			row.Kind, row.List, fields = rowfile.Ints, true, fields[1:]
		}
		s.Columns, columns = append(s.Columns, column), append(columns, row)
	}
	for part, name := range compare.Parts {
		err := durable.WriteFile(c.Ctx, filepath.Join(folder, name+"."+form), func(out io.Writer) (err error) {
			buffer := bufio.NewWriterSize(out, 1<<20)
			if s.Rows[name], err = writePart(rowfile.Formats[form](buffer, columns), l, items, part); err != nil {
				return err
			}
			return buffer.Flush()
		})
		if err != nil {
			return err
		}
	}
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	files := onnx.Rows(items, rowsPrefix)
	files["schema.json"] = append(text, '\n')
	for name, data := range files {
		err := durable.WriteFile(c.Ctx, filepath.Join(folder, name), func(out io.Writer) error {
			_, err := out.Write(data)
			return err
		})
		if err != nil {
			return err
		}
	}
	c.Say("%s: %s to fit to, %d to stop by and %d to judge, %s each (%s)", folder, plural.Of(s.Rows["fit"], "row"), s.Rows["valid"], s.Rows["test"],
		plural.Of(len(columns), "column"), l.Protocol)
	return nil
}

// rowsPrefix begins the names of the files that say which item and genre each id is.
const rowsPrefix = "rows"

// writePart writes the rows of a part and returns how many there are.
func writePart(w rowfile.Writer, l *compare.Labelled, items *catalog.Catalog, part int) (n int, err error) {
	row := make([]rowfile.Value, 3+len(l.Schema.Columns))
	err = l.Each(part, func(r *compare.LabelledRow) error {
		n++
		row[0].Text, row[1].Ints, row[2].Floats = string(items.IDs[r.Item]), []int64{r.At}, []float32{r.Label}
		numbers, ids := 0, 0
		for i := range l.Schema.Columns {
			v := &row[3+i]
			if l.Schema.Columns[i].Kind.Numeric() {
				v.Floats = r.Numeric[numbers : numbers+1]
				numbers++
				continue
			}
			v.Ints = v.Ints[:0]
			for _, id := range r.IDs[ids] {
				if id >= 0 {
					v.Ints = append(v.Ints, int64(id))
				}
			}
			ids++
		}
		return w.Write(row)
	})
	if err != nil {
		return n, err
	}
	if err := w.Close(); err != nil {
		return n, fmt.Errorf("rows: %w", err)
	}
	return n, nil
}
