package pool

import (
	"math"
	"sync"

	"sparrow/build/autodiff"
)

// optimizer is [autodiff.Adam] with β = (0.9, 0.98), the gradient clipped to a
// length of 5 and weight decay of the two tables only.
type optimizer struct {
	grad, mean, square []float32
	steps              int
}

func newOptimizer(n int) *optimizer {
	return &optimizer{grad: make([]float32, n), mean: make([]float32, n), square: make([]float32, n)}
}

const (
	beta1, beta2 = 0.9, 0.98
	longest      = 5
	block        = 1 << 14 // parameters one goroutine updates at a time
)

// step moves p against scale times the sum of the shards' gradients.
func (a *optimizer) step(p *params, shards []*shard, rate, decay, scale float32) {
	a.steps++
	n := len(p.all)
	squares := make([]float64, (n+block-1)/block)
	inBlocks(n, func(i, from, to int) {
		var sum float64
		g := a.grad[from:to]
		clear(g)
		for _, h := range shards {
			for j, v := range h.grad.all[from:to] {
				g[j] += v
			}
		}
		for j := range g {
			g[j] *= scale
			sum += float64(g[j]) * float64(g[j])
		}
		squares[i] = sum
	})
	var length float64
	for _, s := range squares {
		length += s
	}
	clip := float32(1)
	if length = math.Sqrt(length); length > longest {
		clip = float32(longest / length)
	}
	tables := len(p.in) + len(p.out)
	decayed := autodiff.Adam{Beta1: beta1, Beta2: beta2, Decay: decay}.At(a.steps, rate)
	plain := autodiff.Adam{Beta1: beta1, Beta2: beta2}.At(a.steps, rate)
	inBlocks(n, func(_, from, to int) {
		g := a.grad[from:to]
		for j := range g {
			g[j] *= clip
		}
		// The tables come first: a block may hold the end of them.
		split := min(max(from, tables), to)
		decayed(p.all[from:split], a.grad[from:split], a.mean[from:split], a.square[from:split])
		plain(p.all[split:to], a.grad[split:to], a.mean[split:to], a.square[split:to])
	})
}

// inBlocks calls f for consecutive blocks of 0 to n, several at the same time.
func inBlocks(n int, f func(i, from, to int)) {
	var wg sync.WaitGroup
	for i := range (n + block - 1) / block {
		wg.Go(func() { f(i, i*block, min((i+1)*block, n)) })
	}
	wg.Wait()
}
