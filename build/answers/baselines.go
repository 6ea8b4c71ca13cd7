package answers

import (
	"context"

	"sparrow/build/baseline"
	"sparrow/build/dataset"
	"sparrow/build/evaluation"
)

// Stage begins a part of the work, as the training of a model is.
type Stage = func(name string) func(done, total int)

// Baselines trains the baselines on what the bundle was trained on. Stage begins
// the training of each. Where they are judged by a protocol whose histories or answers
// have no order, unordered, none fades older events: fading by lot would make them
// worse than they are.
func Baselines(ctx context.Context, stage Stage, train *dataset.Dataset, unordered bool) ([]evaluation.Method, error) {
	ials, err := IALS(ctx, stage, train, unordered)
	if err != nil {
		return nil, err
	}
	ease, err := EASE(ctx, stage, train, unordered)
	if err != nil {
		return nil, err
	}
	return []evaluation.Method{Popularity(train), scored("random", train, baseline.Random(1).Scores), ials, ease}, nil
}

// Popularity returns what the most users of train chose.
func Popularity(train *dataset.Dataset) evaluation.Method {
	return scored("popularity", train, baseline.Popularity(train).Scores)
}

// IALS trains matrix factorization on train; for unordered, see [Baselines].
func IALS(ctx context.Context, stage Stage, train *dataset.Dataset, unordered bool) (evaluation.Method, error) {
	opt := baseline.DefaultIALSOptions(train)
	if unordered {
		opt.Decay = 1
	}
	m, err := baseline.TrainIALS(ctx, train, opt, stage("train iALS"))
	if err != nil {
		return evaluation.Method{}, err
	}
	return scored("iALS", train, m.Scores), nil
}

// EASE trains the linear autoencoder on train; for unordered, see [Baselines].
func EASE(ctx context.Context, stage Stage, train *dataset.Dataset, unordered bool) (evaluation.Method, error) {
	opt := baseline.DefaultEASEOptions(train)
	if unordered {
		opt.Decay = 1
	}
	m, err := baseline.TrainEASE(ctx, train, opt, stage("train EASE"))
	if err != nil {
		return evaluation.Method{}, err
	}
	return scored("EASE", train, m.Scores), nil
}

func scored(name string, train *dataset.Dataset, scores evaluation.Scores) evaluation.Method {
	return evaluation.Scored(name, train.Catalog.Len(), func() evaluation.Scores { return scores })
}
