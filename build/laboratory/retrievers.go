package laboratory

import (
	"context"
	"sync"

	"sparrow/build/dataset"
	"sparrow/build/embedding"
	"sparrow/build/sequence"
	"sparrow/build/tower"
	"sparrow/build/word2vec"
	"sparrow/wasm/feature"
	"sparrow/wasm/retrieval"
)

type progress = func(done, total int)

// Retrievers returns all retrieval models, simplest first.
func Retrievers() []Retriever {
	return append(counted(), []Retriever{
		retriever("transitions", "item-to-item half of Rendle et al., FPMC, WWW 2010", "build/embedding/transition.go",
			embedding.DefaultTransitionOptions, nil, transitions),
		retriever("pool", "relatives in build/embedding/pool.go", "build/embedding/pool.go", embedding.DefaultPoolOptions,
			func(o *embedding.PoolOptions, seed uint64) { o.Seed = seed }, pool,
			setting[embedding.PoolOptions]{"dropout .1 more", func(o *embedding.PoolOptions) { o.Dropout += 0.1 }}),
		retriever("item2vec", "Barkan and Koenigstein, MLSP 2016", "build/word2vec/item2vec.go", word2vec.DefaultItem2VecOptions,
			func(o *word2vec.Options, seed uint64) { o.Seed = seed }, vectors(word2vec.TrainItem2Vec),
			setting[word2vec.Options]{"the last movie alone", func(o *word2vec.Options) { o.Length = 1 }}),
		retriever("DeepWalk", "Perozzi et al., KDD 2014", "build/word2vec/deepwalk.go", word2vec.DefaultDeepWalkOptions, seedOfWalks, vectors(word2vec.TrainDeepWalk),
			setting[word2vec.WalkOptions]{"the last movie alone", func(o *word2vec.WalkOptions) { o.Length = 1 }}),
		retriever("node2vec", "Grover and Leskovec, KDD 2016", "build/word2vec/node2vec.go", word2vec.DefaultNode2VecOptions, seedOfWalks, vectors(word2vec.TrainNode2Vec),
			setting[word2vec.WalkOptions]{"p = 1, q = 1/2", func(o *word2vec.WalkOptions) { o.InOut = 0.5 }}),
		towered("two towers", "Huang et al., DSSM, CIKM 2013; Yi et al., RecSys 2019", "build/tower/twotower.go", tower.TrainTwoTower),
		towered("YouTubeDNN", "Covington et al., RecSys 2016", "build/tower/youtube.go", tower.TrainYouTubeDNN),
		retriever("SASRec", "Kang and McAuley, ICDM 2018; gBCE: Petrov and Macdonald, RecSys 2023", "build/sequence/model.go", sequence.DefaultOptions,
			func(o *sequence.Options, seed uint64) { o.Seed = seed }, sequenced),
		retriever("PinSage", "Ying et al., KDD 2018", "build/tower/pinsage.go", tower.DefaultOptions, seedOfTower, pinSage,
			setting[tower.Options]{"5 events make the user", func(o *tower.Options) { o.Length = 5 }}),
	}...)
}

func transitions(_ context.Context, d *dataset.Dataset, opt embedding.TransitionOptions, _ progress) (Found, error) {
	l := embedding.Transition(d, opt)
	return Found{Scorer: &l}, nil
}

func pool(ctx context.Context, d *dataset.Dataset, opt embedding.PoolOptions, p progress) (Found, error) {
	m, err := embedding.TrainPool(ctx, d, opt, p)
	if err != nil {
		return Found{}, err
	}
	q := m.Quantize()
	return Found{Scorer: newShipped(&q), Vectors: m.Out}, nil
}

// shipped is a retrieval model as it ships.
type shipped struct {
	*retrieval.Model
	encoders sync.Pool
}

func newShipped(m *retrieval.Model) *shipped {
	s := &shipped{Model: m}
	s.encoders.New = func() any { return retrieval.NewEncoder(m) }
	return s
}

// Scores implements [Scorer].
func (s *shipped) Scores(dst []float32, h feature.History) {
	u, e := make([]float32, s.Out.Cols), s.encoders.Get().(*retrieval.Encoder)
	e.UserVector(u, h)
	s.encoders.Put(e)
	s.Model.Scores(dst, u)
}

func seedOfWalks(o *word2vec.WalkOptions, seed uint64) { o.Seed = seed }

func vectors[O any](train func(context.Context, *dataset.Dataset, O, func(int, int)) (*word2vec.Model, error)) func(context.Context, *dataset.Dataset, O, progress) (Found, error) {
	return func(ctx context.Context, d *dataset.Dataset, opt O, p progress) (Found, error) {
		m, err := train(ctx, d, opt, p)
		if err != nil {
			return Found{}, err
		}
		return Found{Scorer: m, Vectors: m.Vectors}, nil
	}
}

func seedOfTower(o *tower.Options, seed uint64) { o.Seed = seed }

func towered(name, source, file string, train func(context.Context, *dataset.Dataset, tower.Options, func(int, int)) (*tower.Model, error)) Retriever {
	return retriever(name, source, file, tower.DefaultOptions, seedOfTower,
		func(ctx context.Context, d *dataset.Dataset, opt tower.Options, p progress) (Found, error) {
			m, err := train(ctx, d, opt, p)
			if err != nil {
				return Found{}, err
			}
			return Found{Scorer: m, Vectors: m.Vectors, Curve: m.Curve}, nil
		},
		setting[tower.Options]{"the last 5 events", func(o *tower.Options) { o.Length = 5 }},
		setting[tower.Options]{"4 negatives more", func(o *tower.Options) { o.Negatives += 4 }})
}

func sequenced(ctx context.Context, d *dataset.Dataset, opt sequence.Options, p progress) (Found, error) {
	m, err := sequence.Train(ctx, d, opt, p)
	if err != nil {
		return Found{}, err
	}
	embedding.FillFromContent(d, m.Trained, m.Bias, m.Vectors)
	q, err := m.Quantize()
	if err != nil {
		return Found{}, err
	}
	return Found{Scorer: newShipped(&q), Vectors: m.Vectors, Curve: m.Curve}, nil
}

func pinSage(ctx context.Context, d *dataset.Dataset, opt tower.Options, p progress) (Found, error) {
	m, err := tower.TrainPinSage(ctx, d, opt, p)
	if err != nil {
		return Found{}, err
	}
	return Found{Scorer: m, Vectors: m.Vectors, Curve: m.Curve}, nil
}
