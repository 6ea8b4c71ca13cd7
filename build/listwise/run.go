package listwise

import (
	"context"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
)

// trainer runs epochs over lists.
type trainer struct {
	opt      *Options
	standard *standard
	shape    shape
	nets     [shards]network
}

// result is the best epoch of a run.
type result struct {
	params     *params
	epochs     int
	loss, ndcg float64 // weighted sums over the validation lists
}

// run trains for at most that many epochs and returns the mean parameters (see
// follow) after the epoch with the least loss on valid, or after the last one
// without valid.
func (t *trainer) run(ctx context.Context, train, valid []*list, epochs int, progress func(epoch int)) (result, error) {
	opt := t.opt
	rng := rand.New(rand.NewPCG(opt.Seed, 0x72616e6b))
	p := newParams(t.shape)
	p.start(t.standard, rng)
	mean := newParams(t.shape)
	optimizer := newOptimizer(p, opt)
	grads := make([]*params, shards)
	for i := range grads {
		grads[i] = newParams(t.shape)
	}
	for i := range t.nets {
		t.nets[i] = network{standard: t.standard, dropout: opt.Dropout}
	}
	best := result{loss: math.Inf(1)}
	order := slices.Clone(train)
	steps := 0
	for epoch := 1; epoch <= epochs; epoch++ {
		if err := ctx.Err(); err != nil {
			return best, err
		}
		progress(epoch)
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for at := 0; at < len(order); at += opt.Batch {
			batch := order[at:min(at+opt.Batch, len(order))]
			steps++
			inShards(func(k int) {
				n := &t.nets[k]
				for i := k; i < len(batch); i += shards {
					l := batch[i]
					draw := rand.NewPCG(opt.Seed+uint64(steps), uint64(i))
					l = n.sample(l, opt.Sample, rand.New(draw))
					score := n.forward(p, l, draw)
					d := make([]float32, len(score))
					crossEntropy(d, score, l.target, l.weight/float32(opt.Batch))
					n.backward(p, grads[k], l, d, true)
				}
			})
			for _, g := range grads[1:] {
				for i, v := range g.all {
					grads[0].all[i] += v
				}
				clear(g.all)
			}
			optimizer.step(p, grads[0], opt.LearningRate)
			mean.follow(p, steps)
		}
		if valid == nil {
			best = result{params: mean, epochs: epoch}
			continue
		}
		loss, quality := t.measure(mean, valid)
		if loss < best.loss {
			kept := newParams(t.shape)
			copy(kept.all, mean.all)
			best = result{kept, epoch, loss, quality}
		}
		if epoch-best.epochs >= opt.Patience {
			break
		}
	}
	return best, nil
}

// follow moves mean towards p so that it is the mean of p over about the last
// hundred steps, or over all when there were fewer. The mean of a noisy descent
// lies nearer to the minimum than its last step (Polyak and Juditsky, SIAM J.
// Control Optim. 1992), and costs no byte in the bundle.
func (mean *params) follow(p *params, steps int) {
	part := max(0.01, 1/float32(steps))
	for i, v := range p.all {
		mean.all[i] += float32(part * (v - mean.all[i]))
	}
}

// measure returns the loss over found targets and the NDCG@10 over all, summed
// by the weights of the lists.
func (t *trainer) measure(p *params, lists []*list) (loss, quality float64) {
	losses, qualities := make([]float64, len(lists)), make([]float64, len(lists))
	inShards(func(k int) {
		for i := k; i < len(lists); i += shards {
			l := lists[i]
			if l.target < 0 {
				continue
			}
			score := t.nets[k].forward(p, l, nil)
			rank := 0
			for j, s := range score {
				if s > score[l.target] || s == score[l.target] && l.items[j].Row < l.items[l.target].Row {
					rank++
				}
			}
			qualities[i] = float64(l.weight) * ndcg(rank)
			losses[i] = float64(l.weight) * crossEntropy(make([]float32, len(score)), score, l.target, 1)
		}
	})
	for i := range lists {
		loss += losses[i]
		quality += qualities[i]
	}
	return loss, quality
}

// inShards calls f for every shard on as many processors as there are.
func inShards(f func(shard int)) {
	var wg sync.WaitGroup
	next := make(chan int)
	for range min(shards, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for k := range next {
				f(k)
			}
		})
	}
	for k := range shards {
		next <- k
	}
	close(next)
	wg.Wait()
}
