package command

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"io"
	"path/filepath"
	"strconv"

	"sparrow/build/cell"
	"sparrow/build/console"
	"sparrow/build/onnx"
	"sparrow/build/pipeline"
	"sparrow/build/plural"
	"sparrow/edge/durable"
	"sparrow/wasm/feature"
)

// rows writes what the ranker has learned from.
func (v *exportVerb) rows(c *console.Console) error {
	w, err := pipeline.OpenWork(c.Ctx, c, string(v.Work))
	if err != nil {
		return err
	}
	ranked, err := w.Ranked()
	if err != nil {
		return err
	}
	of := newRowColumns(ranked.Features)
	lists, rows, found := 0, 0, 0
	err = durable.WriteFile(c.Ctx, string(v.Rows), func(out io.Writer) error {
		buffer := bufio.NewWriterSize(out, 1<<20)
		write := csvRows(buffer, of.names)
		if filepath.Ext(string(v.Rows)) == ".jsonl" {
			write = jsonRows(buffer, of.names)
		}
		err := ranked.Lists(func(u *feature.User, items []feature.Item, chosen int, weight float32) error {
			lists++
			if chosen >= 0 {
				found++
			}
			for i := range items {
				rows++
				of.read(u, &items[i])
				r := labelled{lists, string(ranked.Catalog.IDs[items[i].Row]), 0, 0, of.numbers, of.ids}
				if i == chosen {
					r.chosen, r.weight = 1, weight
				}
				if err := write(&r); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		return buffer.Flush()
	})
	if err != nil {
		return err
	}
	c.Say("%s in %s, of which %d have what was chosen", plural.Of(rows, "row"), plural.Of(lists, "list"), found)
	return nil
}

// rowColumns reads features in the order of the columns of a file.
type rowColumns struct {
	names    []string
	features []feature.Numeric
	numbers  []float32 // of the row read last, and
	ids      []int     // rows of the catalog's genres and items, -1 for none
}

func newRowColumns(features []string) *rowColumns {
	x := &rowColumns{names: append([]string{"list", "item_id", "chosen", "weight"}, features...)}
	for _, name := range features {
		f, _ := feature.NumericOf(name)
		x.features = append(x.features, f)
	}
	x.names = append(x.names, onnx.RankerFields()...)
	return x
}

// read reads a row in the order of [onnx.RankerFields].
func (x *rowColumns) read(u *feature.User, v *feature.Item) {
	x.numbers, x.ids = x.numbers[:0], x.ids[:0]
	for _, f := range x.features {
		if f.Side() == feature.OfUser {
			x.numbers = append(x.numbers, u.Of(f))
		} else {
			x.numbers = append(x.numbers, v.Numeric[f])
		}
	}
	for _, g := range v.Genres {
		x.ids = append(x.ids, int(g)-1)
	}
	x.ids = append(x.ids, int(v.Row))
	for _, g := range u.Genres {
		x.ids = append(x.ids, int(g)-1)
	}
	for _, r := range u.Items {
		x.ids = append(x.ids, int(r))
	}
}

// labelled is a row to write.
type labelled struct {
	list    int
	item    string
	chosen  int
	weight  float32 // 0 of what was not chosen
	numbers []float32
	ids     []int
}

// csvRows returns what writes rows as CSV, the names of the columns first.
func csvRows(w io.Writer, names []string) func(*labelled) error {
	out, begun := csv.NewWriter(w), false
	var line []string
	return func(r *labelled) error {
		if !begun {
			begun = true
			if err := out.Write(names); err != nil {
				return err
			}
		}
		line = append(line[:0], strconv.Itoa(r.list), cell.Text(r.item), strconv.Itoa(r.chosen), float(r.weight))
		for _, x := range r.numbers {
			line = append(line, float(x))
		}
		for _, id := range r.ids {
			line = append(line, strconv.Itoa(id))
		}
		err := out.Write(line)
		out.Flush()
		return err
	}
}

func float(x float32) string { return strconv.FormatFloat(float64(x), 'g', -1, 32) }

// jsonRows returns what writes rows as objects, one a line.
func jsonRows(w io.Writer, names []string) func(*labelled) error {
	out := json.NewEncoder(w)
	return func(r *labelled) error {
		row := map[string]any{"list": r.list, "item_id": r.item, "chosen": r.chosen, "weight": r.weight}
		for i, name := range names[4:] {
			if i < len(r.numbers) {
				row[name] = r.numbers[i]
			} else {
				row[name] = r.ids[i-len(r.numbers)]
			}
		}
		return out.Encode(row)
	}
}
