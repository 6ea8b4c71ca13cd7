package word2vec

import (
	"context"

	"sparrow/build/dataset"
)

// DefaultItem2VecOptions returns the settings for a data set of d's size.
func DefaultItem2VecOptions(d *dataset.Dataset) Options {
	opt := Options{Width: 32, Window: 5, Negatives: 5, Epochs: 20, MinCount: 5, Subsample: 1e-3, LearningRate: 0.05, Length: 5, Seed: 1}
	if len(d.Interactions) > 300_000 {
		opt.Epochs = 8
	}
	return opt
}

// TrainItem2Vec trains skip-gram on what users liked, 3.5 stars and more, in its order. Source:
// Barkan and Koenigstein, "Item2vec: neural item embedding for collaborative
// filtering", MLSP 2016; they look at whole baskets, this at windows, as Sparrow RecSys does.
func TrainItem2Vec(ctx context.Context, d *dataset.Dataset, opt Options, progress func(done, total int)) (*Model, error) {
	if err := opt.check(); err != nil {
		return nil, err
	}
	l := newLiked(d, opt.MinCount)
	v, err := skipGram(ctx, l.sentences, len(l.row), opt, progress)
	if err != nil {
		return nil, err
	}
	return l.model(v, d.Catalog.Len(), opt), nil
}
