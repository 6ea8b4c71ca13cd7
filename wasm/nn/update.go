package nn

import "math"

// span is a part of a node's value: the elements from ≤ i < to.
type span struct{ from, to int }

// Update is Forward for one example that is much like the last one, in less time: what
// the steps had that look at nothing new stays. Causal attention makes it pay. When
// an event is left out of a history, the steps of older events, whose places and
// inputs stay, are as they were. The values are the same bits that Forward gives; of what
// [Runner.Extra] returns nothing is promised.
func (r *Runner) Update(b *Batch) []float32 {
	if r.batch == nil || r.batch.Rows != 1 || b.Rows != 1 {
		return r.Forward(b)
	}
	r.take(b)
	changed := make([]span, len(r.values))
	for i := range changed {
		changed[i] = r.update(int32(i), &r.Graph.Nodes[i], changed)
	}
	return r.values[r.Graph.Output]
}

// update computes of node i what depends on changed elements of the nodes before it, and
// returns where its own may have changed.
func (r *Runner) update(i int32, n *Node, changed []span) span {
	first, last := math.MaxInt, 0 // steps of the inputs
	for _, at := range n.In {
		if c := changed[at]; c.from < c.to {
			cols := r.Shapes[at].Cols
			first, last = min(first, c.from/cols), max(last, (c.to+cols-1)/cols)
		}
	}
	if len(n.In) > 0 && last == 0 {
		return span{}
	}
	dst, cols := r.values[i], r.Shapes[i].Cols
	switch n.Op {
	case OpAttention: // no step looks at a newer one
		last = min(last, r.Shapes[i].Steps)
		r.attention(i, dst, n, last)
		return span{0, last * cols}
	case OpLinear, OpAdd, OpSub, OpMul, OpReLU, OpLayerNorm: // each step looks at itself alone
		r.first, r.last = first, last
		r.run(i, n)
		r.last = 0
		return span{first * cols, last * cols}
	}
	r.before = append(r.before[:0], dst...)
	r.run(i, n)
	c := span{len(dst), 0}
	for k, v := range r.before {
		if math.Float32bits(v) != math.Float32bits(dst[k]) {
			c = span{min(c.from, k), k + 1}
		}
	}
	return c
}
