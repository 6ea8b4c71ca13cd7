package pool

import (
	"math"
	"math/rand/v2"

	"sparrow/wasm/retrieval"
)

// params holds all parameters, or a gradient of the same shape, in one slice,
// so that the optimizer, the sum over shards and the gradient check need not
// know what they are. The named slices are views of it.
type params struct {
	m, d, l int
	all     []float32

	in, out  []float32 // [M×D]
	bias     []float32 // [M]
	position []float32 // [L]
	level    []float32 // [Levels]
}

func newParams(m, d, l int) *params {
	p := &params{m: m, d: d, l: l, all: make([]float32, 2*m*d+m+l+retrieval.Levels)}
	rest := p.all
	cut := func(n int) []float32 {
		head := rest[:n:n]
		rest = rest[n:]
		return head
	}
	p.in, p.out, p.bias, p.position, p.level = cut(m*d), cut(m*d), cut(m), cut(l), cut(retrieval.Levels)
	return p
}

// startLevel is what events of each level count for at the start: a dislike a fifth against
// a like, as in Rocchio ("Relevance feedback in information retrieval", 1971). With all
// alike, training has to learn what the items are before it can learn this, and where
// people dislike about as much as they like it learns neither.
var startLevel = [retrieval.Levels]float32{1, -0.2, 0.5, 1}

// start fills p with what training starts from: small normal vectors, positions
// that fade like 1/√(k+1) or are all the same, levels of 1, and the log of the share of the
// interactions as bias. Without that bias the first passes are spent on
// learning what is popular.
func (p *params) start(s *sequences, rng *rand.Rand) {
	scale := 1 / float32(math.Sqrt(float64(p.d)))
	for i := range p.in {
		p.in[i] = scale * float32(rng.NormFloat64())
	}
	for i := range p.out {
		p.out[i] = 0.1 * scale * float32(rng.NormFloat64())
	}
	var total float64
	for _, r := range s.row {
		total += s.count[r]
	}
	for i, r := range s.row {
		p.bias[i] = float32(math.Log(s.count[r] / total))
	}
	for k := range p.l {
		p.position[k] = 0.5 / float32(math.Sqrt(float64(k+1)))
		if s.orderFree {
			p.position[k] = 0.5 / float32(math.Sqrt(float64(p.l)))
		}
	}
	for i := range p.level {
		p.level[i] = startLevel[i]
	}
}

// expand returns the trained parameters by catalog row; items that were not
// trained have zeros.
func (p *params) expand(s *sequences, n int) *Pool {
	out := &Pool{
		N: n, D: p.d, L: p.l,
		In: make([]float32, n*p.d), Out: make([]float32, n*p.d), Bias: make([]float32, n),
		Position: append([]float32(nil), p.position...),
		Level:    append([]float32(nil), p.level...),
	}
	for i, r := range s.row {
		copy(out.In[int(r)*p.d:], p.in[i*p.d:(i+1)*p.d])
		copy(out.Out[int(r)*p.d:], p.out[i*p.d:(i+1)*p.d])
		out.Bias[r] = p.bias[i]
	}
	return out
}
