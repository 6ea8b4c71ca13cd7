package answers

import (
	"context"

	"sparrow/build/baseline"
	"sparrow/build/dataset"
	"sparrow/build/evaluation"
)

// Baselines trains the baselines on what the bundle was trained on. Stage begins
// the training of each. Where they are judged by a protocol whose histories or answers
// have no order, unordered, none fades older events: fading by lot would make them
// worse than they are.
func Baselines(ctx context.Context, stage func(name string) func(done, total int), train *dataset.Dataset, unordered bool) ([]evaluation.Method, error) {
	scored := func(name string, scores evaluation.Scores) evaluation.Method {
		return evaluation.Scored(name, train.Catalog.Len(), func() evaluation.Scores { return scores })
	}
	of, by := baseline.DefaultIALSOptions(train), baseline.DefaultEASEOptions(train)
	if unordered {
		of.Decay, by.Decay = 1, 1
	}
	ials, err := baseline.TrainIALS(ctx, train, of, stage("train iALS"))
	if err != nil {
		return nil, err
	}
	ease, err := baseline.TrainEASE(ctx, train, by, stage("train EASE"))
	if err != nil {
		return nil, err
	}
	return []evaluation.Method{
		scored("popularity", baseline.Popularity(train).Scores), scored("random", baseline.Random(1).Scores),
		scored("iALS", ials.Scores), scored("EASE", ease.Scores),
	}, nil
}
