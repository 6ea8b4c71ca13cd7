package pipeline

import (
	"context"

	"sparrow/build/answers"
	"sparrow/build/dataset"
	"sparrow/build/evaluation"
	"sparrow/wasm/bundle"
)

// How many users at most measure a bundle while it is made: so many, and of a large
// catalog, which every list is chosen from, as many as compare so many items in all,
// though not fewer than a small data set has. Measuring takes no longer there than
// training.
const (
	measuredUsers  = 10_000
	fewestMeasured = 600
	comparedItems  = measuredUsers * 62_000
)

// mostMeasured returns how many users at most measure a catalog of n items.
func mostMeasured(n int) int { return min(measuredUsers, max(fewestMeasured, comparedItems/n)) }

// randomHoldOut ends the names of figures that are of one interaction of each user
// which was drawn at random, since the data have no usable times: they do not compare
// with those of the newest.
const randomHoldOut = ", random hold-out"

// suffix returns what ends the names of the figures of d.
func suffix(d *dataset.Dataset) string {
	if d.Timeless() {
		return randomHoldOut
	}
	return ""
}

// measure returns the figures that go into a bundle: of both stages on the
// newest interaction that the training left out, on the bytes that ship; and the
// baselines on the same users. Where nothing was left out there are none.
func measure(ctx context.Context, p Progress, data []byte, d *dataset.Dataset, holdout int) ([]bundle.Metric, *Beside, error) {
	b, err := bundle.Decode(data)
	if err != nil {
		return nil, nil, err
	}
	var metrics []bundle.Metric
	cases := heldOut(d, holdout)
	if len(cases) == 0 {
		return nil, nil, nil
	}
	var ranked evaluation.Result
	for i, m := range answers.Methods(b, "ranking")[:2] {
		r, err := evaluation.Evaluate(ctx, m, cases, 10, b.Catalog.Len(), p.Stage("measure "+m.Name))
		if err != nil {
			return nil, nil, err
		}
		if i == 0 {
			ranked = r
		}
		for _, f := range figuresOf(&r) {
			f.Name += [2]string{" ranked", " retrieved"}[i] + suffix(d)
			metrics = append(metrics, f)
		}
	}
	p.Stop()
	t, err := beside(ctx, p, b, d.WithoutOpinions(holdout), cases, &ranked)
	return metrics, t, err
}

// heldOut returns the cases that measure a bundle: the oldest interaction of each
// user that its training did not see.
// Where nothing is held out there are none.
func heldOut(d *dataset.Dataset, holdout int) []evaluation.Case {
	if holdout == 0 {
		return nil
	}
	return evaluation.Evenly(evaluation.LeaveOneOut(d.WithoutOpinions(holdout-1)), mostMeasured(d.Catalog.Len()))
}

// figuresFor measures lists of ten items.
func figuresFor(ctx context.Context, p Progress, m evaluation.Method, cases []evaluation.Case, n int) ([]bundle.Metric, error) {
	r, err := evaluation.Evaluate(ctx, m, cases, 10, n, p.Stage("measure "+m.Name))
	if err != nil {
		return nil, err
	}
	return figuresOf(&r), nil
}

func figuresOf(r *evaluation.Result) (figures []bundle.Metric) {
	for _, x := range r.Metrics {
		figures = append(figures, bundle.Metric{Name: x.Name, Value: float32(x.Mean)})
	}
	return figures
}
