package ranking

import (
	"math"
	"slices"
	"testing"

	"sparrow/wasm/feature"
)

// TestLastLayer: the inputs times the shipped weights are the scores up to the two
// biases; ranking by the shipped weights is ranking; and by others, the inputs times
// those. The ranker is as before afterwards.
func TestLastLayer(t *testing.T) {
	for _, hidden := range [][]int{{1}, {9, 6}} {
		for seed := range uint64(4) {
			w := newWorld(seed, hidden...)
			r := w.ranker()
			h, c := query(seed, int(seed)*5)
			last := r.Last()
			inputs := make([]float32, len(last)*len(c))
			r.LastInputs(inputs, h, c)
			shipped := ranked(r.Rank, h, c)
			by := func(last []float32) []feature.Candidate {
				return ranked(func(h feature.History, c []feature.Candidate) { r.RankBy(last, h, c) }, h, c)
			}
			if got := by(last); !slices.Equal(got, shipped) {
				t.Fatalf("hidden %v seed %d: RankBy(Last()) is not Rank", hidden, seed)
			}
			other := slices.Clone(last)
			slices.Reverse(other[:len(other)/2])
			other[len(other)-1] += 3
			bias := float64(w.model.Output.Bias[0]) + float64(w.model.Skip.Bias[0])
			for name, of := range map[string][]float32{"shipped": last, "other": other} {
				for _, got := range by(of) {
					at, want := slices.IndexFunc(c, func(x feature.Candidate) bool { return x.Row == got.Row }), bias
					for i, v := range of {
						want += float64(v) * float64(inputs[at*len(of)+i])
					}
					if math.Abs(float64(got.Score)-want) > 1e-4 {
						t.Errorf("hidden %v seed %d, %s weights: movie %d has score %g, its inputs say %g", hidden, seed, name, got.Row, got.Score, want)
					}
				}
			}
			if got := ranked(r.Rank, h, c); !slices.Equal(got, shipped) {
				t.Errorf("hidden %v seed %d: RankBy has changed Rank", hidden, seed)
			}
		}
	}
}
