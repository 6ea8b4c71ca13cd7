package sasrec

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"

	"sparrow/build/autodiff"
	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
	"sparrow/wasm/nn"
)

// Model is SASRec: a stack of causal self-attention over the user's newest L
// events makes the vector u, and the score of item i is Vectors[i]·u + Bias[i],
// with the vectors that the events come in with.
//
// Source: Kang and McAuley, "Self-Attentive Sequential Recommendation", ICDM
// 2018. Deviations: the loss is the softmax over all items (or over drawn ones,
// see negatives.go) where the paper has one negative; items have a bias; the norm
// is before queries, keys and values alike, and once more at the end; the
// feed-forward layer is 2D wide, not D; in place of positions there is a learned bias by
// distance for each head; the weights of the attention have no dropout.
type Model struct {
	N, D    int
	Network *nn.Graph     // of [retrieval.Model], in float32
	Vectors []float32     // [N×D]; zeros for an item that was not trained
	Bias    []float32     // [N]; likewise
	Trained []catalog.Row // ascending
	Curve   autodiff.Curve
}

// Train trains the model on every event of every user that has at least one
// before it. progress, if not nil, is called after each batch with the number
// of batches done and in all. The same data, options and build give the same
// bytes on any number of processors.
func Train(ctx context.Context, d *dataset.Dataset, opt Options, progress func(done, total int)) (*Model, error) {
	if err := opt.check(); err != nil {
		return nil, fmt.Errorf("sasrec: %w", err)
	}
	t := newTask(d, &opt)
	if len(t.window) == 0 {
		return nil, fmt.Errorf("sasrec: no user has two items with %d interactions or more, from which something could be learned", opt.MinCount)
	}
	g := newGraph(len(t.row), t.drawn(), &opt, start(opt.Seed))
	t.startBias(g.Params[biasParam].Data)
	var valid func() float64
	if opt.Valid != nil {
		valid = func() float64 { return opt.Valid(newModel(t, g)) }
	}
	curve, err := autodiff.Train(ctx, g, len(t.window), t, t.options(), valid, progress)
	if err != nil {
		return nil, fmt.Errorf("sasrec: %w", err)
	}
	m := newModel(t, g)
	m.Curve = curve
	return m, nil
}

func newTask(d *dataset.Dataset, opt *Options) *task {
	t := &task{events: newEvents(d, opt.MinCount, opt.Length), opt: opt}
	t.most = len(t.window)
	if opt.Negatives > 0 {
		t.draw = newDraw(t.count)
	}
	return t
}

// options are those of the training loop.
func (t *task) options() autodiff.Options {
	return autodiff.Options{
		Epochs: t.opt.Epochs, Batch: max(1, int(math.Round(float64(t.opt.Batch)/t.mean))),
		LearningRate: t.opt.LearningRate, Warmup: 100, Cosine: true, Clip: 5,
		Rule: func(string) autodiff.Rule { return autodiff.Adam{Beta1: 0.9, Beta2: 0.98} },
		Seed: t.opt.Seed, Stop: t.opt.Stop, Keep: t.opt.Keep,
	}
}

// start returns a start for the weights: Glorot's, but vectors of items near zero, with
// a deviation of 0.02 (as in Devlin et al., BERT, NAACL 2019), so that the first scores
// are the biases and not noise around them.
func start(seed uint64) func(p *nn.Param, in, out int) {
	glorot, rng := autodiff.Glorot(seed), rand.New(rand.NewPCG(seed, 2))
	return func(p *nn.Param, in, out int) {
		if p.Name != "items" {
			glorot(p, in, out)
			return
		}
		for i := range p.Data {
			p.Data[i] = 0.02 * float32(rng.NormFloat64())
		}
	}
}

// startBias sets the biases to the scores that a model without vectors would
// learn: the log of each item's share.
func (t *task) startBias(bias []float32) {
	var sum float64
	for _, c := range t.count {
		sum += c
	}
	for i, c := range t.count {
		bias[i] = float32(math.Log(c / sum))
	}
}

func newModel(t *task, trained *nn.Graph) *Model {
	m := &Model{N: len(t.number), D: t.opt.Width, Network: newNetwork(t.opt), Trained: t.row}
	m.Network.Params = trained.Params[ownParams:]
	m.Vectors, m.Bias = make([]float32, m.N*m.D), make([]float32, m.N)
	for i, r := range t.row {
		copy(m.Vectors[int(r)*m.D:][:m.D], trained.Params[tableParam].Row(i))
		m.Bias[r] = trained.Params[biasParam].Data[i]
	}
	return m
}
