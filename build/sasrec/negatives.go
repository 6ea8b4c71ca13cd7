package sasrec

import (
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"

	"sparrow/build/autodiff"
	"sparrow/build/simd"
	"sparrow/build/stats"
	"sparrow/wasm/nn"
)

// evened is the power of an item's count by which it is drawn (Mikolov et al., NeurIPS
// 2013): the popular are met often enough without it.
const evened = 0.75

// lane is what numbers of drawn items are multiples of: what is left over costs as much
// as ten times as many.
const lane = 32

// drawn returns how many items are drawn for each window, so that those of the windows
// that are looked at together, which share them, are about as many as opt asks for.
func (t *task) drawn() int {
	if t.opt.Negatives == 0 {
		return 0
	}
	windows := max(1, min(t.options().Batch, t.most)/autodiff.Shards)
	return (t.opt.Negatives + windows*lane - 1) / (windows * lane) * lane
}

func newDraw(count []float64) *stats.Alias {
	weights := make([]float64, len(count))
	for i, c := range count {
		weights[i] = math.Pow(c, evened)
	}
	return stats.NewAlias(weights)
}

// sampled is [task.softmax] over the target and K drawn items in place of all:
//
//	L = -s₊ + ln(e^s₊ + Σ_k e^s_k/(K·q_k)),  q the probability of a draw
//
// The sum's expectation is that of e^s over all items, so that the gradient comes near
// to that of the full softmax as K grows (Bengio and Senécal, "Adaptive importance
// sampling", IEEE Transactions on Neural Networks 2008). The target, which is there in any case, is not corrected:
// with the log of its own expected count taken from it the sum would not be that
// (Khrylchenko et al., "Correcting the LogQ correction", RecSys 2025). A draw that is
// the target, or that the user had before it, is left out.
func (t *task) sampled(tape *autodiff.Tape, examples []int32, h *scratch) (loss float64) {
	D, ids := t.opt.Width, tape.Batch().IDs[1]
	K := len(ids)
	table, bias := &tape.Graph.Params[tableParam], tape.Graph.Params[biasParam].Data
	h.rows, h.rowsT, h.shifted = nn.Resize(h.rows, K*D), nn.Resize(h.rowsT, K*D), nn.Resize(h.shifted, K)
	for i, id := range ids {
		copy(h.rows[i*D:][:D], table.Row(int(id)))
		h.shifted[i] = bias[id] - t.draw.LogExpected(id, K)
	}
	simd.Transpose(h.rowsT, h.rows, D, K)
	h.dRows, h.dBias = nn.Resize(h.dRows, K*D), nn.Resize(h.dBias, K)
	clear(h.dRows)
	clear(h.dBias)
	for at := 0; at < len(h.targets); at += chunk {
		loss += t.among(tape, examples, h.targets[at:min(at+chunk, len(h.targets))], h)
	}
	tape.Grad.AddRows(tableParam, ids, h.dRows)
	tape.Grad.AddRows(biasParam, ids, h.dBias)
	return loss
}

// among is sampled for a chunk of the targets. The gradient is that of softmax.go.
func (t *task) among(tape *autodiff.Tape, examples []int32, targets []target, h *scratch) (loss float64) {
	D, K, C, ids := t.opt.Width, len(h.shifted), len(targets), tape.Batch().IDs[1]
	table, bias := &tape.Graph.Params[tableParam], tape.Graph.Params[biasParam].Data
	out, dOut := tape.Value(tape.Graph.Output), tape.Delta(tape.Graph.Output)
	h.users, h.dUsers, h.logits = nn.Resize(h.users, C*D), nn.Resize(h.dUsers, C*D), nn.Resize(h.logits, C*K)
	for c, g := range targets {
		copy(h.users[c*D:][:D], out[int(g.row)*D:])
		copy(h.logits[c*K:][:K], h.shifted)
	}
	simd.Product(h.logits, h.users, h.rowsT, C, D, K)
	window := int32(-1)
	for c := range targets {
		g := &targets[c]
		if w := g.row / int32(t.opt.Length); w != window {
			window = w
			h.find(t.item, t.window[examples[w]], ids, len(t.row))
		}
		x, u, item := h.logits[c*K:][:K], h.users[c*D:][:D], t.item[g.event]
		row, score := table.Row(int(item)), bias[item]
		for i, v := range row {
			score += float32(v * u[i])
		}
		top := score
		for i, v := range x {
			if h.met[i] <= g.event {
				x[i] = -math.MaxFloat32
			} else if v > top { // cheaper than max, which minds NaN
				top = v
			}
		}
		own := []float32{score}
		z := simd.ExpSum(own, top) + simd.ExpSum(x, top)
		loss += float64(g.weight) * (float64(top-score) + math.Log(float64(z)))
		share := g.weight / z
		blas32.Axpy(share, blas32.Vector{N: K, Inc: 1, Data: x}, blas32.Vector{N: K, Inc: 1, Data: h.dBias})
		d := share*own[0] - g.weight
		axpy(dOut[int(g.row)*D:][:D], d, row)
		h.own = nn.Resize(h.own, D)
		for i, v := range u {
			h.own[i] = float32(d * v)
			u[i] *= share
		}
		tape.Grad.AddRows(tableParam, []int32{item}, h.own)
		tape.Grad.AddRows(biasParam, []int32{item}, []float32{d})
		h.share = append(h.share[:c], share)
	}
	clear(h.dUsers)
	simd.Product(h.dUsers, h.logits, h.rows, C, K, D)
	for c, g := range targets {
		axpy(dOut[int(g.row)*D:][:D], h.share[c], h.dUsers[c*D:])
	}
	simd.AddProduct(simd.Matrix(h.dRows, K, D), simd.Matrix(h.logits, C, K), simd.Matrix(h.users, C, D), blas.Trans)
	return loss
}

// find stores in h.met at which event of the window's user each of the items is met, or a
// number above all events.
func (h *scratch) find(item []int32, w window, ids []int32, items int) {
	if h.at == nil {
		h.at = make([]int32, items)
		for i := range h.at {
			h.at[i] = -1
		}
	}
	for e := w.end - 1; e >= w.first; e-- {
		h.at[item[e]] = e
	}
	h.met = h.met[:0]
	for _, id := range ids {
		at := h.at[id] // of this user, of another, or none
		if at < w.first || at >= w.end {
			at = math.MaxInt32
		}
		h.met = append(h.met, at)
	}
}
