package autodiff

import (
	"math/rand/v2"

	"sparrow/build/simd"
	"sparrow/wasm/nn"
)

// Tape runs a graph forward and the loss's gradient back through it.
type Tape struct {
	*nn.Runner
	Grad  *Gradient
	delta [][]float32 // ∂loss/∂value of each node; empty where no gradient came

	transposed, scratch, more []float32
}

// fast is the kernel of this machine.
var fast = nn.Kernel{Product: simd.Product, ExpSum: simd.ExpSum}

// NewTape returns a tape over g, whose parameters it shares. It panics when g is wrong.
func NewTape(g *nn.Graph) *Tape {
	r, err := nn.NewRunner(g, fast)
	if err != nil {
		panic("autodiff: " + err.Error())
	}
	return &Tape{Runner: r, Grad: newGradient(g), delta: make([][]float32, len(g.Nodes))}
}

// Forward runs the graph, with dropout if rng is not nil, and forgets all gradients by values.
func (t *Tape) Forward(b *nn.Batch, rng *rand.Rand) []float32 {
	t.Rand = rng
	for i := range t.delta {
		t.delta[i] = t.delta[i][:0]
	}
	return t.Runner.Forward(b)
}

// Delta returns ∂loss/∂value of a node, of the same shape as its value, for a
// loss to add to. It is zero after Forward.
func (t *Tape) Delta(node int32) []float32 {
	n := len(t.Value(node))
	if len(t.delta[node]) == n {
		return t.delta[node]
	}
	if cap(t.delta[node]) < n {
		t.delta[node] = make([]float32, n)
	}
	t.delta[node] = t.delta[node][:n]
	clear(t.delta[node])
	return t.delta[node]
}

// Backward adds the gradient by the parameters to t.Grad. Losses must have been
// added to the deltas of nodes of the last Forward.
func (t *Tape) Backward() {
	for i := len(t.Graph.Nodes) - 1; i >= 0; i-- {
		if len(t.delta[i]) > 0 {
			t.back(int32(i), &t.Graph.Nodes[i])
		}
	}
}

// back passes the delta of node i on to its inputs and parameters.
func (t *Tape) back(i int32, n *nn.Node) {
	d, s := t.delta[i], t.Shapes[i]
	switch n.Op {
	case nn.OpInput, nn.OpPresent:
	case nn.OpEmbed:
		t.Grad.AddRows(n.Param[0], t.Batch().IDs[n.N], d)
	case nn.OpReshape:
		simd.Add(t.Delta(n.In[0]), d)
	case nn.OpSteps:
		in := t.Shapes[n.In[0]]
		size, whole := s.Steps*s.Cols, in.Steps*in.Cols
		dx := t.Delta(n.In[0])
		for b := range t.Batch().Rows {
			simd.Add(dx[b*whole+int(n.N)*s.Cols:][:size], d[b*size:][:size])
		}
	case nn.OpRepeat:
		dx := t.Delta(n.In[0])
		for k := range len(d) / s.Cols {
			simd.Add(dx[k/s.Steps*s.Cols:][:s.Cols], d[k*s.Cols:][:s.Cols])
		}
	case nn.OpConcat:
		at := 0
		for _, from := range n.In {
			c, dx := t.Shapes[from].Cols, t.Delta(from)
			for k := range len(dx) / c {
				simd.Add(dx[k*c:][:c], d[k*s.Cols+at:][:c])
			}
			at += c
		}
	case nn.OpLinear:
		t.backLinear(n, d)
	case nn.OpReLU, nn.OpPReLU, nn.OpSigmoid, nn.OpTanh, nn.OpScale:
		t.backActivation(i, n, d, s.Cols)
	case nn.OpAdd, nn.OpSub, nn.OpMul:
		t.backElementwise(n, d)
	case nn.OpDot, nn.OpUnit, nn.OpSumCols:
		t.backByRow(i, n, d)
	case nn.OpSumSteps, nn.OpMeanSteps, nn.OpWeightedSum:
		t.backPool(n, d)
	case nn.OpSoftmaxSteps:
		backSoftmax(t.Delta(n.In[0]), t.Value(i), d, s.Steps)
	case nn.OpBiInteraction, nn.OpInnerProducts, nn.OpOuterProduct:
		t.backProducts(n, d)
	case nn.OpGRU, nn.OpAUGRU:
		t.backGRU(i, n, d)
	case nn.OpLayerNorm:
		t.backLayerNorm(i, n, d, s.Cols)
	case nn.OpAttention:
		t.backAttention(i, n, d, s)
	case nn.OpDropout:
		dx, keep := t.Delta(n.In[0]), t.Extra(i)
		if len(keep) == 0 {
			simd.Add(dx, d)
			break
		}
		for k, v := range d {
			dx[k] += float32(v * keep[k])
		}
	default:
		panic("autodiff: no gradient for " + n.Op.String())
	}
}
