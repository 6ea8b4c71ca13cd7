package nn

import "math"

// attention is causal scaled dot-product attention with several heads (Vaswani
// et al., NeurIPS 2017): step s looks at the steps t ≥ s that exist, which are
// not newer than it, with the weights softmax(q_s·k_t/√(C/heads) + bias[t-s]),
// where the learned bias of the distance (Shaw et al., NAACL 2018, as one number
// a head: Raffel et al., T5, 2020) takes the place of positions. The queries may be
// of the newest steps alone. A step without any to look at gives zeros. Only the newest
// steps of dst are stored, as many as wanted.
func (r *Runner) attention(i int32, dst []float32, n *Node, wanted int) {
	q, k, v, mask := r.values[n.In[0]], r.values[n.In[1]], r.values[n.In[2]], r.values[n.In[3]]
	heads, C := int(n.N), r.Shapes[i].Cols
	width, Q, S := C/heads, r.Shapes[i].Steps, r.Shapes[n.In[1]].Steps
	bias := &r.Graph.Params[n.Param[0]]
	scale := 1 / float32(math.Sqrt(float64(width)))
	B := r.batch.Rows
	all := Resize(r.extra[i], B*heads*Q*S)
	r.extra[i] = all
	r.scratch = Resize(r.scratch, 2*Q*width+2*S*width)
	qh, rest := r.scratch[:Q*width], r.scratch[Q*width:]
	out, rest := rest[:Q*width], rest[Q*width:]
	kt, vh := rest[:S*width], rest[S*width:]
	for b := range B {
		T := Extent(mask[b*S:][:S])
		V := min(wanted, T)
		clear(dst[(b*Q+V)*C : (b*Q+wanted)*C])
		if T == 0 {
			continue
		}
		for h := range heads {
			for t := range V {
				copy(qh[t*width:][:width], q[(b*Q+t)*C+h*width:])
			}
			for t := range T {
				row := k[(b*S+t)*C+h*width:][:width]
				for c, x := range row {
					kt[c*T+t] = scale * x
				}
				copy(vh[t*width:][:width], v[(b*S+t)*C+h*width:])
			}
			p := all[(b*heads+h)*Q*S:][:V*T]
			clear(p)
			r.Kernel.Product(p, qh, kt, V, width, T)
			for t := range V {
				r.lookBack(p[t*T:][:T], bias.Row(h), mask[b*S:][:T], t)
			}
			clear(out)
			r.Kernel.Product(out, p, vh, V, T, width)
			for t := range V {
				copy(dst[(b*Q+t)*C+h*width:][:width], out[t*width:])
			}
		}
	}
}

// Extent returns how many steps attention works on for an example with the given
// mask: those up to the oldest that exists, in whole lanes of the kernel, 32, or all.
func Extent(mask []float32) int {
	n := len(mask)
	for n > 0 && mask[n-1] == 0 {
		n--
	}
	return min(len(mask), (n+31)/32*32)
}

// lookBack turns the products of step s with all steps into weights.
func (r *Runner) lookBack(p, bias, mask []float32, s int) {
	clear(p[:s])
	top := float32(-math.MaxFloat32)
	for t := s; t < len(p); t++ {
		if mask[t] == 0 {
			p[t] = -math.MaxFloat32
			continue
		}
		p[t] += bias[t-s]
		top = max(top, p[t])
	}
	if top == -math.MaxFloat32 {
		clear(p)
		return
	}
	sum := r.Kernel.ExpSum(p[s:], top)
	for t := s; t < len(p); t++ {
		p[t] /= sum
	}
}
