package pool

import (
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"

	"sparrow/build/simd"
)

// fullSoftmax adds the loss -ln softmax(Out·u + Bias)[target] of each target,
// over all trained items but those that it is predicted from, and its gradient by
// Out and Bias; the gradient by the user vectors it stores in h.dUser. Each
// target's loss is multiplied by its weight.
//
// With e = exp(score - top), z = Σ e and the weight w the gradient by the scores
// is w·e/z minus w at the target. The factor w/z is applied to the smaller factor
// of each product, and the -w by itself, so the [targets×M] matrix is not touched again.
func (h *shard) fullSoftmax(targets []int32) {
	D, M, C := h.p.d, h.p.m, len(targets)
	for c := range C {
		copy(h.logits[c*M:], h.p.bias)
	}
	simd.AddProduct(simd.Matrix(h.logits, C, M), simd.Matrix(h.user, C, D), simd.Matrix(h.outT, D, M), blas.NoTrans)
	for c, e := range targets {
		x := h.logits[c*M : (c+1)*M]
		score, past := x[h.s.item[e]], h.s.around(e)
		for _, seen := range h.s.item[past.first:past.end] {
			x[seen] = -math.MaxFloat32
		}
		x[h.s.item[e]] = score
		top := score
		for _, v := range x {
			if v > top { // cheaper than max, which minds NaN
				top = v
			}
		}
		z, w := simd.ExpSum(x, top), h.s.weight(e)
		h.inverse[c] = w / z
		h.loss += float64(w) * (float64(top-score) + math.Log(float64(z)))
		blas32.Axpy(w/z, blas32.Vector{N: M, Inc: 1, Data: x}, blas32.Vector{N: M, Inc: 1, Data: h.grad.bias})
	}
	clear(h.dUser)
	simd.AddProduct(simd.Matrix(h.dUser, C, D), simd.Matrix(h.logits, C, M), simd.Matrix(h.p.out, M, D), blas.NoTrans)
	for c, z := range h.inverse[:C] {
		w := h.s.weight(targets[c])
		du, u := h.dUser[c*D:(c+1)*D], h.user[c*D:(c+1)*D]
		item := int(h.s.item[targets[c]])
		out, dOut := h.p.out[item*D:][:D], h.grad.out[item*D:][:D]
		h.grad.bias[item] -= w
		for i, v := range u {
			du[i] = float32(z*du[i]) - float32(w*out[i])
			dOut[i] -= float32(w * v)
			u[i] = z * v
		}
	}
	simd.AddProduct(simd.Matrix(h.grad.out, M, D), simd.Matrix(h.logits, C, M), simd.Matrix(h.user, C, D), blas.Trans)
}
