package nn

// gru runs a gated recurrent unit over the steps, oldest first (the last step
// to step 0, the newest), from a state of zeros:
//
//	u = σ(x·W_u + h·U_u + b_u)               update
//	r = σ(x·W_r + h·U_r + b_r)               reset
//	c = tanh(x·W_c + r ∘ (h·U_c) + b_c)      candidate
//	h = (1-u) ∘ h + u ∘ c
//
// with the columns of W, U and b in the order u, r, c. A step that does not exist
// leaves the state as it is. With attention a, the update is a·u: the AUGRU of
// DIEN (Zhou et al., AAAI 2019, equations 2 to 5 and 16), whose c this is; that
// of Cho et al. (EMNLP 2014) has (r ∘ h)·U_c instead.
func (r *Runner) gru(i int32, n *Node) {
	x, in, H := r.values[n.In[0]], r.Shapes[n.In[0]], r.Shapes[i].Cols
	mask := r.values[n.In[1]]
	var attention []float32
	if n.Op == OpAUGRU {
		attention = r.values[n.In[2]]
	}
	g := r.Graph
	w, u, bias := &g.Params[n.Param[0]], &g.Params[n.Param[1]], g.Params[n.Param[2]].Data
	B, S := r.batch.Rows, in.Steps
	dst := r.values[i]

	r.gates = Resize(r.gates, B*S*3*H)
	for k := 0; k < len(r.gates); k += 3 * H {
		copy(r.gates[k:], bias)
	}
	r.Kernel.Product(r.gates, x, w.Data, B*S, in.Cols, 3*H)
	kept := Resize(r.extra[i], B*S*4*H)
	r.extra[i] = kept
	r.states = Resize(r.states, B*H)
	clear(r.states)
	r.scratch = Resize(r.scratch, B*3*H)
	for s := S - 1; s >= 0; s-- {
		clear(r.scratch)
		r.Kernel.Product(r.scratch, r.states, u.Data, B, H, 3*H)
		for b := range B {
			at := b*S + s
			h, out := r.states[b*H:][:H], dst[at*H:][:H]
			if mask[at] != 0 {
				a := float32(1)
				if attention != nil {
					a = attention[at]
				}
				gates(h, r.gates[at*3*H:][:3*H], r.scratch[b*3*H:][:3*H], kept[at*4*H:][:4*H], a)
			}
			copy(out, h)
		}
	}
}

// gates moves state h, [H], one step; x and uh are the parts of the gates that
// come from the input and from the state, [3H], kept is [4H].
func gates(h, x, uh, kept []float32, attention float32) {
	H := len(h)
	for k, v := range h {
		u := sigmoid(x[k] + uh[k])
		r := sigmoid(x[H+k] + uh[H+k])
		c := tanh(x[2*H+k] + float32(r*uh[2*H+k]))
		kept[k], kept[H+k], kept[2*H+k], kept[3*H+k] = u, r, c, uh[2*H+k]
		u *= attention
		h[k] = float32((1-u)*v) + float32(u*c)
	}
}
