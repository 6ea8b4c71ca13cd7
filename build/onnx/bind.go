package onnx

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

// Bind says which features a model's inputs are.
type Bind struct {
	Name   string           `json:"name"`   // of the model, on the page of the laboratory
	Source string           `json:"source"` // who trained it, or a paper
	Output string           `json:"output"` // tensor with the answer; "" for the only one there is
	Inputs map[string]input `json:"inputs"`
}

// input is what an input of a model is: numbers, one or several, or ids.
type input struct {
	numbers []number
	ids     *ids
	vectors *vectors // of a user's tower
}

// number is a feature that is a number: (x - mean)/deviation, of ln(1 + x) where log is.
type number struct {
	Feature   string   `json:"feature"`
	Log       bool     `json:"log,omitempty"`
	Mean      float32  `json:"mean,omitempty"`
	Deviation *float32 `json:"deviation,omitempty"`
	Low       *float32 `json:"low,omitempty"` // what is below becomes it
	High      *float32 `json:"high,omitempty"`
}

// ids is a feature that is one of many, or several of them. Which row of the model's table each has
// is said by a file, or follows from the feature.
type ids struct {
	Feature string `json:"feature"`
	IDs     string `json:"ids,omitempty"`   // file with the item ids or names of genres of the table's rows, one a line
	Slots   int32  `json:"slots,omitempty"` // how many, of a history
	Least   uint32 `json:"least,omitempty"` // of movieId: an item that fewer chose has no id

	Edges []float32 `json:"edges,omitempty"` // of a number, ascending: its id is how many of them are no greater
	With  string    `json:"with,omitempty"`  // another feature: the id is a hash of both
	Size  int32     `json:"size,omitempty"`  // … and below this

	names []string
}

// UnmarshalJSON reads an object, of ids where it says how many there are or which, or a list of numbers.
func (x *input) UnmarshalJSON(text []byte) error {
	strict := func(v any) error {
		d := json.NewDecoder(bytes.NewReader(text))
		d.DisallowUnknownFields()
		return d.Decode(v)
	}
	var of vectors
	if json.Unmarshal(text, &of) == nil && of.Vectors != "" {
		x.vectors = new(vectors)
		return strict(x.vectors)
	}
	var named ids
	if json.Unmarshal(text, &named) == nil && (named.IDs != "" || named.Slots > 0 || named.Edges != nil || named.Size > 0) {
		x.ids = new(ids)
		return strict(x.ids)
	}
	if bytes.HasPrefix(bytes.TrimSpace(text), []byte("[")) {
		return strict(&x.numbers)
	}
	x.numbers = make([]number, 1)
	return strict(&x.numbers[0])
}

// ReadBind reads the file at path, and the files of ids that it names, from its folder on.
func ReadBind(path string) (*Bind, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	b := new(Bind)
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(b); err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	if b.Name == "" {
		return nil, fmt.Errorf("%s: the model has no name", filepath.Base(path))
	}
	for name, x := range b.Inputs {
		if x.ids == nil || x.ids.IDs == "" {
			continue
		}
		lines, err := os.ReadFile(filepath.Join(filepath.Dir(path), x.ids.IDs))
		if err != nil {
			return nil, fmt.Errorf("%s: input %q: %w", filepath.Base(path), name, err)
		}
		for line := range strings.Lines(string(lines)) {
			x.ids.names = append(x.ids.names, strings.TrimSpace(line))
		}
	}
	return b, nil
}

// bound is an input of the model in the graph.
type bound struct {
	first, count int     // of the numbers
	field        int     // of the ids; -1 for numbers
	several      bool    // the feature has several ids
	rows         []int32 // of the table, for each id of the catalog's own; -1 for none
}

