package compare

import (
	"context"
	"errors"
	"sync"

	"sparrow/build/content"
	"sparrow/build/crowd"
	"sparrow/build/dataset"
	"sparrow/build/pool"
	"sparrow/build/sasrec"
	"sparrow/build/tower"
	"sparrow/build/word2vec"
	"sparrow/wasm/feature"
	"sparrow/wasm/retrieval"
)

func transitions(_ context.Context, d *dataset.Dataset, opt crowd.TransitionOptions, _ run) (Found, error) {
	l := crowd.Transition(d, opt)
	return Found{Scorer: &l}, nil
}

func trainPool(ctx context.Context, d *dataset.Dataset, opt pool.PoolOptions, r run) (Found, error) {
	opt.Seed = r.seed
	m, err := pool.TrainPool(ctx, d, opt, r.progress)
	if err != nil {
		return Found{}, err
	}
	q := m.Quantize()
	return Found{Scorer: newShipped(&q), Vectors: m.Out}, nil
}

func vectors(m *word2vec.Model, err error) (Found, error) {
	if err != nil {
		return Found{}, err
	}
	return Found{Scorer: m, Vectors: m.Vectors}, nil
}

// watch has r look at the passes of a tower.
func (r run) watch(o *tower.Options) {
	o.Seed, o.Stop, o.Valid = r.seed, r.stop, r.valid
}

func pinSage(ctx context.Context, d *dataset.Dataset, opt tower.Options, r run) (Found, error) {
	r.watch(&opt)
	m, err := tower.TrainPinSage(ctx, d, opt, r.progress)
	if err != nil {
		return Found{}, err
	}
	return Found{Scorer: m, Vectors: m.Vectors, Curve: m.Curve}, nil
}

func sequenced(ctx context.Context, d *dataset.Dataset, opt sasrec.Options, r run) (Found, error) {
	opt.Seed, opt.Stop = r.seed, r.stop
	var failed error
	if r.valid != nil {
		opt.Valid = func(m *sasrec.Model) float64 {
			s, err := shippedSequence(d, m)
			if err != nil {
				failed = err
				return 0
			}
			return r.valid(s.Scores)
		}
	}
	m, err := sasrec.Train(ctx, d, opt, r.progress)
	if err := errors.Join(err, failed); err != nil {
		return Found{}, err
	}
	s, err := shippedSequence(d, m)
	if err != nil {
		return Found{}, err
	}
	return Found{Scorer: s, Vectors: m.Vectors, Curve: m.Curve}, nil
}

// shippedSequence gives the items that m was not trained on vectors and returns m as it ships.
func shippedSequence(d *dataset.Dataset, m *sasrec.Model) (*shipped, error) {
	content.Fill(d.Catalog, crowd.Counts(d), m.Trained, m.Bias, m.Vectors)
	q, err := m.Quantize()
	if err != nil {
		return nil, err
	}
	return newShipped(&q), nil
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
