package nn

import "math"

// span is a part of a node's value for one example: the elements from ≤ i < to.
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
	changed := make([]span, len(r.Graph.Nodes))
	for i := range r.Graph.Nodes {
		changed[i] = r.update(int32(i), &r.Graph.Nodes[i], changed)
	}
	return r.values[r.Graph.Output]
}

// update computes of node i what depends on changed elements of the nodes before it, and
// returns where its own may have changed.
func (r *Runner) update(i int32, n *Node, changed []span) span {
	dst, s := r.values[i], r.Shapes[i]
	switch n.Op {
	case OpInput:
		return renew(dst, r.batch.Numeric)
	case OpPresent:
		r.scratch = Resize(r.scratch, len(dst))
		present(r.scratch, r.batch.IDs[n.N])
		return renew(dst, r.scratch)
	case OpEmbed:
		r.embed(dst, n)
		return span{0, len(dst)}
	}
	first, last := s.Steps, 0 // of the steps of an input, what changed
	for _, at := range n.In {
		if c := changed[at]; c.from < c.to {
			cols := r.Shapes[at].Cols
			first, last = min(first, c.from/cols), max(last, (c.to+cols-1)/cols)
		}
	}
	if last == 0 {
		return span{}
	}
	whole := span{0, len(dst)}
	switch n.Op {
	case OpReshape:
		c := changed[n.In[0]]
		copy(dst[c.from:c.to], r.values[n.In[0]][c.from:])
		return c
	case OpSteps:
		first, last = max(first-int(n.N), 0), min(last, int(n.M))-int(n.N)
		if first >= last {
			return span{}
		}
		c := span{first * s.Cols, last * s.Cols}
		copy(dst[c.from:c.to], r.values[n.In[0]][int(n.N)*s.Cols+c.from:])
		return c
	case OpAttention: // no step looks at a newer one
		last = min(last, s.Steps)
		r.attention(i, dst, n, s, last)
		return span{0, last * s.Cols}
	case OpLinear, OpAdd, OpSub, OpMul, OpReLU, OpPReLU, OpSigmoid, OpTanh, OpScale, OpLayerNorm:
		r.stepwise(i, n, first, last)
		return span{first * s.Cols, last * s.Cols}
	case OpDropout:
		if r.Rand == nil {
			copy(dst[first*s.Cols:last*s.Cols], r.values[n.In[0]][first*s.Cols:])
			return span{first * s.Cols, last * s.Cols}
		}
	}
	r.run(i, n)
	return whole
}

// stepwise computes the steps first ≤ s < last of node i, each from the same step of its
// inputs.
func (r *Runner) stepwise(i int32, n *Node, first, last int) {
	cols, in := r.Shapes[i].Cols, r.Shapes[n.In[0]].Cols
	dst, x := r.values[i][first*cols:last*cols], r.values[n.In[0]][first*in:last*in]
	switch n.Op {
	case OpLinear:
		r.linear(dst, x, n, in, cols)
	case OpAdd, OpSub, OpMul:
		elementwise(n.Op, dst, x, r.values[n.In[1]][first*cols:last*cols])
	case OpLayerNorm:
		r.layerNorm(i, dst, x, n, cols)
	default:
		r.activate(dst, x, n, cols)
	}
}

// renew copies src to dst and returns the part in which they differed.
func renew(dst, src []float32) span {
	c := span{0, len(dst)}
	same := func(k int) bool { return math.Float32bits(dst[k]) == math.Float32bits(src[k]) }
	for c.from < c.to && same(c.from) {
		c.from++
	}
	for c.from < c.to && same(c.to-1) {
		c.to--
	}
	copy(dst[c.from:c.to], src[c.from:c.to])
	return c
}
