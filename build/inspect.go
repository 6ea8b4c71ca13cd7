package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"text/tabwriter"

	"github.com/vmihailenco/msgpack/v5"
	"github.com/vmihailenco/msgpack/v5/msgpcode"
	"sparrow/wasm/bundle"
	"sparrow/wasm/nn"
	"sparrow/wasm/quant"
)

type inspectVerb struct {
	Bundle string `required:"" placeholder:"PATH" help:"Bundle, or folder with a latest.json."`
	Card   bool   `help:"Print the model card alone, in Markdown."`
	JSON   bool   `name:"json" help:"Print it as JSON."`
}

func (inspectVerb) Help() string {
	return `Shows what a bundle holds: where the data come from and their terms, the models and their shapes, what was measured,
and the bytes of every section. The bundle is decoded completely first, so what is shown is valid.

Examples:
  go run ./build inspect --bundle data/demo
  go run ./build inspect --bundle mine.bundle --card
  go run ./build inspect --bundle mine.bundle --json`
}

// inspected is what is shown of a bundle.
type inspected struct {
	File     string         `json:"file"`
	SHA256   string         `json:"sha256"`
	Bytes    int            `json:"bytes"`
	Name     string         `json:"name"`
	Licence  string         `json:"licence"`
	Citation string         `json:"citation"`
	Seed     uint64         `json:"seed"`
	Movies   int            `json:"movies"`
	Genres   int            `json:"genres"`
	Tags     int            `json:"tags"`
	AsOf     int64          `json:"as_of"` // Unix seconds
	Models   []modelFigure  `json:"models"`
	Metrics  []metricFigure `json:"metrics"`
	Sections []section      `json:"sections"`
}

type modelFigure struct {
	Name       string `json:"name"`
	Shape      string `json:"shape"`
	Parameters int    `json:"parameters"`
}

// section is a part of the file; parts of a part have no parts.
type section struct {
	Name  string    `json:"name"`
	Bytes int       `json:"bytes"`
	Parts []section `json:"parts,omitempty"`
}

func (v *inspectVerb) Run(c *console) error {
	data, file, err := readBundle(v.Bundle)
	if err != nil {
		return err
	}
	b, err := bundle.Decode(data)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if v.Card {
		_, err := fmt.Fprint(c.out, b.Meta.Card)
		return err
	}
	sum := sha256.Sum256(data)
	i := inspected{
		File: file, SHA256: hex.EncodeToString(sum[:]), Bytes: len(data),
		Name: b.Meta.Name, Licence: b.Meta.Licence, Citation: b.Meta.Citation, Seed: b.Meta.Seed,
		Movies: b.Catalog.Len(), Genres: len(b.Catalog.GenreNames), Tags: len(b.Catalog.TagNames), AsOf: b.Statistics.AsOf,
		Models: modelsOf(b), Metrics: []metricFigure{},
	}
	for _, m := range b.Meta.Metrics {
		i.Metrics = append(i.Metrics, metricFigure{m.Name, m.Value})
	}
	if i.Sections, err = sectionsOf(data, 2); err != nil {
		return err
	}
	if v.JSON {
		return c.json(i)
	}
	return i.print(c)
}

func modelsOf(b *bundle.Bundle) []modelFigure {
	taste, lists, m := &b.Retrieval, &b.Transition, &b.Ranking
	values := func(q *quant.Matrix) int { return q.Rows * q.Cols }
	mlp := fmt.Sprintf("%d numeric features, %d genres × %d", len(m.Features), max(0, m.Genre.Rows-1), m.Genre.Cols)
	parameters := values(&m.Genre) + values(&m.Output.Weight) + len(m.Output.Bias) + values(&m.Skip.Weight) + len(m.Skip.Bias)
	for _, h := range m.Hidden {
		mlp += fmt.Sprintf(" → %d", h.Weight.Rows)
		parameters += values(&h.Weight) + len(h.Bias)
	}
	found := modelFigure{"sequence pooling (retrieval)", fmt.Sprintf("2 × %d × %d int8, history of %d", taste.Out.Rows, taste.Out.Cols, taste.Length()),
		values(&taste.In) + values(&taste.Out) + len(taste.Bias) + len(taste.Position) + len(taste.Level)}
	if g := taste.Network; g != nil {
		n := parametersOf(g)
		found = modelFigure{"self-attention (retrieval)", fmt.Sprintf("%d × %d int8, a network of %d int8, history of %d", taste.Out.Rows, taste.Out.Cols, n, taste.Length()),
			values(&taste.Out) + len(taste.Bias) + n}
	}
	all := []modelFigure{
		found,
		{"transitions (retrieval, feature)", fmt.Sprintf("%d lists, %d neighbours", len(lists.Scale), len(lists.Items)), len(lists.Items)},
		{"Embedding + MLP (ranking)", mlp + " → 1", parameters},
	}
	for _, p := range b.Pointwise {
		all = append(all, modelFigure{p.Name + " (pointwise)", fmt.Sprintf("%d columns, %d operations", len(p.Schema.Columns), len(p.Graph.Nodes)), parametersOf(p.Graph)})
	}
	return all
}

func parametersOf(g *nn.Graph) (n int) {
	for _, p := range g.Params {
		n += len(p.Data)
	}
	return n
}

// sectionsOf returns the entries of the map that data encodes, in order, down
// to the given depth.
func sectionsOf(data []byte, depth int) ([]section, error) {
	d := msgpack.NewDecoder(bytes.NewReader(data))
	n, err := d.DecodeMapLen()
	if err != nil {
		return nil, err
	}
	list := []section{}
	for range n {
		name, err := d.DecodeString()
		if err != nil {
			return nil, err
		}
		raw, err := d.DecodeRaw()
		if err != nil {
			return nil, err
		}
		s := section{Name: name, Bytes: len(raw)}
		if c := raw[0]; depth > 1 && (msgpcode.IsFixedMap(c) || c == msgpcode.Map16 || c == msgpcode.Map32) {
			if s.Parts, err = sectionsOf(raw, depth-1); err != nil {
				return nil, err
			}
		}
		list = append(list, s)
	}
	return list, nil
}

func (i *inspected) print(c *console) error {
	t := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	line := func(label, format string, args ...any) { fmt.Fprintf(t, label+"\t"+format+"\n", args...) }
	line("file", "%s", i.File)
	line("sha256", "%s", i.SHA256)
	line("bytes", "%d", i.Bytes)
	line("data", "%s", i.Name)
	line("licence", "%s", i.Licence)
	line("citation", "%s", i.Citation)
	line("seed", "%d", i.Seed)
	line("catalog", "%d movies, %d genres, %d tags", i.Movies, i.Genres, i.Tags)
	for _, m := range i.Models {
		line("model", "%s: %s, %d parameters", m.Name, m.Shape, m.Parameters)
	}
	for _, m := range i.Metrics {
		line("measured", "%s %.4f", m.Name, m.Value)
	}
	for _, s := range i.Sections {
		line("section "+s.Name, "%d bytes", s.Bytes)
		for _, p := range s.Parts {
			line("  "+p.Name, "%d", p.Bytes)
		}
	}
	return t.Flush()
}
