package autodiff

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"

	"sparrow/wasm/nn"
)

// Shards is the number of parts of a batch, each a call of a task. It is fixed: a float32 sum depends
// on its order, and the order must not depend on the machine.
const Shards = 4

// Task is what a graph is trained for. Its methods are called from several
// goroutines at a time, each with a batch and a tape of its own.
type Task interface {
	// Encode fills dst with the examples. rng is for what is drawn again each time:
	// negatives, events that are left out.
	Encode(dst *nn.Batch, examples []int32, rng *rand.Rand)
	// Loss returns the sum of the examples' losses after t.Forward of their batch,
	// and adds its gradient to the deltas of nodes, or to the gradient of parameters.
	Loss(t *Tape, examples []int32) float64
}

// Options are the settings of [Train].
type Options struct {
	Epochs       int     // passes over the examples, at most
	Batch        int     // examples a step
	LearningRate float32 // of the rules, at its highest
	Warmup       int     // steps in which it rises to that
	Cosine       bool    // it falls to 5 % by half a cosine over all epochs; else it stays
	Clip         float64 // longest gradient, 0 for any
	Patience     int     // epochs without a better validation that end the training; 0 for never
	Stop         int     // epochs after which it breaks off, on the rates of all Epochs; 0 for never
	Rule         func(param string) Rule
	Seed         uint64
	Keep         *Keeper // keeps how far it is; nil for nothing
}

// DefaultRule is Adam with the means of its paper, for every parameter.
func DefaultRule(string) Rule { return Adam{Beta1: 0.9, Beta2: 0.999} }

// Train trains the parameters of g on n examples. The loss that is descended is
// the mean over the batch. valid, if not nil, is asked after each epoch and tells
// how bad g is now; the parameters of the best epoch stay in the end, and with
// Patience the training stops when it gets no better. progress, if not nil, is called after each step.
// The same arguments give the same bits on any number of processors, also where a training was broken
// off and goes on from what [Keeper] kept.
func Train(ctx context.Context, g *nn.Graph, n int, task Task, opt Options, valid func() float64, progress func(done, total int)) (Curve, error) {
	return TrainParts(ctx, g, []int{n}, func(int) (Task, error) { return task, nil }, opt, valid, progress)
}

// TrainParts is Train on examples in parts, of so many each, so that one part alone needs to be in memory:
// open returns the task of a part, whose examples count from 0. In each epoch the parts come in another order, and
// so do the examples in each; no step has examples of two.
func TrainParts(ctx context.Context, g *nn.Graph, sizes []int, open func(part int) (Task, error), opt Options, valid func() float64, progress func(done, total int)) (Curve, error) {
	s, err := newOrdering(sizes, opt)
	if err != nil {
		return nil, err
	}
	if opt.Rule == nil {
		opt.Rule = DefaultRule
	}
	t := newTrainer(g, opt)
	kept, err := opt.Keep.resume(t, s.examples, s.total)
	if err != nil {
		return nil, err
	}
	curve, best := kept.Curve, kept.Best
	for epoch := range opt.Epochs {
		parts := s.next()
		if (epoch+1)*s.perEpoch <= kept.Done {
			continue
		}
		sum, done := 0.0, epoch*s.perEpoch
		if epoch == kept.Done/s.perEpoch {
			sum = kept.Sum
		}
		for _, part := range parts {
			steps := s.steps(part)
			if done+steps <= kept.Done {
				done += steps
				continue
			}
			if t.task, err = open(part); err != nil {
				return curve, err
			}
			for k := max(0, kept.Done-done); k < steps; k++ {
				if err := ctx.Err(); err != nil {
					return curve, fmt.Errorf("autodiff: %w", err)
				}
				loss := t.step(s.batch(part, k), done+k, s.total)
				if math.IsNaN(loss) || math.IsInf(loss, 0) {
					return curve, fmt.Errorf("autodiff: training diverged at step %d, at a learning rate of %g: another --seed may do better, or fewer --epochs", done+k, opt.LearningRate)
				}
				sum += loss
				if progress != nil {
					progress(done+k+1, s.total)
				}
				if done+k+1 < (epoch+1)*s.perEpoch { // after an epoch there is more to do first
					if err := opt.Keep.keep(t, State{Done: done + k + 1, Sum: sum, Curve: curve, Best: best, Examples: s.examples, Total: s.total}); err != nil {
						return curve, fmt.Errorf("autodiff: keeping the training: %w", err)
					}
				}
			}
			done += steps
		}
		p := Point{Epoch: epoch + 1, Train: sum / float64(s.examples)}
		if valid != nil {
			p.Valid = valid()
			if at := curve.Best(); at < 0 || p.Valid < curve[at].Valid {
				best = copyParams(best, g)
			}
		}
		curve = append(curve, p)
		if epoch+1 == opt.Stop || valid != nil && opt.Patience > 0 && epoch-curve.Best() >= opt.Patience {
			if progress != nil {
				progress(s.total, s.total)
			}
			break
		}
	}
	for i, p := range best {
		copy(g.Params[i].Data, p)
	}
	return curve, opt.Keep.clear()
}

