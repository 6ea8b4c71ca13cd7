package listwise

import "math"

// adam is the optimizer of Kingma and Ba (ICLR 2015) with decoupled weight
// decay (Loshchilov and Hutter, ICLR 2019).
type adam struct {
	mean, square []float32 // of the gradient, decaying
	decay        []float32 // of each parameter, times the learning rate, a step
	steps        int
}

func newAdam(p *params, opt *Options) *adam {
	a := &adam{mean: make([]float32, len(p.all)), square: make([]float32, len(p.all))}
	decay := newParams(p.shape)
	for l, w := range decay.weight {
		for i := range w.Data {
			w.Data[i] = opt.Decay
			// Embedded inputs of the first layer are many and say little each.
			if c := i % w.Cols; l == 0 && (c >= p.candidateNums && c < p.candidates || c >= p.candidates+p.userNums) {
				w.Data[i] = opt.EmbeddingDecay
			}
		}
	}
	for i := range decay.output {
		decay.output[i] = opt.Decay
	}
	for i := range decay.skip {
		decay.skip[i] = opt.Decay
		if i >= p.candidateNums {
			decay.skip[i] = opt.EmbeddingDecay
		}
	}
	for i := range decay.genre.Data {
		decay.genre.Data[i] = opt.Decay
	}
	a.decay = decay.all
	return a
}

// step moves p against gradient grad and clears grad.
func (a *adam) step(p, grad *params, rate float32) {
	const b1, b2, epsilon = 0.9, 0.999, 1e-8
	a.steps++
	c1 := float32(1 / (1 - math.Pow(b1, float64(a.steps))))
	c2 := float32(1 / (1 - math.Pow(b2, float64(a.steps))))
	for i, g := range grad.all {
		m := float32(b1*a.mean[i]) + float32((1-b1)*g)
		v := float32(b2*a.square[i]) + float32((1-b2)*float32(g*g))
		a.mean[i], a.square[i] = m, v
		w := p.all[i]
		w -= float32(rate * float32(a.decay[i]*w))
		p.all[i] = w - rate*(m*c1)/(float32(math.Sqrt(float64(v*c2)))+epsilon)
	}
	clear(grad.all)
}
