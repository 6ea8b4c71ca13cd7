package pool

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"sync"

	"sparrow/build/autodiff"
	"sparrow/build/simd"
	"sparrow/build/stats"
)

// shards is the number of parts of a batch. It is fixed: a float32 sum depends
// on its order, and the order must not depend on the machine.
const shards = 4

type trainer struct {
	s      *sequences
	opt    PoolOptions
	params *params
	outT   []float32 // [D×M]
	shards []*shard
	adam   *optimizer
}

func newTrainer(s *sequences, opt PoolOptions) *trainer {
	rng := rand.New(rand.NewPCG(opt.Seed, 0))
	t := &trainer{s: s, opt: opt, params: newParams(len(s.row), opt.Width, opt.Length)}
	t.params.start(s, rng)
	t.outT = make([]float32, len(t.params.out))
	t.adam = newOptimizer(len(t.params.all))
	var draw *stats.Alias
	if opt.Negatives > 0 {
		weights := make([]float64, len(s.row))
		for i, r := range s.row {
			weights[i] = math.Pow(s.count[r], 0.75)
		}
		draw = stats.NewAlias(weights)
	}
	for range shards {
		t.shards = append(t.shards, newShard(s, &t.opt, t.params, t.outT, draw))
	}
	return t
}

// run trains for all epochs: each shuffles the targets and takes a step on
// each batch. It leaves the targets shuffled.
func (t *trainer) run(ctx context.Context, progress func(done, total int)) error {
	order := t.s.targets
	rng := rand.New(rand.NewPCG(t.opt.Seed, 1))
	perEpoch := (len(order) + t.opt.Batch - 1) / t.opt.Batch
	total := perEpoch * t.opt.Epochs
	schedule := autodiff.Schedule{Peak: t.opt.LearningRate, Warmup: 100, Cosine: true}
	for step := range total {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("pool: %w", err)
		}
		if step%perEpoch == 0 {
			rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		}
		a := step % perEpoch * t.opt.Batch
		batch := order[a:min(a+t.opt.Batch, len(order))]
		loss := t.gradient(batch, uint64(step))
		if math.IsNaN(loss) || math.IsInf(loss, 0) {
			return fmt.Errorf("pool: training diverged at step %d, at a learning rate of %g: another --seed may do better, or fewer --epochs", step, t.opt.LearningRate)
		}
		t.adam.step(t.params, t.shards, schedule.Rate(step, total), t.opt.Decay, 1/float32(len(batch)))
		if progress != nil {
			progress(step+1, total)
		}
	}
	return nil
}

// gradient fills the shards' gradients and returns the weighted loss in nats
// over the number of targets.
func (t *trainer) gradient(batch []int32, step uint64) float64 {
	simd.Transpose(t.outT, t.params.out, t.params.d, t.params.m)
	var wg sync.WaitGroup
	for i, h := range t.shards {
		a, b := i*len(batch)/shards, (i+1)*len(batch)/shards
		wg.Go(func() { h.run(batch[a:b], step*shards+uint64(i)) })
	}
	wg.Wait()
	var loss float64
	for _, h := range t.shards {
		loss += h.loss
	}
	return loss / float64(len(batch))
}
