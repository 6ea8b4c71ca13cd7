package autodiff

import (
	"sparrow/build/simd"
	"sparrow/wasm/nn"
)

// backGRU goes through the steps newest first, the other way round from
// [nn.OpGRU], whose letters it uses. With dh the gradient by the state behind a
// step and a the attention (1 without):
//
//	du = dh ∘ (c - h₋)·a,  da = dh·(u ∘ (c - h₋)),  dc = dh ∘ a·u ∘ (1 - c²)
//	dr = dc ∘ (h₋·U_c) ∘ r(1 - r),  du ∘= u(1 - u)
//	dh₋ = dh ∘ (1 - a·u) + [du, dr, dc ∘ r]·Uᵀ
func (t *Tape) backGRU(i int32, n *nn.Node, d []float32) {
	g := t.Graph
	in, H := t.Shapes[n.In[0]], t.Shapes[i].Cols
	w, u := &g.Params[n.Param[0]], &g.Params[n.Param[1]]
	dW, dU, dB := t.Grad.Of(n.Param[0]), t.Grad.Of(n.Param[1]), t.Grad.Of(n.Param[2])
	mask, states, kept := t.Value(n.In[1]), t.Value(i), t.Extra(i)
	var attention, dAttention []float32
	if n.Op == nn.OpAUGRU {
		attention, dAttention = t.Value(n.In[2]), t.Delta(n.In[2])
	}
	B, S := t.Batch().Rows, in.Steps

	// gates: gradient before the activations, by the input's part [B·S×3H] and,
	// of one step, by the state's part [B×3H].
	byInput := make([]float32, B*S*3*H)
	t.scratch = nn.Resize(t.scratch, B*3*H+3*H*H+2*B*H)
	rest := t.scratch
	byState, ut := rest[:B*3*H], rest[B*3*H:][:3*H*H]
	dh, before := rest[B*3*H+3*H*H:][:B*H], rest[B*3*H+3*H*H+B*H:][:B*H]
	simd.Transpose(ut, u.Data, 3*H, H)
	clear(dh)
	for s := range S {
		clear(byState)
		clear(before)
		for b := range B {
			at := b*S + s
			row := dh[b*H:][:H]
			simd.Add(row, d[at*H:][:H])
			if mask[at] == 0 {
				continue
			}
			if s+1 < S {
				copy(before[b*H:][:H], states[(at+1)*H:][:H])
			}
			a := float32(1)
			if attention != nil {
				a = attention[at]
			}
			da := backGates(row, before[b*H:][:H], kept[at*4*H:][:4*H], byInput[at*3*H:][:3*H], byState[b*3*H:][:3*H], a)
			if attention != nil {
				dAttention[at] += da
			}
		}
		simd.ProductT(dU, before, byState, H, B, 3*H)
		simd.Product(dh, byState, ut, B, 3*H, H)
	}
	simd.ProductT(dW, t.Value(n.In[0]), byInput, in.Cols, B*S, 3*H)
	for k := 0; k < len(byInput); k += 3 * H {
		simd.Add(dB, byInput[k:][:3*H])
	}
	if !t.leaf(n.In[0]) {
		t.transposed = nn.Resize(t.transposed, len(w.Data))
		simd.Transpose(t.transposed, w.Data, w.Cols, w.Rows)
		simd.Product(t.Delta(n.In[0]), byInput, t.transposed, B*S, 3*H, in.Cols)
	}
}

// backGates goes back one step of one example: dh becomes the direct part of the
// gradient by the state before, and the gates' gradients are stored.
func backGates(dh, before, kept, byInput, byState []float32, a float32) (da float32) {
	H := len(dh)
	for k, g := range dh {
		u, r, c, uc := kept[k], kept[H+k], kept[2*H+k], kept[3*H+k]
		change := float32(g * (c - before[k]))
		da += float32(change * u)
		du := float32(change * a * u * (1 - u))
		dc := float32(g * a * u * (1 - float32(c*c)))
		dr := float32(dc * uc * r * (1 - r))
		byInput[k], byInput[H+k], byInput[2*H+k] = du, dr, dc
		byState[k], byState[H+k], byState[2*H+k] = du, dr, float32(dc*r)
		dh[k] = float32(g * (1 - float32(a*u)))
	}
	return da
}
