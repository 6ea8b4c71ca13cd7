package compare

import (
	"context"

	"sparrow/build/crowd"
	"sparrow/build/dataset"
	"sparrow/build/pool"
	"sparrow/build/sasrec"
	"sparrow/build/tower"
	"sparrow/build/word2vec"
)

// Retrievers returns all retrieval models, simplest first.
func Retrievers() []Retriever {
	return append(counted(), []Retriever{
		spec[crowd.TransitionOptions]{
			name: "transitions", source: "item-to-item half of Rendle et al., FPMC, WWW 2010", file: "build/crowd/transition.go", defaults: crowd.DefaultTransitionOptions,
			train: transitions,
			draw: func(o *crowd.TransitionOptions, d *draws) {
				o.Window, o.Smoothing, o.Least = pick(d, "window", 1, 2, 3, 5, 10), d.between("smoothing", 1, 100), pick(d, "least", 0, 0.6, 1.1)
			},
		}.retriever(),
		spec[pool.PoolOptions]{
			name: "pool", source: "relatives in build/pool/pool.go", file: "build/pool/pool.go", defaults: pool.DefaultPoolOptions,
			train:    trainPool,
			settings: []setting[pool.PoolOptions]{{"dropout .1 more", func(o *pool.PoolOptions) { o.Dropout += 0.1 }}},
			draw: func(o *pool.PoolOptions, d *draws) {
				o.Width, o.Length = pick(d, "D", 16, 32, 64), pick(d, "L", 10, 20, 40)
				o.Dropout, o.EventDropout = pick[float32](d, "dropout", 0, 0.1, 0.2, 0.3), pick[float32](d, "of events", 0, 0.1, 0.2, 0.4)
				o.LearningRate = float32(d.between("rate", 1e-3, 1e-2))
			},
		}.retriever(),
		spec[word2vec.Options]{
			name: "item2vec", source: "Barkan and Koenigstein, MLSP 2016", file: "build/word2vec/item2vec.go", defaults: word2vec.DefaultItem2VecOptions,
			train: func(ctx context.Context, d *dataset.Dataset, opt word2vec.Options, r run) (Found, error) {
				opt.Seed = r.seed
				return vectors(word2vec.TrainItem2Vec(ctx, d, opt, r.progress))
			},
			settings: []setting[word2vec.Options]{{"the last item alone", func(o *word2vec.Options) { o.Length = 1 }}},
			draw:     drawWord2Vec,
		}.retriever(),
		walked("DeepWalk", "Perozzi et al., KDD 2014", "build/word2vec/deepwalk.go", word2vec.DefaultDeepWalkOptions, word2vec.TrainDeepWalk,
			func(o *word2vec.WalkOptions, d *draws) { drawWord2Vec(&o.Options, d) },
			setting[word2vec.WalkOptions]{"the last item alone", func(o *word2vec.WalkOptions) { o.Length = 1 }}),
		walked("node2vec", "Grover and Leskovec, KDD 2016", "build/word2vec/node2vec.go", word2vec.DefaultNode2VecOptions, word2vec.TrainNode2Vec,
			func(o *word2vec.WalkOptions, d *draws) {
				drawWord2Vec(&o.Options, d)
				o.Return, o.InOut = pick(d, "p", 0.25, 0.5, 1, 2, 4), pick(d, "q", 0.25, 0.5, 1, 2, 4)
			},
			setting[word2vec.WalkOptions]{"p = 1, q = 1/2", func(o *word2vec.WalkOptions) { o.InOut = 0.5 }}),
		towered("two towers", "Huang et al., DSSM, CIKM 2013; Yi et al., RecSys 2019", "build/tower/twotower.go", tower.TrainTwoTower),
		towered("YouTubeDNN", "Covington et al., RecSys 2016", "build/tower/youtube.go", tower.TrainYouTubeDNN),
		spec[sasrec.Options]{
			name: "SASRec", source: "Kang and McAuley, ICDM 2018", file: "build/sasrec/model.go", defaults: sasrec.DefaultOptions,
			passes: true, train: sequenced,
			draw: func(o *sasrec.Options, d *draws) {
				o.Width, o.Blocks, o.Length = pick(d, "D", 32, 64, 128), pick(d, "blocks", 1, 2, 3), pick(d, "L", 25, 50, 100)
				o.Dropout, o.LearningRate = pick[float32](d, "dropout", 0.1, 0.2, 0.3, 0.4), float32(d.between("rate", 1e-3, 6e-3))
			},
		}.retriever(),
		spec[tower.Options]{
			name: "PinSage", source: "Ying et al., KDD 2018", file: "build/tower/pinsage.go", defaults: tower.DefaultOptions,
			passes: true, train: pinSage,
			settings: []setting[tower.Options]{{"5 events make the user", func(o *tower.Options) { o.Length = 5 }}},
			draw:     drawTower,
		}.retriever(),
	}...)
}

func walked(name, source, file string, defaults func(*dataset.Dataset) word2vec.WalkOptions,
	train func(context.Context, *dataset.Dataset, word2vec.WalkOptions, func(done, total int)) (*word2vec.Model, error),
	draw func(*word2vec.WalkOptions, *draws), settings ...setting[word2vec.WalkOptions]) Retriever {
	return spec[word2vec.WalkOptions]{
		name: name, source: source, file: file, defaults: defaults, draw: draw, settings: settings,
		train: func(ctx context.Context, d *dataset.Dataset, opt word2vec.WalkOptions, r run) (Found, error) {
			opt.Seed = r.seed
			return vectors(train(ctx, d, opt, r.progress))
		},
	}.retriever()
}

func towered(name, source, file string, train func(context.Context, *dataset.Dataset, tower.Options, func(done, total int)) (*tower.Model, error)) Retriever {
	return spec[tower.Options]{
		name: name, source: source, file: file, defaults: tower.DefaultOptions, passes: true, draw: drawTower,
		settings: []setting[tower.Options]{
			{"the last 5 events", func(o *tower.Options) { o.Length = 5 }},
			{"4 negatives more", func(o *tower.Options) { o.Negatives += 4 }},
		},
		train: func(ctx context.Context, d *dataset.Dataset, opt tower.Options, r run) (Found, error) {
			r.watch(&opt)
			m, err := train(ctx, d, opt, r.progress)
			if err != nil {
				return Found{}, err
			}
			return Found{Scorer: m, Vectors: m.Vectors, Curve: m.Curve}, nil
		},
	}.retriever()
}

func drawWord2Vec(o *word2vec.Options, d *draws) {
	o.Width, o.Window, o.Negatives = pick(d, "D", 16, 32, 64), pick(d, "window", 1, 3, 5, 10), pick(d, "negatives", 5, 10, 20)
	o.Epochs, o.LearningRate, o.Length = pick(d, "passes", 5, 10, 20), float32(d.between("rate", 0.01, 0.1)), pick(d, "L", 1, 3, 10)
}

func drawTower(o *tower.Options, d *draws) {
	o.Width, o.Hidden, o.Length = pick(d, "D", 16, 32, 64), pick(d, "hidden", 32, 64, 128), pick(d, "L", 5, 10, 20, 40)
	o.Negatives, o.Temperature = pick(d, "negatives", 0, 1, 4, 8), float32(d.between("τ", 0.03, 0.3))
	o.LearningRate, o.Dropout = float32(d.between("rate", 1e-3, 1e-2)), pick[float32](d, "dropout", 0, 0.1, 0.2, 0.3)
}
