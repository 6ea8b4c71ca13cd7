package command

import (
	"errors"
	"fmt"
	"io/fs"
	"text/tabwriter"

	"sparrow/build/bundledir"
	"sparrow/build/console"
	"sparrow/build/pipeline"
	"sparrow/build/plural"
	"sparrow/wasm/bundle"
)

type inspectVerb struct {
	Bundle bundlePath `required:"" placeholder:"PATH" help:"Bundle, or folder with a latest.json."`
	Card   bool       `help:"Print the model card alone, in Markdown."`
	JSON   bool       `name:"json" help:"Print it as JSON."`
}

func (inspectVerb) Help() string {
	return `Shows what a bundle holds: where the data come from and their terms, the models and their shapes, what was measured,
and the bytes of every section. The bundle is decoded completely first, so what is shown is valid; a second file that is
missing is named.

Examples:
  go run ./build inspect --bundle data/demo
  go run ./build inspect --bundle mine.bundle --card
  go run ./build inspect --bundle mine.bundle --json`
}

// inspected is what is shown of a bundle.
type inspected struct {
	File       string                 `json:"file"`
	SHA256     string                 `json:"sha256"`
	Bytes      int                    `json:"bytes"`
	Name       string                 `json:"name"`
	Licence    string                 `json:"licence"`
	Citation   string                 `json:"citation"`
	Seed       uint64                 `json:"seed"`
	Items      int                    `json:"items"`
	Genres     int                    `json:"genres"`
	Tags       int                    `json:"tags"`
	AsOf       int64                  `json:"as_of"` // Unix seconds
	Models     []pipeline.ModelFigure `json:"models"`
	Metrics    []pipeline.Metric      `json:"metrics"`
	FiguresOf  string                 `json:"figures_of,omitempty"` // where they are not of this bundle
	Sections   []bundledir.Section    `json:"sections"`
	Supplement int                    `json:"supplement,omitempty"` // bytes of the second file
	Missing    string                 `json:"missing,omitempty"`    // path of the second file, where it is not there

	Attributes []attributeFigure `json:"attributes,omitempty"` // that lists can be filtered by
}

func (v *inspectVerb) Run(c *console.Console) error {
	data, file, err := bundledir.Read(string(v.Bundle))
	if err != nil {
		return err
	}
	b, err := bundle.Decode(data)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	missing := bundledir.SupplementOf(file)
	supplement, err := bundledir.Complete(b, file)
	switch {
	case err != nil && (v.Card || !errors.Is(err, fs.ErrNotExist)):
		return err
	case err == nil:
		missing = ""
	}
	if v.Card {
		_, err := fmt.Fprint(c.Out, b.Meta.Card)
		return err
	}
	i := inspected{
		File: file, SHA256: bundledir.Hash(data), Bytes: len(data),
		Name: b.Meta.Name, Licence: b.Meta.Licence, Citation: b.Meta.Citation, Seed: b.Meta.Seed,
		Items: b.Catalog.Len(), Genres: len(b.Catalog.GenreNames), Tags: len(b.Catalog.TagNames), AsOf: b.Statistics.AsOf,
		Models: pipeline.Models(b), Metrics: []pipeline.Metric{}, FiguresOf: pipeline.Sibling(&b.Meta),
	}
	i.Attributes = attributesOf(b.Catalog.Attributes, b.Catalog.Len())
	for _, m := range b.Meta.Metrics {
		i.Metrics = append(i.Metrics, pipeline.Metric(m))
	}
	if i.Sections, err = bundledir.Sections(data, 2); err != nil {
		return err
	}
	if i.Missing = missing; supplement != nil {
		further, err := bundledir.Sections(supplement, 1)
		if err != nil {
			return err
		}
		i.Supplement, i.Sections = len(supplement), append(i.Sections, bundledir.Section{Name: "supplement", Bytes: len(supplement), Parts: further})
	}
	if v.JSON {
		return c.JSON(i)
	}
	return i.print(c)
}

func (i *inspected) print(c *console.Console) error {
	t := tabwriter.NewWriter(c.Out, 0, 0, 2, ' ', 0)
	line := func(label, format string, args ...any) { fmt.Fprintf(t, label+"\t"+format+"\n", args...) }
	line("file", "%s", i.File)
	line("sha256", "%s", i.SHA256)
	line("bytes", "%d", i.Bytes)
	switch {
	case i.Missing != "":
		line("missing", "%s, the second file, with model card, weaker transitions and further models", i.Missing)
	case i.Supplement > 0:
		line("second file", "%s, %s", bundledir.SupplementOf(i.File), plural.Of(i.Supplement, "byte"))
	}
	line("data", "%s", i.Name)
	line("licence", "%s", i.Licence)
	line("citation", "%s", i.Citation)
	line("seed", "%d", i.Seed)
	line("catalog", "%s, %s, %s", plural.Of(i.Items, "item"), plural.Of(i.Genres, "genre"), plural.Of(i.Tags, "tag"))
	for _, a := range i.Attributes {
		line("attribute", "%s", a)
	}
	for _, m := range i.Models {
		line("model", "%s: %s, %s", m.Name, m.Shape, plural.Of(m.Parameters, "parameter"))
	}
	if i.FiguresOf != "" {
		line("measured", "%s; this one was trained on all", i.FiguresOf)
	}
	for _, m := range i.Metrics {
		line("measured", "%s %.4f", m.Name, m.Value)
	}
	for _, s := range i.Sections {
		line("section "+s.Name, "%s", plural.Of(s.Bytes, "byte"))
		for _, p := range s.Parts {
			if p.Name == "movies" { // the format's name of how many items there are
				p.Name = "items"
			}
			line("  "+p.Name, "%d", p.Bytes)
		}
	}
	return t.Flush()
}
