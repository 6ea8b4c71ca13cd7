package tower

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"sparrow/build/autodiff"
	"sparrow/build/dataset"
	"sparrow/build/simd"
	"sparrow/wasm/feature"
	"sparrow/wasm/nn"
)

var errNothing = errors.New("tower: no user has two items: there is nothing to learn from")

// Options are the settings of the towers.
type Options struct {
	Width        int     // D, of the vectors
	Hidden       int     // width of the hidden layer of a tower
	Length       int     // L, newest items of the history that a user is known by
	Negatives    int     // items drawn at random for each target, beside those of the batch
	Temperature  float32 // τ, of vectors of length 1
	Epochs       int
	Batch        int
	LearningRate float32 // of Adam
	Dropout      float32
	Seed         uint64

	// Valid, if not nil, is asked after each pass and tells how bad the scores of the model
	// are; the model of the best pass is returned. Stop breaks the training off after so many
	// passes, 0 for never.
	Valid func(scores) float64
	Stop  int
}

// DefaultOptions returns settings for a data set of d's size.
func DefaultOptions(d *dataset.Dataset) Options {
	opt := Options{Width: 32, Hidden: 64, Length: 20, Negatives: 1, Temperature: 0.1, Epochs: 10, Batch: 1024, LearningRate: 3e-3, Dropout: 0.1, Seed: 1}
	if len(d.Interactions) < 300_000 {
		opt.Batch, opt.Epochs, opt.Dropout = 512, 15, 0.2
	}
	return opt
}

func (o *Options) check() error {
	switch {
	case o.Width < 1 || o.Hidden < 1 || o.Length < 1 || o.Epochs < 1 || o.Batch < 4:
		return errors.New("tower: width, hidden width, length and epochs must be positive, and a batch have four examples or more")
	case o.Negatives < 0 || o.Temperature <= 0 || o.Dropout < 0 || o.Dropout >= 1:
		return errors.New("tower: negatives must not be negative, the temperature positive and dropout in [0, 1)")
	}
	return nil
}

// scores tell how well each item fits h.
type scores = func(dst []float32, h feature.History)

// train trains g on n examples for task, watched by o.Valid, to which now gives the present scores.
func (o *Options) train(ctx context.Context, g *nn.Graph, n int, task autodiff.Task, now func() scores, progress func(done, total int)) (autodiff.Curve, error) {
	var valid func() float64
	if o.Valid != nil {
		valid = func() float64 { return o.Valid(now()) }
	}
	curve, err := autodiff.Train(ctx, g, n, task, autodiff.Options{
		Epochs: o.Epochs, Batch: o.Batch, LearningRate: o.LearningRate, Warmup: 100, Cosine: true, Clip: 5, Seed: o.Seed, Stop: o.Stop,
	}, valid, progress)
	if err != nil {
		return nil, fmt.Errorf("tower: %w", err)
	}
	return curve, nil
}

// Model answers with ⟨u, Vectors[i]⟩, where a graph makes u of a history.
type Model struct {
	N, D    int
	Vectors []float32 // [N×D]; zeros for an item without
	Graph   *nn.Graph // from the newest items to u, [B×D]
	Curve   autodiff.Curve

	tapes sync.Pool
}

// model returns a model whose vectors are zeros yet.
func (t *task) model(user int32) *Model {
	n := t.d.Catalog.Len()
	return &Model{N: n, D: t.opt.Width, Vectors: make([]float32, n*t.opt.Width), Graph: t.graph.Only(user)}
}

// asking is what it takes to ask a model once.
type asking struct {
	tape  *autodiff.Tape
	batch nn.Batch
}

// Scores stores ⟨u, Vectors[i]⟩ of every item in dst, [N], lowest for those
// without a vector. It may be called from several goroutines.
func (m *Model) Scores(dst []float32, h feature.History) {
	a, _ := m.tapes.Get().(*asking)
	if a == nil {
		a = &asking{tape: autodiff.NewTape(m.Graph)}
		autodiff.Resize(&a.batch, m.Graph, 1)
		for _, ids := range a.batch.IDs {
			for k := range ids {
				ids[k] = -1
			}
		}
	}
	defer m.tapes.Put(a)
	rows := a.batch.IDs[history]
	for s := range rows {
		rows[s] = -1
		if e := len(h) - 1 - s; e >= 0 {
			rows[s] = int32(h[e].Row)
		}
	}
	clear(a.batch.Numeric)
	dots(dst, m.Vectors, a.tape.Forward(&a.batch, nil))
}

// dots stores the inner products of u and the rows of vectors in dst. A row of
// zeros gets less than all others.
func dots(dst, vectors, u []float32) {
	D := len(u)
	clear(dst)
	simd.Product(dst, vectors, u, len(dst), D, 1)
	low := slices.Min(dst) - 1
	for r := range dst {
		if !slices.ContainsFunc(vectors[r*D:][:D], func(v float32) bool { return v != 0 }) {
			dst[r] = low
		}
	}
}
