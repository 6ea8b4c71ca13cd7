package onnx

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/nn"
	"sparrow/wasm/quant"
	"sparrow/wasm/ranking"
)

// WriteModel returns a further model of ranking as ONNX. Its inputs are the columns of its schema,
// which [WriteBind] describes; ids are rows of the catalog's items or genres, -1 for none.
func WriteModel(m *ranking.Pointwise) ([]byte, error) {
	p := &page{graph: m.Graph, numbers: m.Schema.Numerics()}
	data, err := p.model([2]string{"name", m.Name}, [2]string{"source", m.Source})
	if err != nil {
		return nil, fmt.Errorf("onnx: %s: %w", m.Name, err)
	}
	return data, nil
}

// WriteRanker returns the ranker of a bundle, which has the vectors in and out, as ONNX. Its inputs
// have the names of features: numbers as they are, which the model standardizes itself, and ids, which are rows of
// the catalog's items or genres, -1 for none. Its answer is the score that [ranking.Ranker] gives.
func WriteRanker(m *ranking.Model, in, out *quant.Matrix) ([]byte, error) {
	if row, scale := m.Genre.Row(0); scale != 0 && slices.ContainsFunc(row, func(v int8) bool { return v != 0 }) {
		return nil, errors.New("onnx: ranker: its vector for no genre is not zeros, as that of none is in a model that is written")
	}
	data, err := rankerPage(m, in, out).model([2]string{"name", "Embedding+MLP, which orders a list"})
	if err != nil {
		return nil, fmt.Errorf("onnx: ranker: %w", err)
	}
	return data, nil
}

// numbered returns the names name1, name2 and so on.
func numbered(name string, n int) (list []string) {
	for k := range n {
		list = append(list, fmt.Sprint(name, k+1))
	}
	return list
}

// RankerFields are the inputs of a ranker that are ids, in their order: genres of the item, the
// item, genres of the user, items of the user.
func RankerFields() []string {
	return slices.Concat(numbered(feature.ItemGenre, feature.ItemGenres), []string{feature.ItemID},
		numbered(feature.UserGenre, feature.UserGenres), numbered(feature.UserRatedItem, feature.UserItems))
}

const none int32 = -1

// rankerPage makes a graph of a ranker: see [ranking.Model] for the order of its inputs.
func rankerPage(m *ranking.Model, in, out *quant.Matrix) *page {
	var fields []nn.Field
	for _, name := range RankerFields() {
		n := m.Genre.Rows - 1
		if name == feature.ItemID || strings.HasPrefix(name, feature.UserRatedItem) {
			n = out.Rows
		}
		fields = append(fields, nn.Field{Name: name, Slots: 1, Vocabulary: max(1, n)})
	}
	b := nn.NewBuilder(len(m.Features), fields, nil)
	genre := none // where a genre has no vector
	if m.Genre.Cols > 0 {
		genre = fill(b, "genre", matrixOf(&m.Genre, min(1, m.Genre.Rows-1), 1), m.Genre.Cols)
	}
	item := fill(b, "item", matrixOf(out, 0, m.OutScale), out.Cols)
	liked := fill(b, "liked", matrixOf(in, 0, m.InScale), in.Cols)

	candidates := 0
	for _, name := range m.Features {
		if f, _ := feature.NumericOf(name); f.Side() != feature.OfUser {
			candidates++
		}
	}
	x := b.Op(nn.OpInput)
	all := b.OpN(nn.OpReshape, len(m.Features), x)
	side := func(from, to int) []int32 {
		if from == to {
			return nil
		}
		return []int32{b.OpN(nn.OpReshape, 1, b.Steps(all, from, to))}
	}
	candidate, user := side(0, candidates), side(candidates, len(m.Features))
	for f := range fields {
		table, to := genre, &candidate
		switch {
		case f == feature.ItemGenres:
			table = item
		case f > feature.ItemGenres+feature.UserGenres:
			table = liked
		}
		if f > feature.ItemGenres {
			to = &user
		}
		if table != none {
			*to = append(*to, b.Embed(f, table))
		}
	}
	c := b.Op(nn.OpConcat, candidate...)
	h := b.Op(nn.OpConcat, append([]int32{c}, user...)...)
	for i := range m.Hidden {
		h = b.Op(nn.OpReLU, dense(b, fmt.Sprint("hidden", i+1), h, &m.Hidden[i]))
	}
	b.Finish(b.Op(nn.OpAdd, dense(b, "output", h, &m.Output), dense(b, "skip", c, &m.Skip)))
	return &page{graph: &b.Graph, numbers: m.Features, mean: m.Mean, deviation: m.Deviation}
}

