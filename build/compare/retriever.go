package compare

import (
	"context"

	"sparrow/build/autodiff"
	"sparrow/build/dataset"
	"sparrow/wasm/feature"
)

// Retriever is a model that finds items in the whole catalog.
type Retriever struct {
	Name   string
	Source string // the paper
	File   string // where to read it
	// Passes reports whether the model is trained in passes that can be looked at one by
	// one, so that their number is chosen on validation data too.
	Passes bool
	trials func(opt Options) []retrieverTrial
}

// retrieverTrial is one setting of a retrieval model.
type retrieverTrial struct {
	name  string
	train func(ctx context.Context, d *dataset.Dataset, r run) (Found, error)
}

// run is how a training goes, whatever the settings.
type run struct {
	seed     uint64
	stop     int                  // passes after which it breaks off; 0 for never
	valid    func(scores) float64 // how bad a model is, asked after each pass; nil for none
	progress func(done, total int)
	// unordered reports whether what is judged has no order: see [run.fading].
	unordered bool
}

// fading returns the decay of older events: the one given, but none where what is judged has
// no order, since fading by lot would make a model worse than it is.
func (r run) fading(decay float64) float64 {
	if r.unordered {
		return 1
	}
	return decay
}

// Scorer is a trained retrieval model. Scores stores how well each item fits h
// in dst, [N]; it may be called from several goroutines.
type Scorer interface {
	Scores(dst []float32, h feature.History)
}

// scores is [Scorer.Scores] of a model.
type scores = func(dst []float32, h feature.History)

// Found is a trained model, and what its training tells of itself.
type Found struct {
	Scorer
	Vectors []float32 // [N×D] of the items, nil for a model without
	Curve   autodiff.Curve
}

// spec is a model by its options O.
type spec[O any] struct {
	name, source, file string
	passes             bool
	defaults           func(*dataset.Dataset) O
	train              func(ctx context.Context, d *dataset.Dataset, opt O, r run) (Found, error)
	settings           []setting[O]     // tried beside the defaults
	draw               func(*O, *draws) // changes them at random, nil for a model without
}

// setting is one way to change the options O of a model.
type setting[O any] struct {
	name   string
	change func(o *O)
}

func (s spec[O]) retriever() Retriever {
	return Retriever{Name: s.name, Source: s.source, File: s.file, Passes: s.passes, trials: func(opt Options) []retrieverTrial {
		settings := []setting[O]{{"defaults", func(*O) {}}}
		if opt.Tune {
			settings = append(settings, s.settings...)
		}
		for k := range opt.Random {
			if s.draw == nil {
				break
			}
			var zero O
			name := newDraws(opt.Seed, k)
			s.draw(&zero, name)
			settings = append(settings, setting[O]{name.String(), func(o *O) { s.draw(o, newDraws(opt.Seed, k)) }})
		}
		var all []retrieverTrial
		for _, t := range settings {
			all = append(all, retrieverTrial{t.name, func(ctx context.Context, d *dataset.Dataset, r run) (Found, error) {
				o := s.defaults(d)
				t.change(&o)
				return s.train(ctx, d, o, r)
			}})
		}
		return all
	}}
}
