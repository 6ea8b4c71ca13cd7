package tower

import (
	"math"

	"sparrow/build/autodiff"
	"sparrow/build/simd"
)

// batchSoftmax adds the gradient of Σ_c -ln softmax_k(u_c·v_k - ln q_k)[target of c]
// to the deltas of two nodes and returns the sum: users is [C×D]; items is [C·S×D]
// and holds, for each example, its target and S-1 items drawn at random. Every row of
// items is a candidate for every user, and expected[k] is how often an item like that of
// row k is expected among them: the correction makes the softmax one over the whole catalog
// (Bengio and Senécal 2008; for candidates out of the batch: Yi et al., RecSys 2019, equation 3).
// Rows of the target's own item elsewhere do not count. row is the item of each row of items.
func batchSoftmax(t *autodiff.Tape, users, items int32, row []int32, expected []float64) (loss float64) {
	D := t.Shapes[users].Cols
	u, v := t.Value(users), t.Value(items)
	C, K := len(u)/D, len(v)/D
	S := K / C
	vt := make([]float32, D*K)
	for k := range K {
		for d, x := range v[k*D:][:D] {
			vt[d*K+k] = x
		}
	}
	logits := make([]float32, C*K)
	for c := range C {
		for k, q := range expected {
			logits[c*K+k] = float32(-math.Log(q))
		}
	}
	simd.Product(logits, u, vt, C, D, K)
	for c := range C {
		x, target := logits[c*K:][:K], c*S
		score := x[target]
		for k, r := range row {
			if r == row[target] && k != target {
				x[k] = -math.MaxFloat32
			}
		}
		top := score
		for _, s := range x {
			top = max(top, s)
		}
		z := simd.ExpSum(x, top)
		loss += float64(top-score) + math.Log(float64(z))
		for k := range x {
			x[k] /= z
		}
		x[target]--
	}
	simd.Product(t.Delta(users), logits, v, C, K, D)
	simd.ProductT(t.Delta(items), logits, u, K, C, D)
	return loss
}
