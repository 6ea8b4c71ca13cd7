package sasrec

import (
	"math"

	"sparrow/build/autodiff"
	"sparrow/build/simd"
	"sparrow/build/stats"
	"sparrow/wasm/nn"
)

// calibrated returns the generalized binary cross-entropy with k negatives,
//
//	L = -(β·ln σ(s₊) + Σ ln(1 - σ(s₋)))/(k + 1),  β = 1 - t·(1 - α),  α = k/(M - 1)
//
// and adds its gradient. Plain cross-entropy (β = 1) over few negatives learns
// σ(s) far above the probability of an item and cannot tell the best ones apart;
// with t = 1 it is calibrated, and t in between trades that for faster training.
// Source: Petrov and Macdonald, "gSASRec: Reducing Overconfidence in Sequential
// Recommendation Trained with Negative Sampling", RecSys 2023, with
// β = α·(t·(1 - 1/α) + 1/α) multiplied out. There each target has
// negatives of its own; here the targets of a window share theirs, which makes
// the scores a product of matrices, and a negative that is the target, or that the
// user had before it, is left out.
func (t *task) calibrated(tape *autodiff.Tape, examples []int32, h *scratch) (loss float64) {
	D, K, out := t.opt.Width, t.opt.Negatives, tape.Graph.Output
	table, bias := &tape.Graph.Params[tableParam], tape.Graph.Params[biasParam].Data
	values, deltas := tape.Value(out), tape.Delta(out)
	beta := calibration(t.opt.Calibration, K, len(t.row))
	for k, x := range examples {
		h.targets = t.collect(h.targets[:0], k, t.window[x])
		n, first := len(h.targets), k*t.opt.Length*D
		negatives := tape.Batch().IDs[1][k*K:][:K]
		h.find(t.item, t.window[x], negatives, len(t.row))
		users, dUsers := values[first:][:n*D], deltas[first:][:n*D]

		// The rows of the negatives, then those of the targets.
		h.ids = append(h.ids[:0], negatives...)
		for _, g := range h.targets {
			h.ids = append(h.ids, t.item[g.event])
		}
		h.rows = nn.Resize(h.rows, len(h.ids)*D)
		for i, id := range h.ids {
			copy(h.rows[i*D:][:D], table.Row(int(id)))
		}
		h.rowsT, h.logits = nn.Resize(h.rowsT, K*D), nn.Resize(h.logits, n*K)
		simd.Transpose(h.rowsT, h.rows[:K*D], D, K)
		for c := range n {
			for i, id := range negatives {
				h.logits[c*K+i] = bias[id]
			}
		}
		simd.Product(h.logits, users, h.rowsT, n, D, K)

		h.dRows, h.dBias = nn.Resize(h.dRows, len(h.ids)*D), nn.Resize(h.dBias, len(h.ids))
		clear(h.dRows)
		clear(h.dBias)
		for c, g := range h.targets {
			w, item := g.weight/float32(K+1), h.ids[K+c]
			u, row := users[c*D:][:D], h.rows[(K+c)*D:][:D]
			score := bias[item]
			for i, v := range row {
				score += float32(v * u[i])
			}
			// -ln σ(s) = softplus(-s), whose derivative by s is σ(s) - 1.
			loss += float64(w*beta) * softplus(-score)
			d := w * beta * float32(stats.Logistic(float64(score))-1)
			h.dBias[K+c] = d
			axpy(h.dRows[(K+c)*D:][:D], d, u)
			axpy(dUsers[c*D:][:D], d, row)
			loss += float64(w) * h.descend(h.logits[c*K:][:K], g.event, w)
			axpy(h.dBias[:K], 1, h.logits[c*K:][:K])
		}
		simd.Product(dUsers, h.logits, h.rows, n, K, D)
		simd.ProductT(h.dRows, h.logits, users, K, n, D)
		tape.Grad.AddRows(tableParam, h.ids, h.dRows)
		tape.Grad.AddRows(biasParam, h.ids, h.dBias)
	}
	return loss
}

// find stores in h.met at which event of the window's user each negative is met, or a
// number above all events.
func (h *scratch) find(item []int32, w window, negatives []int32, items int) {
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
	for _, id := range negatives {
		at := h.at[id] // of this user, of another, or none
		if at < w.first || at >= w.end {
			at = math.MaxInt32
		}
		h.met = append(h.met, at)
	}
}

// descend returns Σ -ln(1 - σ(x)) over the scores x of negatives that are met
// neither before the target, an event, nor in it, and puts w times its derivative,
// σ(x), in their place.
func (h *scratch) descend(x []float32, target int32, w float32) (loss float64) {
	h.power = nn.Resize(h.power, len(x))
	for i, v := range x {
		h.power[i] = -max(v, -v)
	}
	simd.ExpSum(h.power, 0) // e^-|x|
	product := 1.0          // of 1 + e^-|x|: one logarithm for many
	for i, v := range x {
		if h.met[i] <= target {
			x[i] = 0
			continue
		}
		e := h.power[i]
		if product *= float64(1 + e); product > 1e300 {
			loss += math.Log(product)
			product = 1
		}
		if v > 0 {
			loss += float64(v)
			e = 1
		}
		x[i] = w * (e / (1 + h.power[i]))
	}
	return loss + math.Log(product)
}

// calibration returns β for k negatives of m items.
func calibration(t float32, k, m int) float32 {
	alpha := float32(k) / float32(max(1, m-1))
	return 1 - t*(1-min(1, alpha))
}

// softplus is ln(1 + e^x).
func softplus(x float32) float64 {
	return max(float64(x), 0) + math.Log1p(math.Exp(-math.Abs(float64(x))))
}
