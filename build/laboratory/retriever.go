// Package laboratory trains and judges the models of the course side by side: one
// list of them, one split, settings chosen on validation data, the test touched once.
package laboratory

import (
	"context"

	"sparrow/build/autodiff"
	"sparrow/build/dataset"
	"sparrow/wasm/feature"
)

// Retriever is a model that finds movies in the whole catalog.
type Retriever struct {
	Name   string
	Source string // the paper
	File   string // where to read it
	// Settings are what is tried on validation data, the first is the default. Several
	// seeds are of use only where Seeded.
	Settings []string
	Seeded   bool
	train    func(ctx context.Context, d *dataset.Dataset, setting int, seed uint64, progress func(done, total int)) (Found, error)
}

// Train trains r on d with one of its settings.
func (r *Retriever) Train(ctx context.Context, d *dataset.Dataset, setting int, seed uint64, progress func(done, total int)) (Found, error) {
	return r.train(ctx, d, setting, seed, progress)
}

// Scorer is a trained retrieval model. Scores stores how well each movie fits h
// in dst, [N]; it may be called from several goroutines.
type Scorer interface {
	Scores(dst []float32, h feature.History)
}

// Found is a trained model, and what its training tells of itself.
type Found struct {
	Scorer
	Vectors []float32 // [N×D] of the movies, nil for a model without
	Curve   autodiff.Curve
}

// setting is one way to change the options O of a model.
type setting[O any] struct {
	name   string
	change func(o *O)
}

// retriever makes a Retriever of a model's default options, its settings beside
// them, and its training. seed stores a seed in the options, nil where there is no chance.
func retriever[O any](name, source, file string, defaults func(*dataset.Dataset) O, seed func(*O, uint64),
	train func(ctx context.Context, d *dataset.Dataset, opt O, progress func(done, total int)) (Found, error), settings ...setting[O]) Retriever {
	r := Retriever{Name: name, Source: source, File: file, Settings: []string{"defaults"}, Seeded: seed != nil}
	for _, s := range settings {
		r.Settings = append(r.Settings, s.name)
	}
	r.train = func(ctx context.Context, d *dataset.Dataset, k int, n uint64, progress func(done, total int)) (Found, error) {
		opt := defaults(d)
		if k > 0 {
			settings[k-1].change(&opt)
		}
		if seed != nil {
			seed(&opt, n)
		}
		return train(ctx, d, opt, progress)
	}
	return r
}
