package listwise

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"sparrow/build/dataset"
	"sparrow/wasm/feature"
	"sparrow/wasm/ranking"
)

// ErrNotBetter reports that the ranked lists are not better than the retrieved
// ones on users that the ranker was not trained on. The model is returned beside it.
var ErrNotBetter = errors.New("listwise: the ranked lists are no better than the retrieved ones on validation")

// Report reports how the training went. NDCG@10 and the loss are means over users
// that the model in question was not trained on, weighted as the targets are; a
// target that retrieval missed counts 0 in NDCG.
type Report struct {
	Lists     int     // training examples
	Found     float64 // share of targets among the candidates
	Retrieved float64 // NDCG@10 in retrieval's order
	Ranked    float64 // in the float32 model's order
	Quantized float64 // in the int8 model's order
	Loss      float64 // nats a found target
	Epochs    int     // passes of the final model
}

const (
	folds  = 5
	shards = 8 // of a batch; fixed, so that sums have the same order on any machine

	crossValidated = 5000 // lists up to which all folds are measured
)

// Train trains a ranker on d, whose users' newest opt.Targets interactions are the
// targets: r must have been learned from d.WithoutTargets(opt.Targets). The same
// input gives the same bytes on any number of processors.
//
// The users fall into five parts. A model is trained without one of them, stopped
// and measured on it; small data do so for each part in turn. That gives the report
// and the number of epochs for the final model, which sees all users. With opt.Passes there
// is the final model alone, and the report has no more than Lists, Found and Epochs.
//
// progress, if not nil, is told how much is done of the whole. The error is
// [ErrNotBetter] when the report says so; the model is returned all the same.
func Train(ctx context.Context, d *dataset.Dataset, r Retrieval, opt Options, progress func(done, total int)) (ranking.Model, Report, error) {
	if progress == nil {
		progress = func(int, int) {}
	}
	if err := opt.check(); err != nil {
		return ranking.Model{}, Report{}, fmt.Errorf("listwise: %w", err)
	}
	opt.Features = opt.numeric()
	if r.Profile == nil {
		opt.Features = slices.DeleteFunc(slices.Clone(opt.Features), func(f feature.Numeric) bool { return f == feature.ProfileScore })
	}
	// Rows and each of the models count as a hundred.
	lists, err := makeLists(ctx, d, r, &opt, func(done, total int) { progress(100*done/total, 100*(folds+2)) })
	if err != nil {
		return ranking.Model{}, Report{}, err
	}
	return fit(ctx, lists, len(d.Catalog.GenreNames), r, &opt, func(run, epoch int) {
		progress(100*(run+1)+100*epoch/opt.Epochs, 100*(folds+2))
	})
}

// fit trains on lists; progress is told the model and the epoch.
func fit(ctx context.Context, lists []list, genres int, r Retrieval, opt *Options, progress func(run, epoch int)) (ranking.Model, Report, error) {
	_, found := split(lists, -1)
	report := Report{Lists: len(lists), Found: float64(len(found)) / float64(max(1, len(lists)))}
	if len(found) < 2*folds {
		return ranking.Model{}, report, errors.New("listwise: retrieval found too few targets to learn an order from; more data are needed")
	}
	s := newStandard(opt.numeric(), opt.GenreWidth, lists, &r.Model.In, &r.Model.Out)
	t := &trainer{opt: opt, standard: s, shape: newShape(&s.layout, genres, opt.Hidden)}
	measured := 1
	switch {
	case opt.Passes > 0:
		measured = 0
	case len(lists) <= crossValidated:
		measured = folds
	}
	held, hit, epochs := 0.0, 0.0, 0
	for f := range measured {
		valid, train := split(lists, f)
		run, err := t.run(ctx, train, valid, opt.Epochs, func(epoch int) { progress(f, epoch) })
		if err != nil {
			return ranking.Model{}, report, err
		}
		for _, l := range valid {
			weight := float64(l.weight)
			report.Retrieved += weight * ndcg(l.target)
			if l.target >= 0 {
				hit += weight
			}
			held += weight
		}
		report.Ranked += run.ndcg
		report.Loss += run.loss
		_, quantized := t.measure(t.decoded(t.quantize(run.params)), valid)
		report.Quantized += quantized
		epochs += run.epochs
	}
	if held > 0 {
		report.Retrieved, report.Ranked, report.Quantized = report.Retrieved/held, report.Ranked/held, report.Quantized/held
	}
	if hit > 0 {
		report.Loss /= hit
	}
	if report.Epochs = opt.Passes; measured > 0 {
		report.Epochs = (epochs + measured/2) / measured
	}
	final, err := t.run(ctx, found, nil, report.Epochs, func(epoch int) { progress(folds, epoch) })
	if err != nil {
		return ranking.Model{}, report, err
	}
	m := t.quantize(final.params)
	m.Baseline = t.baseline(m, lists)
	if measured > 0 && report.Quantized <= report.Retrieved {
		return *m, report, ErrNotBetter
	}
	return *m, report, nil
}

// split returns all lists of fold f, and those of the others whose target was found.
func split(lists []list, f int) (inside, others []*list) {
	for i := range lists {
		l := &lists[i]
		if l.fold == f {
			inside = append(inside, l)
		} else if l.target >= 0 {
			others = append(others, l)
		}
	}
	return inside, others
}

// ndcg returns NDCG@10 of one relevant item at rank, from 0, or of none (-1).
func ndcg(rank int) float64 {
	if rank < 0 || rank >= 10 {
		return 0
	}
	return 1 / math.Log2(float64(rank+2))
}