// schema returns the columns that the inputs called names read, in their order, and where
// each input finds its own.
func (b *Bind) schema(names []string, c *catalog.Catalog) (*feature.Schema, map[string]bound, error) {
	for name := range b.Inputs {
		if !slices.Contains(names, name) {
			return nil, nil, fmt.Errorf("the model has no input %q: it has %s", name, strings.Join(names, ", "))
		}
	}
	s, inputs := new(feature.Schema), map[string]bound{}
	numbers, fields := 0, 0
	for _, name := range names {
		x, known := b.Inputs[name]
		switch {
		case !known:
			return nil, nil, fmt.Errorf("nothing is said of the model's input %q: bind it to a feature", name)
		case x.vectors != nil:
			return nil, nil, fmt.Errorf("input %q: vectors of items are an input of a user's tower, not of a ranking model", name)
		case x.ids == nil && len(x.numbers) == 0:
			return nil, nil, fmt.Errorf("input %q is bound to no feature", name)
		case x.ids == nil:
			for i, n := range x.numbers {
				s.Columns = append(s.Columns, n.column(fmt.Sprintf("%s[%d]", name, i)))
			}
			inputs[name] = bound{first: numbers, count: len(x.numbers), field: -1}
			numbers += len(x.numbers)
		default:
			column, rows, err := x.ids.column(name, c)
			if err != nil {
				return nil, nil, fmt.Errorf("input %q: %w", name, err)
			}
			s.Columns = append(s.Columns, column)
			inputs[name] = bound{field: fields, several: column.Slots > 0, rows: rows}
			fields++
		}
	}
	if err := s.Check(); err != nil {
		return nil, nil, fmt.Errorf("%w: wasm/feature/source.go and numeric.go name the features", err)
	}
	return s, inputs, nil
}

// column returns the column that makes n.
func (n *number) column(name string) feature.Column {
	c := feature.Column{Name: name, Source: n.Feature, Mean: n.Mean, Deviation: 1, Low: -1e9, High: 1e9}
	if n.Log {
		c.Kind = feature.LogScaled
	}
	for to, from := range map[*float32]*float32{&c.Deviation: n.Deviation, &c.Low: n.Low, &c.High: n.High} {
		if from != nil {
			*to = *from
		}
	}
	return c
}

// column returns the column that makes x, and which row of the model's table stands for each
// of its ids.
func (x *ids) column(name string, c *catalog.Catalog) (feature.Column, []int32, error) {
	source, known := feature.SourceOf(x.Feature)
	column := feature.Column{Name: name, Source: x.Feature, With: x.With, Kind: feature.OneHot, Size: x.Size, Slots: x.Slots, Least: x.Least}
	if known && source.Several() {
		column.Kind = feature.Sequence
		if x.Slots < 1 {
			return feature.Column{}, nil, errors.New("a history has as many ids as its slots, which are not said")
		}
	}
	switch {
	case known && source.Numeric() && x.Edges != nil:
		column.Kind, column.Edges, column.Size = feature.Bucketized, x.Edges, int32(len(x.Edges)+1)
	case x.With != "":
		column.Kind = feature.Crossed
	case x.Size > 0:
		column.Kind = feature.Hashed
	case !known || source.Numeric():
		return feature.Column{}, nil, fmt.Errorf("no feature %q has ids: movieId, movieGenre1 and userHistory do", x.Feature)
	case x.IDs == "" && source.Vocabulary(-1, -1, -1) > 0: // of its own, which no catalog has
		column.Size = int32(source.Vocabulary(0, 0, 0))
	default:
		rows, err := x.rows(source, c)
		column.Size = int32(len(rows))
		return column, rows, err
	}
	if column.Size < 1 || column.Size > mostIDs {
		return feature.Column{}, nil, fmt.Errorf("its size is %d; it may be 1 to %d", column.Size, mostIDs)
	}
	rows := make([]int32, column.Size)
	for r := range rows {
		rows[r] = int32(r)
	}
	return column, rows, nil
}

// mostIDs is how many ids a column without a file of them may have.
const mostIDs = 1 << 20

// rows returns which row of the model's table stands for each of the catalog's items or genres.
func (x *ids) rows(source feature.Source, c *catalog.Catalog) ([]int32, error) {
	const items, genres = 1, 2
	var own []string
	switch source.Vocabulary(items, genres, 0) {
	case items:
		for _, id := range c.IDs {
			own = append(own, string(id))
		}
	case genres:
		own = c.GenreNames
	default:
		return nil, fmt.Errorf("feature %q is neither of items nor of genres", x.Feature)
	}
	at := map[string]int32{}
	for i, n := range x.names {
		at[n] = int32(i)
	}
	rows, found := make([]int32, len(own)), 0
	for r, n := range own {
		i, ok := at[n]
		if rows[r] = i; !ok {
			rows[r] = -1
			continue
		}
		found++
	}
	if found == 0 {
		return nil, errors.New(x.IDs + " has no id that the catalog has")
	}
	return rows, nil
}
