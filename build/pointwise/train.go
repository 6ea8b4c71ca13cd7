package pointwise

import (
	"context"
	"math"
	"math/rand/v2"
	"runtime"
	"sync"

	"sparrow/build/autodiff"
	"sparrow/wasm/nn"
)

// Rows are labelled examples. Its methods are called from several goroutines.
type Rows interface {
	Len() int
	Label(row int32) float32 // 1 for liked, 0 for not
	// Encode fills dst, which has the shape of the inputs, with rows. It leaves
	// fields beyond those of the inputs alone.
	Encode(dst *nn.Batch, rows []int32)
}

// TrainOptions are the settings of [Train].
type TrainOptions struct {
	Options
	Epochs, Patience, Batch int
	LearningRate            float32 // unless the model has one of its own
	Decay                   float32 // weight decay of Adam
	Seed                    uint64
}

// Trained is a model after training.
type Trained struct {
	Model Model
	Graph *nn.Graph // from the inputs to the logit
	Curve autodiff.Curve
}

// Train trains m on train until the log loss on valid gets no better.
func Train(ctx context.Context, m Model, in *Inputs, train, valid Rows, opt TrainOptions, progress func(done, total int)) (*Trained, error) {
	g, heads := m.graph(in, opt)
	t := &task{rows: train, heads: heads, vocabulary: int32(in.Categorical[in.Item].Vocabulary), fields: len(in.Categorical)}
	answer := g.Only(heads.Logit)
	answer.Fields = in.Categorical // without the negatives, which only the auxiliary loss reads
	rule := m.Rule
	if rule == nil {
		rule = func(string) autodiff.Rule { return autodiff.Adam{Beta1: 0.9, Beta2: 0.999, Decay: opt.Decay} }
	}
	rate := opt.LearningRate
	if m.Rate > 0 {
		rate = m.Rate
	}
	curve, err := autodiff.Train(ctx, g, train.Len(), t, autodiff.Options{
		Epochs: opt.Epochs, Patience: opt.Patience, Batch: opt.Batch, LearningRate: rate, Rule: rule, Seed: opt.Seed,
	}, func() float64 { return logLoss(answer, valid) }, progress)
	if err != nil {
		return nil, err
	}
	return &Trained{m, answer, curve}, nil
}

// graph builds m with a field of negatives behind the inputs' own, for an auxiliary loss.
func (m *Model) graph(in *Inputs, opt TrainOptions) (*nn.Graph, Heads) {
	history := in.Categorical[in.History]
	fields := append(append([]nn.Field(nil), in.Categorical...), nn.Field{Name: "negatives", Slots: history.Slots, Vocabulary: history.Vocabulary})
	b := nn.NewBuilder(in.Numeric, fields, autodiff.Glorot(opt.Seed))
	b.StartTable = autodiff.Small(opt.Seed)
	heads := m.Build(b, in, opt.Options)
	return b.Finish(heads.Logit), heads
}

// Untrained returns the graph of m as it is before [Train] begins, with the same options.
func Untrained(m Model, in *Inputs, opt TrainOptions) *nn.Graph {
	g, heads := m.graph(in, opt)
	return g.Only(heads.Logit)
}

// task is what autodiff trains for.
type task struct {
	rows       Rows
	heads      Heads
	vocabulary int32
	fields     int
}

// Encode implements [autodiff.Task].
func (t *task) Encode(dst *nn.Batch, examples []int32, rng *rand.Rand) {
	t.rows.Encode(dst, examples)
	negatives := dst.IDs[t.fields]
	for k := range negatives {
		negatives[k] = -1
		if t.heads.Auxiliary {
			negatives[k] = rng.Int32N(t.vocabulary)
		}
	}
}

// Loss implements [autodiff.Task].
func (t *task) Loss(tape *autodiff.Tape, examples []int32) float64 {
	labels := make([]float32, len(examples))
	for k, e := range examples {
		labels[k] = t.rows.Label(e)
	}
	loss := autodiff.Binary(tape, t.heads.Logit, labels, nil)
	if t.heads.Auxiliary {
		loss += auxiliary(tape, t.heads, len(examples))
	}
	return loss
}

// logLoss returns the mean cross-entropy of g's answers in nats.
func logLoss(g *nn.Graph, rows Rows) float64 {
	var sum float64
	for i, v := range Logits(g, rows) {
		if rows.Label(int32(i)) > 0 {
			v = -v
		}
		x := float64(v)
		sum += max(x, 0) + math.Log1p(math.Exp(-math.Abs(x)))
	}
	return sum / float64(rows.Len())
}

// Logits returns the answers of g for all rows.
func Logits(g *nn.Graph, rows Rows) []float32 {
	const block = 1024
	all := make([]float32, rows.Len())
	var wg sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		wg.Go(func() {
			tape := autodiff.NewTape(g)
			var b nn.Batch
			part := make([]int32, block)
			for from := w * block; from < len(all); from += workers * block {
				part = part[:min(block, len(all)-from)]
				for k := range part {
					part[k] = int32(from + k)
				}
				autodiff.Resize(&b, g, len(part))
				rows.Encode(&b, part)
				copy(all[from:], tape.Forward(&b, nil))
			}
		})
	}
	wg.Wait()
	return all
}
