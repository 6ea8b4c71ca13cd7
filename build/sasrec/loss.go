package sasrec

import (
	"math"
	"math/rand/v2"
	"sync"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"

	"sparrow/build/autodiff"
	"sparrow/build/simd"
	"sparrow/build/stats"
	"sparrow/wasm/nn"
)

// chunk is how many targets the loss takes at a time: their logits stay in the cache.
const chunk = 64

// task is what the network is trained for: each event of a window tells the next one.
type task struct {
	*events
	opt     *Options
	draw    *stats.Alias // of negatives
	most    int          // windows of a part
	scratch sync.Pool    // of *scratch
}

// scratch is the memory of one call of Loss.
type scratch struct {
	targets []target
	users   []float32 // [C×D]
	dUsers  []float32 // [C×D]
	tableT  []float32 // [D×M]
	logits  []float32 // [C×M], with negatives [C×K]
	share   []float32 // [C] weight/z

	// With negatives: the vectors of what was drawn, their biases, corrected, and
	// gradients by both.
	rows, dRows    []float32 // [K×D]
	rowsT          []float32 // [D×K]
	shifted, dBias []float32 // [K]
	own            []float32 // [D]
	met, at        []int32   // [K] and [M], see find
}

// target is what a row of the network's output is to tell.
type target struct {
	row          int32 // of the output
	event, first int32 // the event, and the first one of its user
	weight       float32
}

// Encode implements [autodiff.Task]. Slot 0 is the event before the newest target.
func (t *task) Encode(dst *nn.Batch, examples []int32, rng *rand.Rand) {
	L := t.opt.Length
	for k, x := range examples {
		w, ids := t.window[x], dst.IDs[0][k*L:][:L]
		for s := range ids {
			ids[s] = -1
			if s < int(w.n) {
				ids[s] = t.item[int(w.end)-2-s]
			}
		}
	}
	if t.opt.Negatives > 0 {
		for k := range dst.IDs[1] {
			dst.IDs[1][k] = t.draw.Next(rng)
		}
	}
}

// Loss implements [autodiff.Task]: the sum over targets of weight·loss, divided
// by the mean number of targets of a window, so that its mean over windows is
// the mean over targets.
func (t *task) Loss(tape *autodiff.Tape, examples []int32) float64 {
	h, _ := t.scratch.Get().(*scratch)
	if h == nil {
		h = &scratch{}
	}
	defer t.scratch.Put(h)
	h.targets = h.targets[:0]
	for k, x := range examples {
		h.targets = t.collect(h.targets, k, t.window[x])
	}
	if t.opt.Negatives > 0 {
		return t.sampled(tape, examples, h)
	}
	D, P := t.opt.Width, t.padded()
	h.tableT = nn.Resize(h.tableT, D*P)
	simd.Transpose(h.tableT, tape.Graph.Params[tableParam].Data, D, P)
	var loss float64
	for at := 0; at < len(h.targets); at += chunk {
		loss += t.softmax(tape, h.targets[at:min(at+chunk, len(h.targets))], h)
	}
	return loss
}

// collect adds the targets of window w, which is example k of a batch; what users
// disliked is none.
func (t *task) collect(targets []target, k int, w window) []target {
	for s := range w.n {
		e := w.end - 1 - s
		if t.weight[e] == 0 {
			continue
		}
		targets = append(targets, target{int32(k*t.opt.Length) + s, e, w.first, t.weight[e] / float32(t.mean)})
	}
	return targets
}

// padded returns P, the number of items in whole lanes of the kernel: what is
// left over costs as much as ten times as many.
func (t *task) padded() int { return (len(t.row) + 31) / 32 * 32 }

// softmax returns Σ weight·-ln softmax(E·u + bias)[target] over the targets, each among
// the items that the user did not have before, and adds its gradient. With e = exp(score - top) and z = Σ e the gradient by the
// scores is weight·e/z, minus the weight at the target. The factor weight/z is
// applied to the smaller factor of each product, and the -weight by itself, so
// that the [C×M] matrix, whose rows have P columns, is not touched again.
func (t *task) softmax(tape *autodiff.Tape, targets []target, h *scratch) (loss float64) {
	D, M, P, C := t.opt.Width, len(t.row), t.padded(), len(targets)
	table, bias := tape.Graph.Params[tableParam].Data, tape.Graph.Params[biasParam].Data
	dTable, dBias := tape.Grad.Of(tableParam), tape.Grad.Of(biasParam)
	out, dOut := tape.Value(tape.Graph.Output), tape.Delta(tape.Graph.Output)
	h.users, h.dUsers, h.logits = nn.Resize(h.users, C*D), nn.Resize(h.dUsers, C*D), nn.Resize(h.logits, C*P)
	for c, g := range targets {
		copy(h.users[c*D:][:D], out[int(g.row)*D:])
		copy(h.logits[c*P:][:M], bias)
	}
	simd.Product(h.logits, h.users, h.tableT, C, D, P)
	for c := range targets {
		g := &targets[c]
		x, item := h.logits[c*P:][:M], t.item[g.event]
		score := x[item]
		for _, seen := range t.item[g.first:g.event] {
			x[seen] = -math.MaxFloat32
		}
		top := score
		for _, v := range x {
			if v > top { // cheaper than max, which minds NaN
				top = v
			}
		}
		z := simd.ExpSum(x, top)
		loss += float64(g.weight) * (float64(top-score) + math.Log(float64(z)))
		blas32.Axpy(g.weight/z, blas32.Vector{N: M, Inc: 1, Data: x}, blas32.Vector{N: M, Inc: 1, Data: dBias})
		dBias[item] -= g.weight
		u, d := h.users[c*D:][:D], dTable[int(item)*D:][:D]
		axpy(d, -g.weight, u)
		axpy(dOut[int(g.row)*D:][:D], -g.weight, table[int(item)*D:])
		for i := range u {
			u[i] *= g.weight / z
		}
		h.share = append(h.share[:c], g.weight/z)
	}
	exps := blas32.General{Rows: C, Cols: M, Stride: P, Data: h.logits}
	clear(h.dUsers)
	simd.AddProduct(simd.Matrix(h.dUsers, C, D), exps, simd.Matrix(table, M, D), blas.NoTrans)
	for c, g := range targets {
		axpy(dOut[int(g.row)*D:][:D], h.share[c], h.dUsers[c*D:])
	}
	simd.AddProduct(simd.Matrix(dTable, M, D), exps, simd.Matrix(h.users, C, D), blas.Trans)
	return loss
}

// axpy adds a·x to dst.
func axpy(dst []float32, a float32, x []float32) {
	x = x[:len(dst)]
	for i, v := range x {
		dst[i] += float32(a * v)
	}
}
