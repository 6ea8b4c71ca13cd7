package answers

import (
	"context"

	"sparrow/build/baseline"
	"sparrow/build/dataset"
	"sparrow/build/evaluation"
)

// Baselines trains the baselines on what the bundle was trained on. Stage begins
// the training of each.
func Baselines(ctx context.Context, stage func(name string) func(done, total int), train *dataset.Dataset) ([]evaluation.Method, error) {
	scored := func(name string, scores evaluation.Scores) evaluation.Method {
		return evaluation.Scored(name, train.Catalog.Len(), func() evaluation.Scores { return scores })
	}
	ials, err := baseline.TrainIALS(ctx, train, baseline.DefaultIALSOptions(train), stage("train iALS"))
	if err != nil {
		return nil, err
	}
	ease, err := baseline.TrainEASE(ctx, train, baseline.DefaultEASEOptions(train), stage("train EASE"))
	if err != nil {
		return nil, err
	}
	return []evaluation.Method{
		scored("popularity", baseline.Popularity(train).Scores), scored("random", baseline.Random(1).Scores),
		scored("iALS", ials.Scores), scored("EASE", ease.Scores),
	}, nil
}
