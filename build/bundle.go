package main

import (
	"fmt"
	"time"

	"sparrow/build/dataset"
	"sparrow/wasm/bundle"
)

type bundleVerb struct {
	dataFlags
	trainFlags
	Out  string `required:"" placeholder:"PATH" help:"File to write; a folder gets <sha256>.bundle, a latest.json that names it, and its lists."`
	JSON bool   `name:"json" help:"Print the figures as JSON."`
}

func (bundleVerb) Help() string {
	return `Reads a data set, trains retrieval and ranking, measures them on each user's newest interaction, and writes the
bundle: prepare, train and pack in one go, with the same bytes.

Examples:
  go run ./build bundle --input data/ml-latest-small --out data/demo/
  go run ./build bundle --input mine --out mine.bundle --name "My cinema" --licence "ours" --seed 7 --json
  go run ./build bundle --input data/ml-latest-small --feedback data/feedback --out data/next/

With --feedback, ratings of visitors count as ratings, a like counts as 5 stars, and a click or a view without an
opinion counts for a part: on average as --click says, more where the card stood in a position that few look at
(1/θ of its position, by a position-based click model fitted to the log, list by list; the table shows θ as
"examined"). What a visitor dislikes is left out. Bundles are measured on opinions alone, never on clicks.`
}

func (v *bundleVerb) Run(c *console) error {
	begun := time.Now()
	d, figures, err := v.read(c)
	if err != nil {
		return err
	}
	boundMemory(len(d.Interactions))
	r, err := v.retrieve(c, d)
	if err != nil {
		return err
	}
	m, ranked, err := v.rank(c, d, r)
	if err != nil {
		return err
	}
	more, err := v.pointwise(c, d)
	if err != nil {
		return err
	}
	f, err := v.pack(c, d, v.assemble(d, r, m, more), v.Out)
	if err != nil {
		return err
	}
	if v.Holdout > 0 { // not in the bundle: pack, which has no float32, writes the same
		measured, err := figuresFor(c, r.exact.method(), held(d, v.Holdout), d.Catalog.Len())
		if err != nil {
			return err
		}
		for _, m := range measured {
			f.Metrics = append(f.Metrics, metricFigure{m.Name + " retrieved float32", m.Value})
		}
	}
	f.Metrics = append(f.Metrics, // the ranker's own validation: users that it was not trained on
		metricFigure{"NDCG@10 validation float32", float32(ranked.Ranked)},
		metricFigure{"NDCG@10 validation int8", float32(ranked.Quantized)})
	c.stop()
	f.Data, f.Seconds = figures, time.Since(begun).Seconds()
	return f.print(c, v.JSON)
}

// packed are the figures of a bundle that was written.
type packed struct {
	Bundle  string         `json:"bundle"`
	SHA256  string         `json:"sha256"`
	Bytes   int            `json:"bytes"`
	Seconds float64        `json:"seconds"`
	Data    dataFigures    `json:"data"`
	Metrics []metricFigure `json:"metrics"`
}

type metricFigure struct {
	Name  string  `json:"name"`
	Value float32 `json:"value"`
}

// pack measures b as it is once decoded, adds the figures to it and writes it;
// into a folder its lists, too.
func (f *trainFlags) pack(c *console, d *dataset.Dataset, b *bundle.Bundle, out string) (*packed, error) {
	data, err := bundle.Encode(b)
	if err != nil {
		return nil, err
	}
	if f.Holdout > 0 {
		if b.Meta.Metrics, err = measure(c, data, d, f.Holdout); err != nil {
			return nil, err
		}
	}
	b.Meta.Card = f.card(b, d)
	if data, err = bundle.Encode(b); err != nil {
		return nil, err
	}
	decoded, err := bundle.Decode(data)
	if err != nil {
		return nil, fmt.Errorf("the bundle cannot be read back: %w", err)
	}
	path, hash, err := writeBundle(c.ctx, out, data)
	if err != nil {
		return nil, err
	}
	if isFolder(out) {
		if n := others(out, hash); n > 0 {
			c.say("%d older bundles stay in %s: whoever loads one may still be at it", n, out)
		}
		if !listed(out, hash) {
			if err := writeLists(c, out, decoded, hash); err != nil {
				return nil, err
			}
		}
	}
	p := &packed{Bundle: path, SHA256: hash, Bytes: len(data), Metrics: []metricFigure{}}
	for _, m := range b.Meta.Metrics {
		p.Metrics = append(p.Metrics, metricFigure{m.Name, m.Value})
	}
	return p, nil
}

func (p *packed) print(c *console, asJSON bool) error {
	if asJSON {
		return c.json(p)
	}
	for _, m := range p.Metrics {
		fmt.Fprintf(c.out, "%-24s %.4f\n", m.Name, m.Value)
	}
	_, err := fmt.Fprintf(c.out, "%s  %d bytes  sha256 %s  %.1f s\n", p.Bundle, p.Bytes, p.SHA256, p.Seconds)
	return err
}
