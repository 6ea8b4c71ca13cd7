package listwise

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"

	"sparrow/build/simd"
	"sparrow/wasm/feature"
	"sparrow/wasm/nn"
)

// network runs one list forward and backward; it holds the activations of it.
type network struct {
	standard *standard
	dropout  float32
	tables   embeddings // of the parameters of the last forward pass

	input  blas32.General // [n×C]
	user   []float32      // [U]
	shared []float32      // [H] user side and bias of the first layer
	act    []blas32.General
	delta  []blas32.General
	keep   []blas32.General // what dropout multiplied act by
	back   blas32.General   // [n×genre columns] gradient of the genre embeddings
	backU  []float32
	score  []float32 // [n]

	sampled list // see sample
	order   []int
}

// sample returns l with its target and k-1 of the other candidates at random,
// or l itself when it has no more. The list is valid until the next call.
func (n *network) sample(l *list, k int, rng *rand.Rand) *list {
	if len(l.items) <= k {
		return l
	}
	n.order = n.order[:0]
	for i := range l.items {
		n.order = append(n.order, i)
	}
	n.order[0], n.order[l.target] = l.target, 0
	s := &n.sampled
	s.user, s.weight, s.target, s.items = l.user, l.weight, 0, append(s.items[:0], l.items[l.target])
	for i := 1; i < k; i++ {
		j := i + rng.IntN(len(n.order)-i)
		n.order[i], n.order[j] = n.order[j], n.order[i]
		s.items = append(s.items, l.items[n.order[i]])
	}
	return s
}

// reshape returns m as [rows×cols], with new memory when the old does not suffice.
func reshape(m blas32.General, rows, cols int) blas32.General {
	return blas32.General{Rows: rows, Cols: cols, Stride: cols, Data: nn.Resize(m.Data, rows*cols)}
}

func row(m blas32.General, r int) []float32 { return m.Data[r*m.Stride:][:m.Cols] }

// forward computes the scores of l's candidates, s = w·H + skip·x with H the
// last of the layers ReLU(W·x + b). With rng, elements of the hidden layers are
// dropped and the others scaled up (inverted dropout).
func (n *network) forward(p *params, l *list, rng *rand.PCG) []float32 {
	rows, layout := len(l.items), &n.standard.layout
	n.tables = embeddings{n.standard, p.genre}
	n.input = reshape(n.input, rows, p.candidates)
	for i := range l.items {
		layout.ReadItem(row(n.input, i), &l.items[i], &n.tables)
	}
	if n.user == nil {
		n.user, n.backU = make([]float32, p.users), make([]float32, p.users)
		n.shared = make([]float32, p.hidden[0])
		n.act = make([]blas32.General, len(p.hidden))
		n.delta = make([]blas32.General, len(p.hidden))
		n.keep = make([]blas32.General, len(p.hidden))
	}
	layout.ReadUser(n.user, &l.user, &n.tables)
	copy(n.shared, p.bias[0])
	blas32.Gemv(blas.NoTrans, 1, p.userWeight(), vector(n.user), 1, vector(n.shared))

	x, w, b := n.input, p.candidateWeight(), n.shared
	for h := range p.hidden {
		if h > 0 {
			w, b = p.weight[h], p.bias[h]
		}
		a := reshape(n.act[h], rows, p.hidden[h])
		for i := range rows {
			copy(row(a, i), b)
		}
		blas32.Gemm(blas.NoTrans, blas.Trans, 1, x, w, 1, a)
		for i, v := range a.Data {
			a.Data[i] = max(0, v)
		}
		if rng != nil && n.dropout > 0 {
			n.keep[h] = n.drop(n.keep[h], a, rng)
		}
		n.act[h] = a
		x = a
	}
	n.score = reshape(blas32.General{Data: n.score}, rows, 1).Data
	blas32.Gemv(blas.NoTrans, 1, x, vector(p.output), 0, vector(n.score))
	blas32.Gemv(blas.NoTrans, 1, n.input, vector(p.skip), 1, vector(n.score))
	return n.score
}

