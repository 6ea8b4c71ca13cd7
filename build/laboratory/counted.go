package laboratory

import (
	"context"

	"sparrow/build/collaborative"
	"sparrow/build/dataset"
)

// counted returns the models that count who saw what, and the baselines.
func counted() []Retriever {
	return []Retriever{
		spec[struct{}]{
			name: "random", file: "build/collaborative/random.go", defaults: none,
			train: func(_ context.Context, _ *dataset.Dataset, _ struct{}, r run) (Found, error) {
				return Found{Scorer: collaborative.Random(r.seed)}, nil
			},
		}.retriever(),
		spec[struct{}]{
			name: "popularity", file: "build/collaborative/popularity.go", defaults: none,
			train: func(_ context.Context, d *dataset.Dataset, _ struct{}, _ run) (Found, error) {
				return Found{Scorer: collaborative.Popularity(d)}, nil
			},
		}.retriever(),
		spec[collaborative.BayesianMeanOptions]{
			name: "shrunken mean", source: "Bayesian mean of the stars", file: "build/collaborative/popularity.go", defaults: collaborative.DefaultBayesianMeanOptions,
			train: func(_ context.Context, d *dataset.Dataset, opt collaborative.BayesianMeanOptions, _ run) (Found, error) {
				return Found{Scorer: collaborative.BayesianMean(d, opt)}, nil
			},
			draw: func(o *collaborative.BayesianMeanOptions, d *draws) { o.Prior = d.between("m", 1, 10_000) },
		}.retriever(),
		spec[collaborative.TrendingOptions]{
			name: "trending", source: "exponential decay", file: "build/collaborative/trending.go", defaults: collaborative.DefaultTrendingOptions,
			train: func(_ context.Context, d *dataset.Dataset, opt collaborative.TrendingOptions, _ run) (Found, error) {
				return Found{Scorer: collaborative.NewTrending(d, opt)}, nil
			},
			settings: []setting[collaborative.TrendingOptions]{
				{"a month", func(o *collaborative.TrendingOptions) { o.HalfLife = 30 * day }},
				{"a year", func(o *collaborative.TrendingOptions) { o.HalfLife = 365 * day }},
			},
			draw: func(o *collaborative.TrendingOptions, d *draws) { o.HalfLife = day * d.between("days", 1, 1000) },
		}.retriever(),
		spec[collaborative.ItemCFOptions]{
			name: "ItemCF", source: "Sarwar et al., WWW 2001; Deshpande and Karypis, TOIS 2004", file: "build/collaborative/itemcf.go", defaults: collaborative.DefaultItemCFOptions,
			train: func(ctx context.Context, d *dataset.Dataset, opt collaborative.ItemCFOptions, r run) (Found, error) {
				m, err := collaborative.TrainItemCF(ctx, d, opt, r.progress)
				return Found{Scorer: m}, err
			},
			settings: []setting[collaborative.ItemCFOptions]{
				{"decay .8", func(o *collaborative.ItemCFOptions) { o.Decay = 0.8 }},
				{"β = 50", func(o *collaborative.ItemCFOptions) { o.Shrinkage = 50 }},
			},
			draw: func(o *collaborative.ItemCFOptions, d *draws) {
				o.Neighbours, o.Shrinkage = pick(d, "K", 20, 50, 100, 200, 500), d.between("β", 1, 300)
				o.IUF, o.Decay = pick(d, "IUF", false, true), pick(d, "decay", 0.2, 0.4, 0.6, 0.8, 1)
			},
		}.retriever(),
		spec[collaborative.IALSOptions]{
			name: "iALS", source: "Hu et al., ICDM 2008; Rendle et al., RecSys 2022", file: "build/collaborative/ials.go", defaults: collaborative.DefaultIALSOptions,
			train: func(ctx context.Context, d *dataset.Dataset, opt collaborative.IALSOptions, r run) (Found, error) {
				opt.Seed = r.seed
				m, err := collaborative.TrainIALS(ctx, d, opt, r.progress)
				if err != nil {
					return Found{}, err
				}
				return Found{Scorer: m, Vectors: m.Vectors}, nil
			},
			draw: func(o *collaborative.IALSOptions, d *draws) {
				o.Width, o.Unobserved = pick(d, "D", 16, 32, 64, 128), d.between("α", 0.01, 1)
				o.Regularization, o.Decay = d.between("λ", 3e-4, 3e-2), pick(d, "decay", 0.8, 0.9, 0.95, 1)
			},
		}.retriever(),
		spec[collaborative.EASEOptions]{
			name: "EASE", source: "Steck, WWW 2019", file: "build/collaborative/ease.go", defaults: collaborative.DefaultEASEOptions,
			train: func(ctx context.Context, d *dataset.Dataset, opt collaborative.EASEOptions, r run) (Found, error) {
				m, err := collaborative.TrainEASE(ctx, d, opt, r.progress)
				return Found{Scorer: m}, err
			},
			settings: []setting[collaborative.EASEOptions]{{"λ = 500", func(o *collaborative.EASEOptions) { o.Regularization = 500 }}},
			draw: func(o *collaborative.EASEOptions, d *draws) {
				o.Regularization, o.Decay = d.between("λ", 30, 3000), pick(d, "decay", 0.6, 0.7, 0.8, 0.9, 1)
			},
		}.retriever(),
	}
}

func none(*dataset.Dataset) (o struct{}) { return o }

// day is one in seconds.
const day = 24 * 3600