// matrixOf returns the decoded rows of m from one on, times a scale.
func matrixOf(m *quant.Matrix, from int, scale float32) []float32 {
	v := make([]float32, (m.Rows-from)*m.Cols)
	for r := from; r < m.Rows; r++ {
		nn.Embed(v[(r-from)*m.Cols:][:m.Cols], m, scale, r)
	}
	return v
}

// fill adds a parameter with these values.
func fill(b *nn.Builder, name string, v []float32, cols int) int32 {
	p := b.Param(name, len(v)/cols, cols, 0, 0)
	copy(b.Graph.Params[p].Data, v)
	return p
}

// dense adds a layer of a ranker.
func dense(b *nn.Builder, name string, x int32, d *ranking.Dense) int32 {
	w := nn.Decode(&d.Weight, 0, d.Weight.Cols)
	return b.Node(nn.Node{Op: nn.OpLinear, In: []int32{x}, Param: []int32{fill(b, name+".weight", w.Weight, w.Out), fill(b, name+".bias", d.Bias, w.Out)}})
}

// WriteBind returns the file that binds the model that [WriteModel] writes to its features, for [ReadBind], and the
// files of ids that it names: each is called after prefix.
func WriteBind(m *ranking.Pointwise, c *catalog.Catalog, prefix string) (files map[string][]byte, err error) {
	inputs := map[string]any{}
	for i := range m.Schema.Columns {
		column := &m.Schema.Columns[i]
		x, err := BindOf(column, prefix)
		if err != nil {
			return nil, fmt.Errorf("onnx: %s: %w", m.Name, err)
		}
		inputs[column.Name] = x
	}
	text, err := json.MarshalIndent(struct {
		Name   string         `json:"name"`
		Source string         `json:"source"`
		Inputs map[string]any `json:"inputs"`
	}{m.Name, m.Source, inputs}, "", "  ")
	files = Rows(c, prefix)
	files[prefix+".json"] = append(text, '\n')
	return files, err
}

// BindOf returns what binds an input to a column, as JSON writes it: an object, in which the files of ids
// are called after prefix.
func BindOf(column *feature.Column, prefix string) (any, error) {
	source, _ := feature.SourceOf(column.Source)
	if column.Kind.Numeric() {
		return number{Feature: column.Source, Log: column.Kind == feature.LogScaled, Mean: column.Mean, Deviation: &column.Deviation, Low: &column.Low, High: &column.High}, nil
	}
	x := ids{Feature: column.Source, With: column.With, Slots: column.Slots, Least: column.Least}
	const items, genres = 1, 2
	switch of := source.Vocabulary(items, genres, 0); {
	case column.Kind == feature.Bucketized:
		x.Edges = column.Edges
	case column.Kind == feature.Crossed, column.Kind == feature.Hashed:
		x.Size = column.Size
	case of == items:
		x.IDs = prefix + ".items.txt"
	case of == genres:
		x.IDs = prefix + ".genres.txt"
	case of == 0:
		return nil, fmt.Errorf("its input %q is of users, whom only the training knew", column.Name)
	}
	return x, nil
}

// Rows returns the files that say which item and which genre each row is, a line a row.
func Rows(c *catalog.Catalog, prefix string) map[string][]byte {
	list := make([]string, c.Len())
	for r, id := range c.IDs {
		list[r] = string(id)
	}
	return map[string][]byte{prefix + ".items.txt": lines(list), prefix + ".genres.txt": lines(c.GenreNames)}
}

func lines(list []string) (text []byte) {
	for _, s := range list {
		text = append(append(text, s...), '\n')
	}
	return text
}
