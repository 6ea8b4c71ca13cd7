package autodiff

import (
	"math"

	"sparrow/build/simd"
	"sparrow/wasm/nn"
)

// backLinear: y = x·W + b gives dW += xᵀ·dy, db += Σ dy, dx += dy·Wᵀ.
func (t *Tape) backLinear(n *nn.Node, d []float32) {
	w := &t.Graph.Params[n.Param[0]]
	in, out := w.Rows, w.Cols
	x := t.Value(n.In[0])
	rows := len(x) / in
	simd.ProductT(t.Grad.Of(n.Param[0]), x, d, in, rows, out)
	db := t.Grad.Of(n.Param[1])
	for k := range rows {
		simd.Add(db, d[k*out:][:out])
	}
	if !t.leaf(n.In[0]) {
		t.transposed = nn.Resize(t.transposed, in*out)
		simd.Transpose(t.transposed, w.Data, out, in)
		simd.Product(t.Delta(n.In[0]), d, t.transposed, rows, out, in)
	}
}

// leaf reports whether nothing behind a node can learn.
func (t *Tape) leaf(node int32) bool {
	op := t.Graph.Nodes[node].Op
	return op == nn.OpInput || op == nn.OpPresent
}

func (t *Tape) backActivation(i int32, n *nn.Node, d []float32, cols int) {
	x, y, dx := t.Value(n.In[0]), t.Value(i), t.Delta(n.In[0])
	switch n.Op {
	case nn.OpReLU:
		y, dx = y[:len(d)], dx[:len(d)]
		for k, v := range d { // v where y is above 0, without a branch
			bits := math.Float32bits(y[k])
			above := uint32(int32(bits|-bits) >> 31)
			dx[k] += math.Float32frombits(math.Float32bits(v) & above)
		}
	case nn.OpPReLU:
		a, da := t.Graph.Params[n.Param[0]].Data, t.Grad.Of(n.Param[0])
		for k, v := range d {
			if x[k] < 0 {
				da[k%cols] += float32(v * x[k])
				v *= a[k%cols]
			}
			dx[k] += v
		}
	case nn.OpSigmoid:
		for k, v := range d {
			dx[k] += float32(v * y[k] * (1 - y[k]))
		}
	case nn.OpTanh:
		for k, v := range d {
			dx[k] += float32(v * (1 - float32(y[k]*y[k])))
		}
	default:
		for k, v := range d {
			dx[k] += float32(n.Factor * v)
		}
	}
}

func (t *Tape) backElementwise(n *nn.Node, d []float32) {
	dx := t.Delta(n.In[0])
	switch n.Op {
	case nn.OpAdd:
		simd.Add(dx, d)
		simd.Add(t.Delta(n.In[1]), d)
	case nn.OpSub:
		simd.Add(dx, d)
		dy := t.Delta(n.In[1])
		for k, v := range d {
			dy[k] -= v
		}
	default:
		x, y := t.Value(n.In[0]), t.Value(n.In[1])
		for k, v := range d {
			dx[k] += float32(v * y[k])
		}
		dy := t.Delta(n.In[1])
		for k, v := range d {
			dy[k] += float32(v * x[k])
		}
	}
}

func (t *Tape) backByRow(i int32, n *nn.Node, d []float32) {
	cols := t.Shapes[n.In[0]].Cols
	x, dx := t.Value(n.In[0]), t.Delta(n.In[0])
	var y, dy []float32
	if n.Op == nn.OpDot {
		y, dy = t.Value(n.In[1]), t.Delta(n.In[1])
	}
	for k := range len(x) / cols {
		row, out := x[k*cols:][:cols], dx[k*cols:][:cols]
		switch n.Op {
		case nn.OpSumCols:
			for c := range out {
				out[c] += d[k]
			}
		case nn.OpDot:
			axpy(out, d[k], y[k*cols:])
			axpy(dy[k*cols:][:cols], d[k], row)
		default: // y = x/|x|: dx = (dy - y·(y·dy))/|x|
			unit, g := t.Value(i)[k*cols:][:cols], d[k*cols:][:cols]
			var along, length float32
			for c, v := range unit {
				along += float32(v * g[c])
				length += float32(v * row[c])
			}
			if length == 0 {
				continue
			}
			for c, v := range unit {
				out[c] += (g[c] - float32(along*v)) / length
			}
		}
	}
}

// axpy adds a·x to dst.
func axpy(dst []float32, a float32, x []float32) {
	x = x[:len(dst)]
	for c, v := range x {
		dst[c] += float32(a * v)
	}
}

// backLayerNorm: with h the normalized row and g = gain ∘ dy,
// dx = (g - mean(g) - h·mean(g ∘ h))/deviation.
func (t *Tape) backLayerNorm(i int32, n *nn.Node, d []float32, cols int) {
	gain := t.Graph.Params[n.Param[0]].Data[:cols]
	dGain, dBias := t.Grad.Of(n.Param[0])[:cols], t.Grad.Of(n.Param[1])[:cols]
	normal, inverse := t.Extra(i)[:len(d)], t.Extra(i)[len(d):]
	dx := t.Delta(n.In[0])
	t.scratch = nn.Resize(t.scratch, cols)
	g := t.scratch
	for k := range len(d) / cols {
		dy, h, out := d[k*cols:][:cols], normal[k*cols:][:cols], dx[k*cols:][:cols]
		for c, v := range dy {
			dGain[c] += float32(v * h[c])
			g[c] = v * gain[c]
		}
		simd.Add(dBias, dy)
		mean, along := sums(g, h)
		mean, along = mean/float32(cols), along/float32(cols)
		by := inverse[k]
		for c, v := range g {
			out[c] += float32((v - mean - float32(h[c]*along)) * by)
		}
	}
}

// sums returns Σ g and Σ g·h, in two lanes each, which do not wait for each other.
func sums(g, h []float32) (sum, along float32) {
	var sum2, along2 float32
	for ; len(g) >= 2 && len(h) >= 2; g, h = g[2:], h[2:] {
		sum, sum2 = sum+g[0], sum2+g[1]
		along, along2 = along+float32(g[0]*h[0]), along2+float32(g[1]*h[1])
	}
	for c, v := range g {
		sum, along = sum+v, along+float32(v*h[c])
	}
	return sum + sum2, along + along2
}
