package pool

import (
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"

	"sparrow/build/simd"
)

// sample is the items drawn for one chunk, S of them with repeats, and their
// parameters gathered.
type sample struct {
	item        []int32
	first, next []int32   // [M], [S] the first draw of an item and the next one of the same, or none
	out, outT   []float32 // [S×D], [D×S]
	dOut        []float32 // [S×D]
	shift       []float32 // [S] bias minus the log of the expected number of draws
	dShift      []float32 // [S]
}

const none = -1

func newSample(s, d, m int) sample {
	w := sample{
		item: make([]int32, s), first: make([]int32, m), next: make([]int32, s),
		out: make([]float32, s*d), outT: make([]float32, s*d), dOut: make([]float32, s*d),
		shift: make([]float32, s), dShift: make([]float32, s),
	}
	for m := range w.first {
		w.first[m] = none
	}
	return w
}

// drawSample draws the items of a chunk and gathers their parameters.
func (h *shard) drawSample() {
	w, D := &h.sampled, h.p.d
	for _, m := range w.item { // of the chunk before
		w.first[m] = none
	}
	for i := range w.item {
		m := h.draw.Next(h.rng)
		w.item[i], w.next[i], w.first[m] = m, w.first[m], int32(i)
		w.shift[i] = h.p.bias[m] - h.draw.LogExpected(m, len(w.item))
		copy(w.out[i*D:(i+1)*D], h.p.out[int(m)*D:])
	}
	simd.Transpose(w.outT, w.out, D, len(w.item))
	clear(w.dOut)
	clear(w.dShift)
}

// bar leaves the draws of items out of scores x.
func (w *sample) bar(x []float32, items []int32) {
	for _, m := range items {
		for i := w.first[m]; i != none; i = w.next[i] {
			x[i] = -math.MaxFloat32
		}
	}
}

// sampledSoftmax is fullSoftmax over the target and S items drawn by
// popularity instead of all. Each score, the target's too, is lowered by the
// log of how often its item is expected among the draws, which makes the
// gradient approach the full one as S grows (Bengio and Senécal, 2008: "log-Q
// correction"). A draw that equals the target or that the user had is left out.
func (h *shard) sampledSoftmax(targets []int32) {
	h.drawSample()
	w := &h.sampled
	D, S, C := h.p.d, len(w.item), len(targets)
	for c := range C {
		copy(h.logits[c*S:], w.shift)
	}
	simd.Product(h.logits[:C*S], h.user[:C*D], w.outT, C, D, S)
	for c, e := range targets {
		h.amongDraws(c, e)
	}
	clear(h.dUser)
	simd.AddProduct(simd.Matrix(h.dUser, C, D), simd.Matrix(h.logits, C, S), simd.Matrix(w.out, S, D), blas.NoTrans)
	for c, e := range targets {
		// h.inverse is the factor of the draws, h.own that of the target.
		z, g, item := h.inverse[c], h.own[c], int(h.s.item[e])
		du, u := h.dUser[c*D:(c+1)*D], h.user[c*D:(c+1)*D]
		out, dOut := h.p.out[item*D:][:D], h.grad.out[item*D:][:D]
		h.grad.bias[item] += g
		for i, v := range u {
			du[i] = float32(z*du[i]) + float32(g*out[i])
			dOut[i] += float32(g * v)
			u[i] = z * v
		}
	}
	simd.AddProduct(simd.Matrix(w.dOut, S, D), simd.Matrix(h.logits, C, S), simd.Matrix(h.user, C, D), blas.Trans)
	for i, m := range w.item {
		h.grad.bias[m] += w.dShift[i]
		dst := h.grad.out[int(m)*D:][:D]
		for j, g := range w.dOut[i*D : (i+1)*D] {
			dst[j] += g
		}
	}
}

// amongDraws turns the scores of the draws for target e, number c of the chunk, into their
// exponentials, adds the loss and the gradient by the draws' biases, and keeps in h.inverse
// and h.own the factors of the gradient by the other scores.
func (h *shard) amongDraws(c int, e int32) {
	D, S := h.p.d, len(h.sampled.item)
	x, u, target := h.logits[c*S:(c+1)*S], h.user[c*D:(c+1)*D], h.s.item[e]
	past := h.s.around(e)
	h.sampled.bar(x, h.s.item[past.first:max(past.end, int(e)+1)]) // the history and the target
	score := h.p.bias[target] - h.draw.LogExpected(target, S)
	for i, v := range h.p.out[int(target)*D:][:D] {
		score += float32(v * u[i])
	}
	top := score
	for _, v := range x {
		if v > top { // cheaper than max, which minds NaN
			top = v
		}
	}
	own := []float32{score}
	z := simd.ExpSum(x, top) + simd.ExpSum(own, top)
	weight := h.s.weight(e)
	h.loss += float64(weight) * (float64(top-score) + math.Log(float64(z)))
	h.inverse[c], h.own[c] = weight/z, weight*(own[0]/z-1)
	blas32.Axpy(weight/z, blas32.Vector{N: S, Inc: 1, Data: x}, blas32.Vector{N: S, Inc: 1, Data: h.sampled.dShift})
}