func copyParams(dst [][]float32, g *nn.Graph) [][]float32 {
	dst = slices.Grow(dst[:0], len(g.Params))[:len(g.Params)]
	for i := range g.Params {
		dst[i] = append(dst[i][:0], g.Params[i].Data...)
	}
	return dst
}

type trainer struct {
	task  Task // of the part
	opt   Options
	tapes [Shards]*Tape
	batch [Shards]nn.Batch
	rule  *optimizer
}

func newTrainer(g *nn.Graph, opt Options) *trainer {
	t := &trainer{opt: opt, rule: newOptimizer(g, opt.Rule)}
	for i := range t.tapes {
		t.tapes[i] = NewTape(g)
		t.batch[i].IDs = make([][]int32, len(g.Fields))
	}
	return t
}

// step takes one step and returns the sum of the examples' losses.
func (t *trainer) step(examples []int32, step, total int) float64 {
	var losses [Shards]float64
	run := func(i int) {
		part := examples[i*len(examples)/Shards : (i+1)*len(examples)/Shards]
		if len(part) == 0 {
			return
		}
		rng := rand.New(rand.NewPCG(t.opt.Seed, uint64(step*Shards+i)+2))
		Resize(&t.batch[i], t.tapes[i].Graph, len(part))
		t.task.Encode(&t.batch[i], part, rng)
		t.tapes[i].Forward(&t.batch[i], rng)
		losses[i] = t.task.Loss(t.tapes[i], part)
		t.tapes[i].Backward()
	}
	if runtime.GOMAXPROCS(0) == 1 {
		for i := range Shards {
			run(i)
		}
	} else {
		var wg sync.WaitGroup
		for i := range Shards {
			wg.Go(func() { run(i) })
		}
		wg.Wait()
	}
	grad := t.tapes[0].Grad
	for _, tape := range t.tapes[1:] {
		tape.Grad.addTo(grad)
		tape.Grad.clear()
	}
	grad.scale(1 / float32(len(examples)))
	clip(grad, t.opt.Clip)
	t.rule.step(grad, Schedule{t.opt.LearningRate, t.opt.Warmup, t.opt.Cosine}.Rate(step, total))
	grad.clear()
	var loss float64
	for _, l := range losses {
		loss += l
	}
	return loss
}

// Resize gives b the shapes that g wants of n examples. Its values are left as they are.
func Resize(b *nn.Batch, g *nn.Graph, n int) {
	b.Rows = n
	b.Numeric = nn.Resize(b.Numeric, n*g.Numeric)
	if len(b.IDs) != len(g.Fields) {
		b.IDs = make([][]int32, len(g.Fields))
	}
	for i := range g.Fields {
		size := n * g.Fields[i].Slots
		if cap(b.IDs[i]) < size {
			b.IDs[i] = make([]int32, size)
		}
		b.IDs[i] = b.IDs[i][:size]
	}
}
