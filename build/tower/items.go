package tower

import (
	"sparrow/build/autodiff"
	"sparrow/wasm/feature"
)

// Items are vectors of items, of length 1, without a tower for users: a user is
// the mean of the items that they liked last.
type Items struct {
	N, D, L int
	Vectors []float32 // [N×D]
	Curve   autodiff.Curve
}

// Scores stores the inner product of every item's vector with the user's in
// dst, [N]. It may be called from several goroutines.
func (m *Items) Scores(dst []float32, h feature.History) {
	u := make([]float32, m.D)
	n := 0
	for i := len(h) - 1; i >= 0 && n < m.L; i-- {
		if h[i].Positive() {
			for k, v := range m.Vectors[int(h[i].Row)*m.D:][:m.D] {
				u[k] += v
			}
			n++
		}
	}
	dots(dst, m.Vectors, u)
}
