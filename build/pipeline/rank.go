package pipeline

import (
	"context"

	"sparrow/build/compare"
	"sparrow/build/crowd"
	"sparrow/build/dataset"
	"sparrow/build/examples"
	"sparrow/build/listwise"
	"sparrow/build/plural"
	"sparrow/wasm/ranking"
)

// targets returns how many interactions of each user the ranker learns from:
// its default, or fewer where that would leave retrieval less than half.
func (o Options) targets(d *dataset.Dataset) int {
	if o.Little >= noRanker || o.Ranker == noPasses {
		return 0
	}
	n := listwise.DefaultOptions(d).Targets
	known := d.WithoutOpinions(o.Holdout)
	left := func(without int) (n int) {
		for u := range d.Users {
			n += len(known.Of(u)) - known.Targets(u, without)
		}
		return n
	}
	for n > 1 && 2*left(n) < left(0) {
		n--
	}
	return n
}

// Rank trains the ranker on the candidates that r, as it ships, gives, chooses the gate of
// r's profile by it, and reports what it measured on users that it was not trained on.
func (o Options) Rank(ctx context.Context, p Progress, d *dataset.Dataset, r *Retrieved) (*ranking.Model, listwise.Report, error) {
	if o.Little >= noRanker || o.Ranker == noPasses {
		return retrievedOrder(len(d.Catalog.GenreNames), r.Model.Out.Cols), listwise.Report{}, nil
	}
	opt, known, seen := o.lists(d, r)
	from, err := o.withoutTargets(ctx, p, seen, r)
	if err != nil {
		return nil, listwise.Report{}, err
	}
	stage := p.Stage("train ranking")
	m, report, err := listwise.Train(ctx, known, from, opt, stage)
	p.Stop()
	if report.Lists > 0 && o.Ranker == 0 {
		p.Say("ranking: %s, %.1f %% of the targets among the candidates, NDCG@10 %.4f retrieved, %.4f ranked, %s",
			plural.Of(report.Lists, "list"), 100*report.Found, report.Retrieved, report.Quantized, plural.Of(report.Epochs, "epoch"))
	}
	if err != nil && ctx.Err() == nil { // too little to learn from, or nothing learned
		p.Say("warning: %v: the bundle keeps the order of retrieval", err)
		return retrievedOrder(len(d.Catalog.GenreNames), r.Model.Out.Cols), report, nil
	}
	if err != nil {
		return nil, report, err
	}
	return &m, report, o.gate(ctx, p, seen, known, &from, &m, r)
}

// lists returns the settings of the ranker, what it learns of, and that without its targets.
func (o Options) lists(d *dataset.Dataset, r *Retrieved) (opt listwise.Options, known, seen *dataset.Dataset) {
	opt = listwise.DefaultOptions(d)
	opt.Seed, opt.Targets, opt.Passes = o.Seed, o.targets(d), o.Ranker
	if orderFree(&r.Model) {
		opt.Features = listwise.OrderFree()
	}
	known = d.WithoutOpinions(o.Holdout)
	return opt, known, known.WithoutTargets(opt.Targets)
}

// withoutTargets returns what the ranker learns from: r, and what is known in seen, where its
// targets are not. The profile of r has seen them, so that is trained again.
func (o Options) withoutTargets(ctx context.Context, p Progress, seen *dataset.Dataset, r *Retrieved) (listwise.Retrieval, error) {
	stats := crowd.Statistics(seen, examples.TrendHalfLife)
	from := listwise.Retrieval{Model: &r.Model, Transition: &r.Transition, Statistics: &stats}
	if r.Profile == nil {
		return from, nil
	}
	own := new(Retrieved)
	err := o.profile(ctx, p, seen, own)
	from.Profile = own.Profile
	return from, err
}

// Pointwise trains the further models that o names.
func (o Options) Pointwise(ctx context.Context, p Progress, d *dataset.Dataset) ([]ranking.Pointwise, error) {
	if len(o.Models) == 0 {
		return nil, nil
	}
	if o.Little == contentAlone {
		p.Say("warning: --models is not heeded: there is nothing to train them on")
		return nil, nil
	}
	models, err := compare.Pointwise(ctx, d.WithoutOpinions(o.Holdout), o.Models, o.Seed, p.Stage)
	p.Stop()
	return models, err
}
