package pipeline

import (
	"context"
	"fmt"

	"sparrow/build/compare"
	"sparrow/build/content"
	"sparrow/build/crowd"
	"sparrow/build/dataset"
	"sparrow/build/pool"
	"sparrow/build/sasrec"
	"sparrow/wasm/retrieval"
)

// Retrieved is what the training of retrieval makes.
type Retrieved struct {
	Model      retrieval.Model
	Transition retrieval.Lists
	Profile    *retrieval.Profile // nil where there is none

	exact *float32Model // before it was quantized; nil when it was read from a work folder
}

// Retrieve trains retrieval on d, which is the whole data set.
func (o Options) Retrieve(ctx context.Context, p Progress, d *dataset.Dataset) (*Retrieved, error) {
	if o.Little > enough {
		p.Say("%s", o.Little.words(d))
	}
	if o.Little == contentAlone {
		return o.content(d), nil
	}
	if o.Retrieval == "sequence" && d.Timeless() {
		return nil, fmt.Errorf("the model of sequences learns in which order users do things, which is not known: %s; take --retrieval pool, or auto", d.Order.Why())
	}
	if err := compare.NeedsOrder(d, o.Models); err != nil { // before anything is trained
		return nil, err
	}
	if err := compare.NeedsStars(d.WithoutOpinions(o.Holdout), o.Models, o.Seed); err != nil {
		return nil, err
	}
	seen := d.WithoutOpinions(o.Holdout).WithoutTargets(o.targets(d))
	r := &Retrieved{}
	train := o.pool
	if o.sequential(seen) {
		train = o.sequence
	}
	err := train(ctx, p, seen, r)
	if err != nil {
		return nil, err
	}
	p.Stage("count transitions")
	r.Transition = crowd.Transition(seen, crowd.DefaultTransitionOptions(seen))
	p.Stop()
	r.Profile, err = o.profile(ctx, p, d.WithoutOpinions(o.Holdout))
	return r, err
}

// sequential reports whether the model of sequences is trained.
func (o Options) sequential(d *dataset.Dataset) bool {
	if o.Retrieval != "auto" {
		return o.Retrieval == "sequence"
	}
	n := 0
	for u := range d.Start {
		n += len(d.Of(u))
	}
	return !d.Timeless() && n >= fewestInteractions && n <= mostInteractions && d.Catalog.Len() <= mostItems
}

// Where auto trains the model of sequences. On the 100,000 interactions of
// MovieLens latest-small it finds more than pooling, but behind the ranker nothing
// is left of that. Above, its passes take long, and with more items its tables much
// memory: four of 256 bytes an item. The README of this folder has the figures.
const (
	fewestInteractions = 300_000
	mostInteractions   = 5_000_000
	mostItems          = 200_000
)

// pool trains the pooling model.
func (o Options) pool(ctx context.Context, p Progress, seen *dataset.Dataset, r *Retrieved) error {
	opt := pool.DefaultPoolOptions(seen)
	o.override(&opt.Width, &opt.Epochs)
	opt.Seed = o.Seed
	stage := p.Stage("train retrieval")
	m, err := pool.TrainPool(ctx, seen, opt, stage)
	if err != nil && retryWithAll(ctx, p, err, &opt.MinCount) {
		m, err = pool.TrainPool(ctx, seen, opt, stage)
	}
	if err != nil {
		return err
	}
	r.Model, r.exact = m.Quantize(), exactPool(m)
	return nil
}

// sequence trains the model of sequences.
func (o Options) sequence(ctx context.Context, p Progress, seen *dataset.Dataset, r *Retrieved) error {
	opt := sasrec.DefaultOptions(seen)
	o.override(&opt.Width, &opt.Epochs)
	opt.Seed = o.Seed
	for opt.Width%opt.Heads != 0 {
		opt.Heads--
	}
	stage := p.Stage("train retrieval")
	m, err := sasrec.Train(ctx, seen, opt, stage)
	if err != nil && retryWithAll(ctx, p, err, &opt.MinCount) {
		m, err = sasrec.Train(ctx, seen, opt, stage)
	}
	if err != nil {
		return err
	}
	content.Fill(seen.Catalog, crowd.Counts(seen), m.Trained, m.Bias, m.Vectors)
	r.exact = exactSequence(m)
	r.Model, err = m.Quantize()
	return err
}

// override puts settings that are not 0 in place of the defaults.
func (o Options) override(width, epochs *int) {
	if o.Width > 0 {
		*width = o.Width
	}
	if o.Epochs > 0 {
		*epochs = o.Epochs
	}
}

// retryWithAll reports whether to train once more after err, with every item that anyone
// chose.
func retryWithAll(ctx context.Context, p Progress, err error, minCount *int) bool {
	if ctx.Err() != nil || *minCount == 1 {
		return false
	}
	p.Say("warning: %v: trying with every item that anyone chose", err)
	*minCount = 1
	return true
}
