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
	item  []int32
	out   []float32 // [S×D]
	dOut  []float32 // [S×D]
	shift []float32 // [S] bias minus the log of the expected number of draws

	turn   uint32   // counts targets
	barred []uint32 // [M] the last turn in which an item was not to be drawn
}

func newSample(s, d, m int) sample {
	return sample{
		item: make([]int32, s), out: make([]float32, s*d), dOut: make([]float32, s*d),
		shift: make([]float32, s), barred: make([]uint32, m),
	}
}

// bar makes items the ones that the next target leaves out of the draws.
func (w *sample) bar(items []int32) {
	w.turn++
	if w.turn == 0 { // after 2^32 targets
		clear(w.barred)
		w.turn = 1
	}
	for _, m := range items {
		w.barred[m] = w.turn
	}
}

// sampledSoftmax is fullSoftmax over the target and S items drawn by
// popularity instead of all. Each score, the target's too, is lowered by the
// log of how often its item is expected among the draws, which makes the
// gradient approach the full one as S grows (Bengio and Senécal, 2008: "log-Q
// correction"). A draw that equals the target or that the user had is left out.
func (h *shard) sampledSoftmax(targets []int32) {
	D, S, C := h.p.d, len(h.sampled.item), len(targets)
	w := &h.sampled
	for i := range w.item {
		m := h.draw.Next(h.rng)
		w.item[i] = m
		w.shift[i] = h.p.bias[m] - h.draw.LogExpected(m, S)
		copy(w.out[i*D:(i+1)*D], h.p.out[int(m)*D:])
	}
	blas32.Gemm(blas.NoTrans, blas.Trans, 1, simd.Matrix(h.user, C, D), simd.Matrix(w.out, S, D), 0, simd.Matrix(h.logits, C, S))
	for c, e := range targets {
		x, u := h.logits[c*S:(c+1)*S], h.user[c*D:(c+1)*D]
		target := h.s.item[e]
		past := h.s.around(e)
		w.bar(h.s.item[past.first:max(past.end, int(e)+1)]) // the history and the target
		score := h.p.bias[target] - h.draw.LogExpected(target, S)
		for i, v := range h.p.out[int(target)*D:][:D] {
			score += float32(v * u[i])
		}
		top := score
		for i, m := range w.item {
			x[i] += w.shift[i]
			if w.barred[m] == w.turn {
				x[i] = -math.MaxFloat32
			}
			top = max(top, x[i])
		}
		own := []float32{score}
		z := simd.ExpSum(x, top) + simd.ExpSum(own, top)
		weight := h.s.weight(e)
		h.loss += float64(weight) * (float64(top-score) + math.Log(float64(z)))
		// From here on the gradient by the scores: share of the softmax, minus 1 at the target, weighted.
		du := h.dUser[c*D : (c+1)*D]
		g := weight * (own[0]/z - 1)
		h.grad.bias[target] += g
		dOut := h.grad.out[int(target)*D:][:D]
		for i, v := range h.p.out[int(target)*D:][:D] {
			du[i] = float32(g * v)
			dOut[i] += float32(g * u[i])
		}
		for i := range x {
			x[i] = weight * (x[i] / z)
			h.grad.bias[w.item[i]] += x[i]
		}
	}
	simd.AddProduct(simd.Matrix(h.dUser, C, D), simd.Matrix(h.logits, C, S), simd.Matrix(w.out, S, D), blas.NoTrans)
	clear(w.dOut)
	simd.AddProduct(simd.Matrix(w.dOut, S, D), simd.Matrix(h.logits, C, S), simd.Matrix(h.user, C, D), blas.Trans)
	for i, m := range w.item {
		dst := h.grad.out[int(m)*D:][:D]
		for j, g := range w.dOut[i*D : (i+1)*D] {
			dst[j] += g
		}
	}
}