// drop multiplies each element of a by 0 or by 1/(1-dropout) and returns what
// it multiplied by.
func (n *network) drop(keep, a blas32.General, rng *rand.PCG) blas32.General {
	keep = reshape(keep, a.Rows, a.Cols)
	up := 1 / (1 - n.dropout)
	limit := uint32(float64(n.dropout) * (1 << 32))
	for i := range keep.Data {
		keep.Data[i] = up
		if uint32(rng.Uint64()>>32) < limit {
			keep.Data[i] = 0
		}
		a.Data[i] *= keep.Data[i]
	}
	return keep
}

// backward adds the gradient of a loss with ∂loss/∂score = d, [n], to grad. The
// list is that of the last call of forward, dropped reports whether with rng.
func (n *network) backward(p, grad *params, l *list, d []float32, dropped bool) {
	last := len(p.hidden) - 1
	blas32.Gemv(blas.Trans, 1, n.act[last], vector(d), 1, vector(grad.output))
	blas32.Gemv(blas.Trans, 1, n.input, vector(d), 1, vector(grad.skip))

	delta := reshape(n.delta[last], len(d), p.hidden[last])
	for i, v := range d {
		for j, w := range p.output {
			delta.Data[i*delta.Stride+j] = v * w
		}
	}
	for h := last; ; h-- {
		n.delta[h] = delta
		for i, v := range n.act[h].Data {
			switch {
			case v <= 0:
				delta.Data[i] = 0
			case dropped && n.dropout > 0:
				delta.Data[i] *= n.keep[h].Data[i]
			}
		}
		if h == 0 {
			break
		}
		simd.AddProduct(grad.weight[h], delta, n.act[h-1], blas.Trans)
		addRows(grad.bias[h], delta)
		below := reshape(n.delta[h-1], len(d), p.hidden[h-1])
		clear(below.Data)
		simd.AddProduct(below, delta, p.weight[h], blas.NoTrans)
		delta = below
	}

	simd.AddProduct(grad.candidateWeight(), delta, n.input, blas.Trans)
	sum := n.shared
	clear(sum)
	addRows(sum, delta)
	blas32.Axpy(1, vector(sum), vector(grad.bias[0]))
	blas32.Ger(1, vector(sum), vector(n.user), grad.userWeight())
	n.backGenres(p, grad, l, d, delta, sum)
}

// backGenres adds the gradient of the genre embeddings.
func (n *network) backGenres(p, grad *params, l *list, d []float32, delta blas32.General, sum []float32) {
	at, cols := p.candidateNums, feature.ItemGenres*p.genreWidth
	if p.genreWidth == 0 {
		return
	}
	w := p.candidateWeight()
	w.Data, w.Cols = w.Data[at:], cols
	n.back = reshape(n.back, len(d), cols)
	clear(n.back.Data)
	simd.AddProduct(n.back, delta, w, blas.NoTrans)
	blas32.Ger(1, vector(d), vector(p.skip[at:at+cols]), n.back)
	for i := range l.items {
		grad.addGenres(l.items[i].Genres[:], row(n.back, i))
	}
	blas32.Gemv(blas.Trans, 1, p.userWeight(), vector(sum), 0, vector(n.backU))
	grad.addGenres(l.user.Genres[:], n.backU[p.userNums:])
}

// addRows adds the rows of m to dst.
func addRows(dst []float32, m blas32.General) {
	for i := range m.Rows {
		for j, v := range row(m, i) {
			dst[j] += v
		}
	}
}

// crossEntropy stores weight·∂loss/∂score in d and returns the loss
// -ln softmax(score)[target] in nats: the listwise loss of ListNet with one
// relevant candidate (Cao et al., ICML 2007).
func crossEntropy(d, score []float32, target int, weight float32) float64 {
	top := score[0]
	for _, s := range score {
		top = max(top, s)
	}
	var sum float64
	for i, s := range score {
		e := math.Exp2(float64(s-top) * math.Log2E)
		d[i] = float32(e)
		sum += e
	}
	for i := range d {
		d[i] *= weight / float32(sum)
	}
	d[target] -= weight
	return math.Log1p(sum-1) - float64(score[target]-top)
}
