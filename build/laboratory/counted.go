package laboratory

import (
	"context"

	"sparrow/build/collaborative"
	"sparrow/build/dataset"
)

// counted returns the models that count who saw what, and the baselines.
func counted() []Retriever {
	return []Retriever{
		retriever("random", "", "build/collaborative/random.go", func(*dataset.Dataset) collaborative.Random { return 1 },
			func(o *collaborative.Random, seed uint64) { *o = collaborative.Random(seed) },
			func(_ context.Context, _ *dataset.Dataset, seed collaborative.Random, _ progress) (Found, error) {
				return Found{Scorer: seed}, nil
			}),
		retriever("popularity", "", "build/collaborative/popularity.go", none, nil,
			func(_ context.Context, d *dataset.Dataset, _ struct{}, _ progress) (Found, error) {
				return Found{Scorer: collaborative.Popularity(d)}, nil
			}),
		retriever("shrunken mean", "Bayesian mean of the stars", "build/collaborative/popularity.go", collaborative.DefaultBayesianMeanOptions, nil,
			func(_ context.Context, d *dataset.Dataset, opt collaborative.BayesianMeanOptions, _ progress) (Found, error) {
				return Found{Scorer: collaborative.BayesianMean(d, opt)}, nil
			}),
		retriever("trending", "exponential decay", "build/collaborative/trending.go", collaborative.DefaultTrendingOptions, nil,
			func(_ context.Context, d *dataset.Dataset, opt collaborative.TrendingOptions, _ progress) (Found, error) {
				return Found{Scorer: collaborative.NewTrending(d, opt)}, nil
			},
			setting[collaborative.TrendingOptions]{"a month", func(o *collaborative.TrendingOptions) { o.HalfLife = 30 * 24 * 3600 }},
			setting[collaborative.TrendingOptions]{"a year", func(o *collaborative.TrendingOptions) { o.HalfLife = 365 * 24 * 3600 }}),
		retriever("ItemCF", "Sarwar et al., WWW 2001; Deshpande and Karypis, TOIS 2004", "build/collaborative/itemcf.go", collaborative.DefaultItemCFOptions, nil,
			func(ctx context.Context, d *dataset.Dataset, opt collaborative.ItemCFOptions, p progress) (Found, error) {
				m, err := collaborative.TrainItemCF(ctx, d, opt, p)
				return Found{Scorer: m}, err
			},
			setting[collaborative.ItemCFOptions]{"decay .8", func(o *collaborative.ItemCFOptions) { o.Decay = 0.8 }},
			setting[collaborative.ItemCFOptions]{"β = 50", func(o *collaborative.ItemCFOptions) { o.Shrinkage = 50 }}),
		retriever("iALS", "Hu et al., ICDM 2008; Rendle et al., RecSys 2022", "build/collaborative/ials.go", collaborative.DefaultIALSOptions, nil,
			func(ctx context.Context, d *dataset.Dataset, opt collaborative.IALSOptions, p progress) (Found, error) {
				m, err := collaborative.TrainIALS(ctx, d, opt, p)
				if err != nil {
					return Found{}, err
				}
				return Found{Scorer: m, Vectors: m.Vectors}, nil
			}),
		retriever("EASE", "Steck, WWW 2019", "build/collaborative/ease.go", collaborative.DefaultEASEOptions, nil,
			func(ctx context.Context, d *dataset.Dataset, opt collaborative.EASEOptions, p progress) (Found, error) {
				m, err := collaborative.TrainEASE(ctx, d, opt, p)
				return Found{Scorer: m}, err
			},
			setting[collaborative.EASEOptions]{"λ = 500", func(o *collaborative.EASEOptions) { o.Regularization = 500 }}),
	}
}

func none(*dataset.Dataset) (o struct{}) { return o }
