// Package pipeline makes a bundle of a data set: read, train retrieval, train
// ranking on what retrieval finds, measure, pack. In one go, or in steps that keep
// what they made in a work folder.
package pipeline

import (
	"context"
	"slices"
	"time"

	"sparrow/build/dataset"
	"sparrow/build/listwise"
	"sparrow/wasm/bundle"
	"sparrow/wasm/ranking"
	"sparrow/wasm/retrieval"
)

// Progress receives what a run is at.
type Progress interface {
	// Say takes a line for people.
	Say(format string, args ...any)
	// Stage begins a part of the work, in place of the one before. What it returns
	// is called with how many of all parts are done.
	Stage(name string) func(done, total int)
	// Stop ends the stage.
	Stop()
}

// Options are the settings of a training run. Each user's history is cut into
// three: the newest Holdout interactions measure the bundle (opinions only; nothing
// is held back of a user who ends with a click), the newest before them are what
// the ranker learns to put first, and the rest trains retrieval. So the ranker learns
// on what it will meet, and what ships is exactly what was measured. Of timeless
// data (see [dataset.Dataset.Timeless]) the newest are drawn at random.
type Options struct {
	Models    []string // ranking models of the course that the bundle carries as well
	Seed      uint64   // of every random choice
	Retrieval string   // "sequence", "pool" or "auto", which measures both and takes the better
	OrderFree bool     // the order says nothing: it is not used; auto finds out by itself
	Mix       string   // [MixPerson] or [MixNext], which "" is too
	Width     int      // D of the retrieval vectors; 0 is the model's default
	Index     string   // "cells", "scan" or "auto", which chooses by the size of the table
	Epochs    int      // passes while retrieval is trained; 0 chooses by the size of the data
	Holdout   int      // newest interactions of each user that are kept out
	Little    little   // what the data are too few for; suited sets it
}

// DefaultOptions returns the options of a bundle that a user makes without any
// flag.
func DefaultOptions() Options {
	return Options{Seed: 1, Retrieval: "auto", Index: "auto", Mix: MixPerson, Holdout: 1}
}

// Trained are the parts of a bundle that training makes.
type Trained struct {
	Options   Options
	Retrieved Retrieved
	Ranking   ranking.Model
	Pointwise []ranking.Pointwise
	Report    listwise.Report // of the ranker; empty when it was read from a work folder
}

// Train trains everything that a bundle holds.
func (o Options) Train(ctx context.Context, p Progress, d *dataset.Dataset) (*Trained, error) {
	o = o.suited(d)
	r, err := o.Retrieve(ctx, p, d)
	if err != nil {
		return nil, err
	}
	m, report, err := o.Rank(ctx, p, d, r)
	if err != nil {
		return nil, err
	}
	more, err := o.Pointwise(ctx, p, d)
	if err != nil {
		return nil, err
	}
	return &Trained{Options: o, Retrieved: *r, Ranking: *m, Pointwise: more, Report: report}, nil
}

// Run trains, measures and writes a bundle to out, which is a file or a folder,
// and returns its figures. It adds what is known here and nowhere later: the figures
// of retrieval in float32, and the ranker's own validation, on users that it was not
// trained on.
func (o Options) Run(ctx context.Context, p Progress, d *dataset.Dataset, out string) (*Packed, error) {
	begun := time.Now()
	boundMemory(len(d.Interactions))
	t, err := o.Train(ctx, p, d)
	if err != nil {
		return nil, err
	}
	f, err := t.Pack(ctx, p, d, out)
	if err != nil {
		return nil, err
	}
	if measured := heldOut(d, t.Options.Holdout); len(measured) > 0 && t.Retrieved.exact != nil { // not in the bundle: steps, which have no float32, write the same
		measured, err := figuresFor(ctx, p, t.Retrieved.exact.method(), measured, d.Catalog.Len())
		if err != nil {
			return nil, err
		}
		for _, m := range measured {
			f.Metrics = append(f.Metrics, Metric{m.Name + " retrieved float32" + suffix(d), m.Value})
		}
	}
	if t.Report.Epochs > 0 { // else no ranker was trained
		f.Metrics = append(f.Metrics,
			Metric{"NDCG@10 validation float32" + suffix(d), float32(t.Report.Ranked)},
			Metric{"NDCG@10 validation int8" + suffix(d), float32(t.Report.Quantized)})
	}
	p.Stop()
	f.Seconds = time.Since(begun).Seconds()
	return f, nil
}

// Like returns the options that train the same kind of bundle as b.
func Like(b *bundle.Bundle) Options {
	o := Options{Seed: b.Meta.Seed, Width: b.Retrieval.Out.Cols, Retrieval: "pool", OrderFree: orderFree(&b.Retrieval)}
	if b.Retrieval.Network != nil {
		o.Retrieval = "sequence"
	}
	if b.Profile != nil {
		o.Mix = MixPerson
	}
	return o
}

// orderFree reports whether m was trained without an order: then all places of the
// history weigh the same, which they never do where they are learned.
func orderFree(m *retrieval.Model) bool {
	p := m.Position
	return m.Network == nil && len(p) > 1 && !slices.ContainsFunc(p, func(w float32) bool { return w != p[0] })
}

// Retrain trains a bundle like b on train alone, without figures, as one that is
// read back from its bytes.
func Retrain(ctx context.Context, p Progress, b *bundle.Bundle, train *dataset.Dataset) (*bundle.Bundle, error) {
	t, err := Like(b).Train(ctx, p, train)
	if err != nil {
		return nil, err
	}
	data, err := bundle.Encode(t.assemble(train))
	if err != nil {
		return nil, err
	}
	return bundle.Decode(data)
}
