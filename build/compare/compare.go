// Package compare trains and judges the models of the course side by side: one
// list of them, one split, settings chosen on validation data, the test touched once.
package compare

import (
	"context"
	"fmt"
	"slices"

	"sparrow/build/dataset"
	"sparrow/build/evaluation"
)

// Options say what is compared.
type Options struct {
	Models []string // names; none for all
	Preset string   // the pointwise protocol, see [evaluation.Presets]
	// Protocol is what retrieval models are judged by: one of [evaluation.ListProtocols],
	// of which "" is the first, or [Orders]. Share is what it hides, see [evaluation.Examine],
	// and Likes how many each person of Orders has.
	Protocol string
	Share    float64
	Likes    int
	Seed     uint64
	Tune     bool // try all settings; else only the defaults
	Random   int  // and so many drawn at random, where a model has knobs
	K        int
	// Stage tells what is being done and returns where its progress goes.
	Stage func(what string) func(done, total int)
}

// Orders is the protocol that asks what lists owe to the order of likes, see
// [evaluation.Orders]. Models are trained, and their settings chosen, as for the first of
// [evaluation.ListProtocols].
const Orders = "orders"

// DefaultOptions compares all models with tuning, on lists of ten.
func DefaultOptions() Options {
	return Options{Preset: "everybody", Protocol: evaluation.ListProtocols[0], Share: 0.1, Likes: 10, Seed: 1, Tune: true, K: 10}
}

// wants reports whether a model is to be compared.
func (o *Options) wants(name string) bool {
	return len(o.Models) == 0 || slices.Contains(o.Models, name)
}

// Compare judges all retrieval and all ranking models that opt wants on d.
func Compare(ctx context.Context, d *dataset.Dataset, opt Options) (*Report, error) {
	r := &Report{Dataset: d.Name, Users: len(d.Users), Items: d.Catalog.Len(), Seed: opt.Seed}
	for u := range d.Users {
		r.Events += len(d.Of(u))
	}
	if err := opt.fits(d); err != nil { // before anything is trained
		return nil, err
	}
	opt, left, err := opt.ordered(d)
	if err != nil {
		return nil, err
	}
	r.LeftOut = left
	retrieval, err := compareRetrieval(ctx, d, opt)
	if err != nil {
		return nil, err
	}
	ranking, err := compareRanking(ctx, d, opt)
	if err != nil {
		return nil, err
	}
	for _, p := range []*Part{retrieval, ranking} {
		if len(p.Rows) > 0 {
			r.Parts = append(r.Parts, p)
		}
	}
	if len(r.Parts) == 0 {
		return nil, fmt.Errorf("compare: no model is called %q; there are %q", opt.Models, Names())
	}
	return r, nil
}

// Names returns the names of all models.
func Names() []string {
	var names []string
	for _, r := range Retrievers() {
		names = append(names, r.Name)
	}
	for _, m := range rankers() {
		names = append(names, m.Name)
	}
	return names
}
