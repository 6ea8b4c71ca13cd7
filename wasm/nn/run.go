package nn

import "math/rand/v2"

// Kernel is the inner loops that a runner spends its time in. The builder has
// faster ones than Go's compiler makes; they compute the same bits unless the
// build was made with GOEXPERIMENT=simd, whose sums are fused.
type Kernel struct {
	// Product adds a·b to dst, where a is [M×K], b is [K×N] and dst is [M×N].
	Product func(dst, a, b []float32, m, k, n int)
	ExpSum  func(x []float32, top float32) float32
}

// Portable is the kernel that runs everywhere.
var Portable = Kernel{Product, ExpSum}

// Runner runs a graph forward and keeps every node's value. It is not for
// concurrent use; the graph may be shared.
type Runner struct {
	Graph  *Graph
	Kernel Kernel
	// Rand is where dropout draws from; nil when the graph is asked, not trained.
	Rand *rand.Rand

	Shapes []Shape
	batch  *Batch
	values [][]float32
	extra  [][]float32 // what the backward pass of a node needs besides values

	scratch, states, gates []float32
	first, last            int       // the steps that run computes, first ≤ s < last, of an operation by steps; last is 0 for all
	before                 []float32 // a value that [Runner.Update] computes again
}

// NewRunner returns a runner for g, or what is wrong with g.
func NewRunner(g *Graph, k Kernel) (*Runner, error) {
	shapes, err := g.Shapes()
	if err != nil {
		return nil, err
	}
	n := len(g.Nodes)
	return &Runner{Graph: g, Kernel: k, Shapes: shapes, values: make([][]float32, n), extra: make([][]float32, n)}, nil
}

// Batch returns the batch of the last call of Forward.
func (r *Runner) Batch() *Batch { return r.batch }

// Value returns the value of a node, [B·Steps×Cols], valid until the next call of Forward.
func (r *Runner) Value(node int32) []float32 { return r.values[node] }

// Extra returns what the operation of a node keeps for its gradient: what
// dropout multiplied by, the normalized rows of a layer norm and then 1/deviation of each
// row, the weights of attention, for each example and head from [Q·S] values on a
// matrix [min(Q, T)×T] for Q queries and the T steps of [Extent], the gates of a GRU
// [B·S×4H]: update, reset, candidate, and the candidate's U·h.
func (r *Runner) Extra(node int32) []float32 { return r.extra[node] }

// Forward runs the graph on b, which it keeps until the next call, and returns
// the value of the output. It panics if the batch does not have the shapes that
// the graph names, or an id out of range.
func (r *Runner) Forward(b *Batch) []float32 {
	g := r.Graph
	r.take(b)
	for i := range g.Nodes {
		r.values[i] = Resize(r.values[i], b.Rows*r.Shapes[i].size())
		r.run(int32(i), &g.Nodes[i])
	}
	return r.values[g.Output]
}

// take makes b the batch. It panics where b does not fit the graph.
func (r *Runner) take(b *Batch) {
	g := r.Graph
	if len(b.Numeric) != b.Rows*g.Numeric || len(b.IDs) != len(g.Fields) {
		panic("nn: a batch of another shape")
	}
	for i := range g.Fields {
		if len(b.IDs[i]) != b.Rows*g.Fields[i].Slots {
			panic("nn: a field of another shape")
		}
	}
	r.batch = b
}

// Resize returns v with length n, with new memory when the old does not suffice.
func Resize(v []float32, n int) []float32 {
	if cap(v) < n {
		return make([]float32, n)
	}
	return v[:n]
}

// run computes the value of node i.
func (r *Runner) run(i int32, n *Node) {
	dst, s := r.values[i], r.Shapes[i]
	var x, y []float32
	var in Shape
	if len(n.In) > 0 {
		x, in = r.values[n.In[0]], r.Shapes[n.In[0]]
	}
	if len(n.In) > 1 {
		y = r.values[n.In[1]]
	}
	if r.last > 0 {
		dst, x = dst[r.first*s.Cols:r.last*s.Cols], x[r.first*in.Cols:r.last*in.Cols]
		if y != nil {
			y = y[r.first*s.Cols : r.last*s.Cols]
		}
	}
	switch n.Op {
	case OpInput:
		copy(dst, r.batch.Numeric)
	case OpEmbed:
		r.embed(dst, n)
	case OpPresent:
		for k, id := range r.batch.IDs[n.N] {
			dst[k] = 0
			if id >= 0 {
				dst[k] = 1
			}
		}
	case OpReshape:
		copy(dst, x)
	case OpSteps:
		for b := range r.batch.Rows {
			copy(dst[b*s.size():][:s.size()], x[b*in.size()+int(n.N)*s.Cols:])
		}
	case OpRepeat:
		for k := range r.batch.Rows * s.Steps {
			copy(dst[k*s.Cols:][:s.Cols], x[k/s.Steps*s.Cols:])
		}
	case OpConcat:
		r.concat(dst, n, s)
	case OpLinear:
		r.linear(dst, x, n, in.Cols, s.Cols)
	case OpAdd, OpSub, OpMul:
		elementwise(n.Op, dst, x, y)
	case OpDot, OpUnit, OpSumCols:
		byRow(n.Op, dst, x, y, in.Cols)
	case OpReLU, OpPReLU, OpSigmoid, OpTanh, OpScale:
		r.activate(dst, x, n, s.Cols)
	case OpSumSteps, OpMeanSteps, OpWeightedSum:
		r.pool(dst, n)
	case OpSoftmaxSteps:
		r.softmax(dst, x, y, in.Steps)
	case OpBiInteraction, OpInnerProducts, OpOuterProduct:
		r.products(dst, x, n.Op, in)
	case OpGRU, OpAUGRU:
		r.gru(i, n)
	case OpLayerNorm:
		r.layerNorm(i, dst, x, n, s.Cols)
	case OpAttention:
		r.attention(i, dst, n, s.Steps)
	case OpDropout:
		r.dropout(i, dst, x, n.Factor)
	}
}

// embed stores the rows of the table; Check knows that it has the vocabulary's.
func (r *Runner) embed(dst []float32, n *Node) {
	p := &r.Graph.Params[n.Param[0]]
	for k, id := range r.batch.IDs[n.N] {
		row := dst[k*p.Cols:][:p.Cols]
		if id < 0 {
			clear(row)
		} else {
			copy(row, p.Row(int(id)))
		}
	}
}

func (r *Runner) concat(dst []float32, n *Node, s Shape) {
	rows := r.batch.Rows * s.Steps
	at := 0
	for _, from := range n.In {
		c, x := r.Shapes[from].Cols, r.values[from]
		for k := range rows {
			copy(dst[k*s.Cols+at:][:c], x[k*c:])
		}
		at += c
	}
}

func (r *Runner) linear(dst, x []float32, n *Node, in, out int) {
	w, b := &r.Graph.Params[n.Param[0]], &r.Graph.Params[n.Param[1]]
	rows := len(x) / in
	for k := range rows {
		copy(dst[k*out:][:out], b.Data)
	}
	r.Kernel.Product(dst, x, w.Data, rows, in, out)
}
