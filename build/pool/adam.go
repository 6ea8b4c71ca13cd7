package pool

import (
	"math"
	"sync"
)

// adam is the optimizer of Kingma and Ba (ICLR 2015) with β = (0.9, 0.98), the
// gradient clipped to a length of 5 and weight decay beside the gradient
// (Loshchilov and Hutter, ICLR 2019), of the two tables only.
type adam struct {
	grad, mean, square []float32
	steps              int
}

func newAdam(n int) *adam {
	return &adam{grad: make([]float32, n), mean: make([]float32, n), square: make([]float32, n)}
}

const (
	beta1, beta2 = 0.9, 0.98
	epsilon      = 1e-8
	longest      = 5
	block        = 1 << 14 // parameters one goroutine updates at a time
)

// step moves p against scale times the sum of the shards' gradients.
func (a *adam) step(p *params, shards []*shard, rate, decay, scale float32) {
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
	// The corrections for the zero start of the means go into the rate.
	correct1 := 1 - math.Pow(beta1, float64(a.steps))
	correct2 := 1 - math.Pow(beta2, float64(a.steps))
	size := rate * float32(math.Sqrt(correct2)/correct1)
	tables := len(p.in) + len(p.out)
	inBlocks(n, func(_, from, to int) {
		w, g, m, s := p.all[from:to], a.grad[from:to], a.mean[from:to], a.square[from:to]
		for j, v := range g {
			v *= clip
			m[j] += float32((1 - beta1) * (v - m[j]))
			s[j] += float32((1 - beta2) * (float32(v*v) - s[j]))
			shrink := float32(0)
			if from+j < tables {
				shrink = float32(rate * decay * w[j])
			}
			w[j] -= float32(size*m[j]/(float32(math.Sqrt(float64(s[j])))+epsilon)) + shrink
		}
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
