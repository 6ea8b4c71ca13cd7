package compare

import (
	"context"

	"sparrow/build/baseline"
	"sparrow/build/dataset"
)

// counted returns the models that count who saw what, and the baselines.
func counted() []Retriever {
	return []Retriever{
		spec[struct{}]{
			name: "random", file: "build/baseline/random.go", defaults: none,
			train: func(_ context.Context, _ *dataset.Dataset, _ struct{}, r run) (Found, error) {
				return Found{Scorer: baseline.Random(r.seed)}, nil
			},
		}.retriever(),
		spec[struct{}]{
			name: "popularity", file: "build/baseline/popularity.go", defaults: none,
			train: func(_ context.Context, d *dataset.Dataset, _ struct{}, _ run) (Found, error) {
				return Found{Scorer: baseline.Popularity(d)}, nil
			},
		}.retriever(),
		spec[baseline.BayesianMeanOptions]{
			name: "shrunken mean", source: "Bayesian mean of the stars", file: "build/baseline/popularity.go", defaults: baseline.DefaultBayesianMeanOptions,
			train: func(_ context.Context, d *dataset.Dataset, opt baseline.BayesianMeanOptions, _ run) (Found, error) {
				return Found{Scorer: baseline.BayesianMean(d, opt)}, nil
			},
			draw: func(o *baseline.BayesianMeanOptions, d *draws) { o.Prior = d.between("m", 1, 10_000) },
		}.retriever(),
		spec[baseline.TrendingOptions]{
			name: "trending", source: "exponential decay", file: "build/baseline/trending.go", defaults: baseline.DefaultTrendingOptions,
			train: func(_ context.Context, d *dataset.Dataset, opt baseline.TrendingOptions, _ run) (Found, error) {
				return Found{Scorer: baseline.NewTrending(d, opt)}, nil
			},
			settings: []setting[baseline.TrendingOptions]{
				{"a month", func(o *baseline.TrendingOptions) { o.HalfLife = 30 * day }},
				{"a year", func(o *baseline.TrendingOptions) { o.HalfLife = 365 * day }},
			},
			draw: func(o *baseline.TrendingOptions, d *draws) { o.HalfLife = day * d.between("days", 1, 1000) },
		}.retriever(),
		spec[baseline.ItemCFOptions]{
			name: "ItemCF", source: "Sarwar et al., WWW 2001; Deshpande and Karypis, TOIS 2004", file: "build/baseline/itemcf.go", defaults: baseline.DefaultItemCFOptions,
			train: func(ctx context.Context, d *dataset.Dataset, opt baseline.ItemCFOptions, r run) (Found, error) {
				opt.Decay = r.fading(opt.Decay)
				m, err := baseline.TrainItemCF(ctx, d, opt, r.progress)
				return Found{Scorer: m}, err
			},
			settings: []setting[baseline.ItemCFOptions]{
				{"decay .8", func(o *baseline.ItemCFOptions) { o.Decay = 0.8 }},
				{"β = 50", func(o *baseline.ItemCFOptions) { o.Shrinkage = 50 }},
			},
			draw: func(o *baseline.ItemCFOptions, d *draws) {
				o.Neighbours, o.Shrinkage = pick(d, "K", 20, 50, 100, 200, 500), d.between("β", 1, 300)
				o.IUF, o.Decay = pick(d, "IUF", false, true), pick(d, "decay", 0.2, 0.4, 0.6, 0.8, 1)
			},
		}.retriever(),
		spec[baseline.IALSOptions]{
			name: "iALS", source: "Hu et al., ICDM 2008; Rendle et al., RecSys 2022", file: "build/baseline/ials.go", defaults: baseline.DefaultIALSOptions,
			train: func(ctx context.Context, d *dataset.Dataset, opt baseline.IALSOptions, r run) (Found, error) {
				opt.Seed, opt.Decay = r.seed, r.fading(opt.Decay)
				m, err := baseline.TrainIALS(ctx, d, opt, r.progress)
				if err != nil {
					return Found{}, err
				}
				return Found{Scorer: m, Vectors: m.Vectors}, nil
			},
			draw: func(o *baseline.IALSOptions, d *draws) {
				o.Width, o.Unobserved = pick(d, "D", 16, 32, 64, 128), d.between("α", 0.01, 1)
				o.Regularization, o.Decay = d.between("λ", 3e-4, 3e-2), pick(d, "decay", 0.8, 0.9, 0.95, 1)
			},
		}.retriever(),
		spec[baseline.EASEOptions]{
			name: "EASE", source: "Steck, WWW 2019", file: "build/baseline/ease.go", defaults: baseline.DefaultEASEOptions,
			train: func(ctx context.Context, d *dataset.Dataset, opt baseline.EASEOptions, r run) (Found, error) {
				opt.Decay = r.fading(opt.Decay)
				m, err := baseline.TrainEASE(ctx, d, opt, r.progress)
				return Found{Scorer: m}, err
			},
			settings: []setting[baseline.EASEOptions]{{"λ = 500", func(o *baseline.EASEOptions) { o.Regularization = 500 }}},
			draw: func(o *baseline.EASEOptions, d *draws) {
				o.Regularization, o.Decay = d.between("λ", 30, 3000), pick(d, "decay", 0.6, 0.7, 0.8, 0.9, 1)
			},
		}.retriever(),
	}
}

func none(*dataset.Dataset) (o struct{}) { return o }

// day is one in seconds.
const day = 24 * 3600
