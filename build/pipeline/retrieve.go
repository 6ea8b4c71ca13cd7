package pipeline

import (
	"context"
	"fmt"

	"sparrow/build/compare"
	"sparrow/build/content"
	"sparrow/build/crowd"
	"sparrow/build/dataset"
	"sparrow/build/evaluation"
	"sparrow/build/pool"
	"sparrow/build/sasrec"
	"sparrow/wasm/retrieval"
)

// Retrieved is what the training of retrieval makes.
type Retrieved struct {
	Model      retrieval.Model
	Transition retrieval.Lists
	Profile    *retrieval.Profile // nil where there is none
	Choice     Choice
	Passes     int // over the data, in which the model was trained; 0 where it was not

	orderFree bool   // the order says nothing, as was measured
	note      string // where vectors come from that were not trained here, a line of the card

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
	known := d.WithoutOpinions(o.Holdout)
	seen := known.WithoutTargets(o.targets(d))
	p.Stage("count transitions")
	opt := crowd.DefaultTransitionOptions(seen)
	if o.OrderFree {
		opt = crowd.OrderFreeOptions()
	}
	r := &Retrieved{Transition: crowd.Transition(seen, opt), orderFree: o.OrderFree}
	p.Stop()
	if err := o.chosen(ctx, p, seen, known, r); err != nil {
		return nil, err
	}
	return r, o.profile(ctx, p, known, r)
}

// chosen puts the model of retrieval that is taken into r.
func (o Options) chosen(ctx context.Context, p Progress, seen, known *dataset.Dataset, r *Retrieved) error {
	kinds, why := o.kinds(seen)
	if why != "" {
		p.Say("retrieval is the pool: the model of sequences was not tried, since %s", why)
	}
	if len(kinds) > 1 {
		cases := evaluation.Evenly(nextOf(seen, known), min(choosingUsers, mostMeasured(seen.Catalog.Len())))
		said, err := forgetOrder(ctx, p, seen, cases, r)
		if err != nil {
			return err
		}
		if !r.orderFree {
			return o.choose(ctx, p, seen, cases, kinds, said, r)
		}
		r.Choice = said
	}
	return o.train(ctx, p, kinds[0], seen, r)
}

// train trains the model of retrieval of that kind.
func (o Options) train(ctx context.Context, p Progress, kind string, seen *dataset.Dataset, r *Retrieved) error {
	if kind == "sequence" {
		return o.sequence(ctx, p, seen, r)
	}
	return o.pool(ctx, p, seen, r)
}

// pool trains the pooling model.
func (o Options) pool(ctx context.Context, p Progress, seen *dataset.Dataset, r *Retrieved) error {
	opt := pool.DefaultPoolOptions(seen)
	o.override(&opt.Width, &opt.Epochs)
	opt.Seed, r.Passes = o.Seed, opt.Epochs
	if r.orderFree {
		opt.ForgetOrder()
	}
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
	opt.Seed, r.Passes = o.Seed, opt.Epochs
	for opt.Width%opt.Heads != 0 {
		opt.Heads--
	}
	stage := p.Stage("train retrieval")
	opt.Keep = o.keep.next()
	m, err := sasrec.Train(ctx, seen, opt, stage)
	if err != nil && retryWithAll(ctx, p, err, &opt.MinCount) {
		opt.Keep = o.keep.next()
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
