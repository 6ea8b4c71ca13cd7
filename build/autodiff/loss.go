package autodiff

import "math"

// Binary adds the gradient of the cross-entropy between labels y and p = σ(logit),
// -y·ln p - (1-y)·ln(1-p), at a node of one column, and returns the sum of
// w·loss in nats. labels and weights have an entry a row of the node's value;
// weights may be nil for ones; rows of weight 0 cost nothing.
func Binary(t *Tape, node int32, labels, weights []float32) float64 {
	x, d := t.Value(node), t.Delta(node)
	var sum float64
	for k, v := range x {
		w := float32(1)
		if weights != nil {
			w = weights[k]
		}
		if w == 0 {
			continue
		}
		// ln(1 + e^-|v|) is exact where e^v would overflow.
		e := math.Exp(-math.Abs(float64(v)))
		sum += float64(w) * (max(float64(v), 0) - float64(v)*float64(labels[k]) + math.Log1p(e))
		p := float32(1 / (1 + e))
		if v < 0 {
			p = float32(e / (1 + e))
		}
		d[k] += float32(w * (p - labels[k]))
	}
	return sum
}
