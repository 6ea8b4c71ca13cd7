// Package ranker trains the model that orders what retrieval found.
package ranker

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"

	"sparrow/build/dataset"
	"sparrow/wasm/ranking"
)

// ErrNotBetter tells that the ranked lists are not better than the retrieved
// ones on users that the ranker was not trained on. The model is returned beside it.
var ErrNotBetter = errors.New("ranker: the ranked lists are no better than the retrieved ones on validation")

// Report tells how the training went. Figures are NDCG@10 over the users that
// the model in question was not trained on, a target that retrieval missed counting 0.
type Report struct {
	Lists     int     // training examples
	Found     float64 // share of targets among the candidates
	Retrieved float64 // in retrieval's order
	Ranked    float64 // in the float32 model's order
	Epochs    int     // passes of the final model
	Loss      float64 // nats, over found targets
	Quantized float64 // in the order of the int8 model, where it is the one that was validated
}

const (
	folds  = 5
	shards = 8 // of a batch; fixed, so that sums have the same order on any machine
)

// Train trains a ranker on d, whose users' newest opt.Targets interactions are the
// targets: r must have been learned from d.WithoutLast(opt.Targets). The same
// input gives the same bytes on any number of processors.
//
// The users fall into five parts. Small data are cross-validated: five models,
// each stopped and measured on the part it does not see, give the number of epochs for
// the last one, which sees all. Large data keep one part for that.
func Train(ctx context.Context, d *dataset.Dataset, r Retrieval, opt Options, progress func(done, total int)) (ranking.Model, Report, error) {
	if progress == nil {
		progress = func(int, int) {}
	}
	if err := opt.check(); err != nil {
		return ranking.Model{}, Report{}, fmt.Errorf("ranker: %w", err)
	}
	lists, err := makeLists(ctx, d, r, &opt, progress)
	if err != nil {
		return ranking.Model{}, Report{}, err
	}
	return fit(ctx, lists, len(d.Catalog.GenreNames), r, &opt)
}

// fit trains on lists.
func fit(ctx context.Context, lists []list, genres int, r Retrieval, opt *Options) (ranking.Model, Report, error) {
	found := 0
	for i := range lists {
		if lists[i].target >= 0 {
			found++
		}
	}
	report := Report{Lists: len(lists), Found: float64(found) / float64(max(1, len(lists)))}
	if found < 2*folds {
		return ranking.Model{}, report, errors.New("ranker: retrieval found too few targets to learn an order from; more data are needed")
	}
	s := newStandard(opt.numeric(), lists, &r.Pool.In, &r.Pool.Out)
	t := &trainer{opt: opt, standard: s, shape: newShape(s.numeric, genres, s.width, opt)}
	measured := 1
	if len(lists) < 3000 {
		measured = folds
	}
	var best *params
	var ranked, retrieved, held, loss float64
	epochs := 0
	for f := range measured {
		train, valid := split(lists, f)
		run, err := t.run(ctx, train, valid, opt.Epochs)
		if err != nil {
			return ranking.Model{}, report, err
		}
		for i := range valid {
			retrieved += ndcg(valid[i].target)
		}
		held += float64(len(valid))
		ranked += run.ndcg
		loss += run.loss
		epochs += run.epochs
		best = run.params
	}
	report.Retrieved, report.Ranked, report.Loss = retrieved/held, ranked/held, loss/held
	report.Epochs = (epochs + measured/2) / measured
	if measured > 1 {
		run, err := t.run(ctx, found4(lists), nil, report.Epochs)
		if err != nil {
			return ranking.Model{}, report, err
		}
		best = run.params
	}
	m := t.quantize(best, lists)
	if report.Ranked <= report.Retrieved {
		return m, report, ErrNotBetter
	}
	return m, report, nil
}

// split returns the lists with a found target outside of fold f, and all lists inside.
func split(lists []list, f int) (train, valid []*list) {
	for i := range lists {
		l := &lists[i]
		if l.fold == f {
			valid = append(valid, l)
		} else if l.target >= 0 {
			train = append(train, l)
		}
	}
	return train, valid
}

func found4(lists []list) (train []*list) {
	for i := range lists {
		if lists[i].target >= 0 {
			train = append(train, &lists[i])
		}
	}
	return train
}

// ndcg returns NDCG@10 of one relevant movie at rank, from 0, or of none (-1).
func ndcg(rank int) float64 {
	if rank < 0 || rank >= 10 {
		return 0
	}
	return 1 / math.Log2(float64(rank+2))
}

// trainer runs epochs over lists.
type trainer struct {
	opt      *Options
	standard *standard
	shape    shape
}

// result is the best epoch of a run.
type result struct {
	params     *params
	epochs     int
	loss, ndcg float64 // summed over the validation lists
}

// run trains for at most that many epochs and returns the epoch with the least
// loss on valid, or the last one without valid.
func (t *trainer) run(ctx context.Context, train, valid []*list, epochs int) (result, error) {
	opt := t.opt
	rng := rand.New(rand.NewPCG(opt.Seed, 0x72616e6b))
	p := newParams(t.shape)
	p.start(t.standard, rng)
	optimizer := newAdam(p, opt)
	grads := make([]*params, shards)
	for i := range grads {
		grads[i] = newParams(t.shape)
	}
	nets := make([]network, shards)
	for i := range nets {
		nets[i] = network{standard: t.standard, dropout: opt.Dropout}
	}
	best := result{loss: math.Inf(1)}
	order := slices.Clone(train)
	steps := 0
	for epoch := 1; epoch <= epochs; epoch++ {
		if err := ctx.Err(); err != nil {
			return best, err
		}
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for at := 0; at < len(order); at += opt.Batch {
			batch := order[at:min(at+opt.Batch, len(order))]
			steps++
			inShards(func(k int) {
				n := &nets[k]
				for i := k; i < len(batch); i += shards {
					l := batch[i]
					draw := rand.New(rand.NewPCG(opt.Seed+uint64(steps), uint64(i)))
					score := n.forward(p, l, draw)
					d := make([]float32, len(score))
					crossEntropy(d, score, l.target, 1/float32(opt.Batch))
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
		}
		if valid == nil {
			best = result{params: p, epochs: epoch}
			continue
		}
		loss, quality := t.measure(nets, p, valid)
		if loss < best.loss {
			kept := newParams(t.shape)
			copy(kept.all, p.all)
			best = result{kept, epoch, loss, quality}
		}
		if epoch-best.epochs >= opt.Patience {
			break
		}
	}
	return best, nil
}

// measure returns the loss over found targets and the NDCG@10 over all, summed.
func (t *trainer) measure(nets []network, p *params, lists []*list) (loss, quality float64) {
	losses, qualities := make([]float64, len(lists)), make([]float64, len(lists))
	inShards(func(k int) {
		for i := k; i < len(lists); i += shards {
			l := lists[i]
			if l.target < 0 {
				continue
			}
			score := nets[k].forward(p, l, nil)
			rank := 0
			for j, s := range score {
				if s > score[l.target] || s == score[l.target] && l.movies[j].Row < l.movies[l.target].Row {
					rank++
				}
			}
			qualities[i] = ndcg(rank)
			losses[i] = crossEntropy(make([]float32, len(score)), score, l.target, 1)
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
