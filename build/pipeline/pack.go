package pipeline

import (
	"context"
	"fmt"

	"sparrow/build/bundledir"
	"sparrow/build/crowd"
	"sparrow/build/dataset"
	"sparrow/build/embedding"
	"sparrow/build/examples"
	"sparrow/build/lists"
	"sparrow/build/plural"
	"sparrow/wasm/bundle"
	"sparrow/wasm/engine"
	"sparrow/wasm/retrieval"
)

// Packed are the figures of a bundle that was written.
type Packed struct {
	Bundle     string             `json:"bundle"`
	SHA256     string             `json:"sha256"`
	Bytes      int                `json:"bytes"`
	Supplement int                `json:"supplement,omitempty"` // bytes of the second file
	Seconds    float64            `json:"seconds"`
	Data       DataFigures        `json:"data"`
	Metrics    []Metric           `json:"metrics"`
	FiguresOf  string             `json:"figures_of,omitempty"` // see [Sibling]
	Beside     *Beside            `json:"beside,omitempty"`
	Vectors    *embedding.Figures `json:"vectors,omitempty"` // that were trained elsewhere
}

// Metric is a figure with its name.
type Metric struct {
	Name  string  `json:"name"`
	Value float32 `json:"value"`
}

// assemble puts the parts of a bundle together.
func (t *Trained) assemble(d *dataset.Dataset) *bundle.Bundle {
	return &bundle.Bundle{
		Meta:       bundle.Meta{Name: d.Name, Licence: d.Licence, Citation: d.Citation, Seed: t.Options.Seed, Vocabulary: d.Vocabulary},
		Catalog:    d.Catalog,
		Statistics: crowd.Statistics(d.WithoutOpinions(t.Options.Holdout), examples.TrendHalfLife),
		Retrieval:  t.Retrieved.Model,
		Transition: t.Retrieved.Transition,
		Profile:    t.Retrieved.Profile,
		Ranking:    t.Ranking,
		Pointwise:  t.Pointwise,
		First:      first(&t.Retrieved.Transition),
	}
}

// firstNeighbours is how many of the strongest neighbours of each item the first file of
// a bundle has, by which its lists are as good as with all, as far as can be measured.
// The README of this folder has the figures.
const firstNeighbours = 12

// first returns firstNeighbours where a list has more, else 0: the first file has all.
func first(l *retrieval.Lists) int {
	for r := range l.Scale {
		if l.Start[r+1]-l.Start[r] > firstNeighbours {
			return firstNeighbours
		}
	}
	return 0
}

// assembled is a bundle without figures, and its bytes.
type assembled struct {
	bundle *bundle.Bundle
	data   []byte
}

// figures are what a bundle says of how good it is.
type figures struct {
	metrics []bundle.Metric
	beside  *Beside
	choice  Choice
	holdout int // newest interactions of each user that what was measured was trained without
}

// assembled puts the bundle together, with what is bought together, and divides a large catalog
// into cells.
func (t *Trained) assembled(p Progress, d *dataset.Dataset) (*assembled, error) {
	b := t.assemble(d)
	b.Retrieval.Cells = t.Options.cells(p, &b.Retrieval, d)
	b.Together = t.Options.together(p, d)
	data, err := bundle.Encode(b)
	return &assembled{b, data}, err
}

// measure measures x, which is t as it is once decoded.
func (t *Trained) measure(ctx context.Context, p Progress, d *dataset.Dataset, x *assembled) (f figures, err error) {
	f = figures{choice: t.Retrieved.Choice, holdout: t.Options.Holdout}
	if f.holdout > 0 {
		f.metrics, f.beside, err = measure(ctx, p, x.data, d, f.holdout)
	}
	return f, err
}

// write adds the figures and the golden questions to x, which is t, and writes it to out:
// one file; or into a folder, from where pages load it, as two, with its lists. The figures are
// those of x, or where t holds less out, of what was trained in the same way.
func (t *Trained) write(ctx context.Context, p Progress, d *dataset.Dataset, x *assembled, m figures, out string) (*Packed, error) {
	b, data := x.bundle, x.data
	b.Meta.Metrics = m.metrics
	if len(m.metrics) > 0 {
		b.Meta.Sibling = m.holdout - t.Options.Holdout
	}
	b.Meta.Card = card(b, d, t.Options.Holdout, &m.choice, m.beside) + t.Options.Little.note(d) + t.Retrieved.note
	decoded, err := bundle.Decode(data) // the models as they ship
	if err != nil {
		return nil, fmt.Errorf("the bundle cannot be read back: %w", err)
	}
	f, err := publish(ctx, p, b, decoded, out)
	if err != nil {
		return nil, err
	}
	f.Beside = m.beside
	return f, nil
}

// publish adds golden questions to b, whose models are those of decoded as they ship, and writes
// it to out, with its lists where that is a folder.
func publish(ctx context.Context, p Progress, b, decoded *bundle.Bundle, out string) (*Packed, error) {
	b.Golden = golden(decoded)
	data, supplement, err := files(b, golden(decoded.Early()), bundledir.IsFolder(out))
	if err != nil {
		return nil, err
	}
	path, hash, err := bundledir.Write(ctx, out, data, func(hash string) error {
		if supplement == nil {
			return nil
		}
		return bundledir.WriteSupplement(ctx, out, hash, supplement)
	}, func(hash string) error {
		if lists.Written(out, hash) {
			return nil
		}
		return lists.Write(ctx, out, decoded, hash, p.Stage("lists"))
	})
	if err != nil {
		return nil, err
	}
	if bundledir.IsFolder(out) {
		if n := bundledir.CountOthers(out, hash); n > 0 {
			p.Say("left in %s, since pages may still be loading from there: %s", out, plural.Of(n, "older bundle"))
		}
	}
	f := &Packed{Bundle: path, SHA256: hash, Bytes: len(data), Supplement: len(supplement), Metrics: []Metric{}, FiguresOf: Sibling(&b.Meta)}
	for _, m := range b.Meta.Metrics {
		f.Metrics = append(f.Metrics, Metric(m))
	}
	return f, nil
}

// files returns the bytes of a bundle whose golden answers an engine gives: in parts
// as two files, where it has something for the second, else as one. early are the
// answers that are given without the second.
func files(b *bundle.Bundle, early []bundle.Golden, parts bool) (data, supplement []byte, err error) {
	if parts {
		data, supplement, err = bundle.EncodeParts(b, early)
	} else {
		data, err = bundle.Encode(b)
	}
	if err != nil {
		return nil, nil, err
	}
	e, err := engine.Open(data)
	if err == nil && supplement != nil {
		err = e.Extend(supplement)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("the bundle is not written, since no engine would take it: %w", err)
	}
	return data, supplement, nil
}
