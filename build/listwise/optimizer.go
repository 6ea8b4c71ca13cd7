package listwise

import "sparrow/build/autodiff"

// optimizer is [autodiff.Adam] with another weight decay for each kind of
// parameter. The state of the parameters is of the shape of theirs.
type optimizer struct {
	mean, square []float32
	spans        []span // together all parameters
	steps        int
}

// span is a run of parameters that decay alike.
type span struct {
	from, to int
	decay    float32 // times the learning rate, a step
}

func newOptimizer(p *params, opt *Options) *optimizer {
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
	o := &optimizer{mean: make([]float32, len(p.all)), square: make([]float32, len(p.all))}
	for i, v := range decay.all {
		if last := len(o.spans) - 1; last >= 0 && o.spans[last].decay == v {
			o.spans[last].to = i + 1
		} else {
			o.spans = append(o.spans, span{i, i + 1, v})
		}
	}
	return o
}

// step moves p against gradient grad and clears grad.
func (o *optimizer) step(p, grad *params, rate float32) {
	o.steps++
	for _, s := range o.spans {
		move := autodiff.Adam{Beta1: 0.9, Beta2: 0.999, Decay: s.decay}.At(o.steps, rate)
		move(p.all[s.from:s.to], grad.all[s.from:s.to], o.mean[s.from:s.to], o.square[s.from:s.to])
	}
	clear(grad.all)
}
