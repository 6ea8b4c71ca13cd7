package autodiff

import (
	"math"

	"sparrow/build/simd"
	"sparrow/wasm/nn"
)

// backPool: y = Σ w_s·x_s gives dx_s += w_s·dy and dw_s += x_s·dy.
func (t *Tape) backPool(n *nn.Node, d []float32) {
	from, weights, dw := n.In[0], []float32(nil), []float32(nil)
	switch n.Op {
	case nn.OpMeanSteps:
		weights = t.Value(n.In[1])
	case nn.OpWeightedSum:
		from, weights, dw = n.In[1], t.Value(n.In[0]), t.Delta(n.In[0])
	}
	x, dx, s := t.Value(from), t.Delta(from), t.Shapes[from]
	for b := range t.Batch().Rows {
		g := d[b*s.Cols:][:s.Cols]
		share := float32(1)
		if n.Op == nn.OpMeanSteps {
			var count float32
			for _, w := range weights[b*s.Steps:][:s.Steps] {
				count += w
			}
			share = 1 / max(count, 1)
		}
		for k := b * s.Steps; k < (b+1)*s.Steps; k++ {
			w := share
			if weights != nil {
				w *= weights[k]
			}
			axpy(dx[k*s.Cols:][:s.Cols], w, g)
			if dw != nil {
				var sum float32
				for c, v := range x[k*s.Cols:][:s.Cols] {
					sum += float32(v * g[c])
				}
				dw[k] += sum
			}
		}
	}
}

// backSoftmax: dx = y ∘ (dy - y·dy), over each example's steps.
func backSoftmax(dx, y, d []float32, steps int) {
	for b := 0; b < len(y); b += steps {
		var along float32
		for k := b; k < b+steps; k++ {
			along += float32(y[k] * d[k])
		}
		for k := b; k < b+steps; k++ {
			dx[k] += float32(y[k] * (d[k] - along))
		}
	}
}

// backProducts passes gradients through the products between fields.
func (t *Tape) backProducts(n *nn.Node, d []float32) {
	x, dx, in := t.Value(n.In[0]), t.Delta(n.In[0]), t.Shapes[n.In[0]]
	size, C := in.Steps*in.Cols, in.Cols
	width := len(d) / t.Batch().Rows
	t.scratch, t.more = nn.Resize(t.scratch, C), nn.Resize(t.more, C)
	sum, dSum := t.scratch, t.more
	for b := range t.Batch().Rows {
		fields, out, g := x[b*size:][:size], dx[b*size:][:size], d[b*width:][:width]
		if n.Op == nn.OpInnerProducts {
			at := 0
			for s := range in.Steps {
				for u := s + 1; u < in.Steps; u++ {
					axpy(out[s*C:][:C], g[at], fields[u*C:])
					axpy(out[u*C:][:C], g[at], fields[s*C:])
					at++
				}
			}
			continue
		}
		clear(sum)
		for f := range in.Steps {
			simd.Add(sum, fields[f*C:][:C])
		}
		if n.Op == nn.OpBiInteraction { // dx_f = dy ∘ (Σ x - x_f)
			for k := range out {
				out[k] += float32(g[k%C] * (sum[k%C] - fields[k]))
			}
			continue
		}
		clear(dSum) // y = p·pᵀ: dp = (dY + dYᵀ)·p
		for c := range C {
			for e := range C {
				dSum[c] += float32((g[c*C+e] + g[e*C+c]) * sum[e])
			}
		}
		for f := range in.Steps {
			simd.Add(out[f*C:][:C], dSum)
		}
	}
}

// backAttention: out = P·V and P = softmax(Q·Kᵀ/√width + bias) give
// dV += Pᵀ·dout, dP = dout·Vᵀ, dS = P ∘ (dP - P·dP), dQ += dS·K/√width,
// dK += dSᵀ·Q/√width, and dbias of a distance the sum of dS there.
func (t *Tape) backAttention(i int32, n *nn.Node, d []float32, s nn.Shape) {
	heads, C := int(n.N), s.Cols
	width, Q, S := C/heads, s.Steps, t.Shapes[n.In[1]].Steps
	scale := 1 / float32(math.Sqrt(float64(width)))
	q, k, v := t.Value(n.In[0]), t.Value(n.In[1]), t.Value(n.In[2])
	dq, dk, dv := t.Delta(n.In[0]), t.Delta(n.In[1]), t.Delta(n.In[2])
	dBias := t.Grad.Of(n.Param[0])
	t.scratch = nn.Resize(t.scratch, 3*Q*width+5*S*width+Q*S)
	rest := t.scratch
	cut := func(n int) []float32 {
		head := rest[:n:n]
		rest = rest[n:]
		return head
	}
	qh, dqh, g := cut(Q*width), cut(Q*width), cut(Q*width)
	kh, dkh, vt, dvh, dp := cut(S*width), cut(S*width), cut(S*width), cut(S*width), cut(Q*S)
	mask := t.Value(n.In[3])
	for b := range t.Batch().Rows {
		T := nn.Extent(mask[b*S:][:S])
		V := min(Q, T)
		if T == 0 {
			continue
		}
		for h := range heads {
			p := t.Extra(i)[(b*heads+h)*Q*S:][:V*T]
			for u := range V {
				copy(qh[u*width:][:width], q[(b*Q+u)*C+h*width:])
				copy(g[u*width:][:width], d[(b*Q+u)*C+h*width:])
			}
			for u := range T {
				copy(kh[u*width:][:width], k[(b*S+u)*C+h*width:])
				for c, x := range v[(b*S+u)*C+h*width:][:width] {
					vt[c*T+u] = x
				}
			}
			clear(dvh)
			simd.ProductT(dvh, p, g, T, V, width)
			clear(dp)
			simd.Product(dp, g, vt, V, width, T)
			for u := range V {
				backLookBack(dp[u*T:][:T], p[u*T:][:T], dBias[h*S:][:S], u, scale)
			}
			clear(dqh)
			simd.Product(dqh, dp, kh, V, T, width)
			clear(dkh)
			simd.ProductT(dkh, dp, qh, T, V, width)
			for u := range V {
				simd.Add(dq[(b*Q+u)*C+h*width:][:width], dqh[u*width:][:width])
			}
			for u := range T {
				simd.Add(dk[(b*S+u)*C+h*width:][:width], dkh[u*width:][:width])
				simd.Add(dv[(b*S+u)*C+h*width:][:width], dvh[u*width:][:width])
			}
		}
	}
}

// backLookBack turns the gradient by the weights w of step s into the gradient by
// the products, times scale, and adds that by the biases of the distances.
func backLookBack(d, w, dBias []float32, s int, scale float32) {
	clear(d[:s])
	d, w = d[s:], w[s:]
	w, dBias = w[:len(d)], dBias[:len(d)]
	var along, along2 float32 // two sums that do not wait for each other
	for c := 1; c < len(d); c += 2 {
		along += float32(w[c-1] * d[c-1])
		along2 += float32(w[c] * d[c])
	}
	if c := len(d) - 1; c%2 == 0 {
		along += float32(w[c] * d[c])
	}
	along += along2
	for c, v := range d {
		v = float32(w[c] * (v - along))
		dBias[c] += v
		d[c] = v * scale
	}
}
