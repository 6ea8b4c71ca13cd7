// Package pipeline makes a bundle of a data set: read, train retrieval, train
// ranking on what retrieval finds, measure, pack. In one go, or in steps that keep
// what they made in a work folder.
package pipeline

import (
	"context"
	"slices"

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
// on what it will meet. With [ShipMeasured] that is what ships; with [ShipAll] it
// is trained again in the same way, with nothing held out to measure. Of timeless
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
	Ship      string   // [ShipAll] or [ShipMeasured], which "" is too
	Ranker    int      // passes of the ranker; 0 finds out how many, [noPasses] keeps the order of retrieval
	Most      float32  // of the profile's gate; 0 finds out
	Little    little   // what the data are too few for; suited sets it

	keep *keeping // keeps how far a training is; nil for nothing
}

// DefaultOptions returns the options of a bundle that a user makes without any
// flag.
func DefaultOptions() Options {
	return Options{Seed: 1, Retrieval: "auto", Index: "auto", Mix: MixPerson, Holdout: 1, Ship: ShipAll}
}

// Trained are the parts of a bundle that training makes.
type Trained struct {
	Options   Options
	Retrieved Retrieved
	Ranking   ranking.Model
	Pointwise []ranking.Pointwise
	Report    listwise.Report // of the ranker
}

// Train trains everything that a bundle holds.
func (o Options) Train(ctx context.Context, p Progress, d *dataset.Dataset) (*Trained, error) {
	return o.suited(d).parts(ctx, p, d)
}

// parts trains with options that are suited to d.
func (o Options) parts(ctx context.Context, p Progress, d *dataset.Dataset) (*Trained, error) {
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
	return Like(b).Bundle(ctx, p, train)
}

// Bundle trains a bundle on train, without figures, as one that is read back from its bytes.
func (o Options) Bundle(ctx context.Context, p Progress, train *dataset.Dataset) (*bundle.Bundle, error) {
	t, err := o.Train(ctx, p, train)
	if err != nil {
		return nil, err
	}
	data, err := bundle.Encode(t.assemble(train))
	if err != nil {
		return nil, err
	}
	return bundle.Decode(data)
}
