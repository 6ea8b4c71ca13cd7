package ranking

import (
	"slices"

	"sparrow/wasm/feature"
)

// Last returns the weights of the last layer, [H+C]: those of the last hidden layer's
// units, then those of the candidate side, which skips the hidden layers.
func (r *Ranker) Last() []float32 { return slices.Concat(r.output.Weight, r.skip.Weight) }

// LastInputs stores what the last layer sees of each candidate in dst, [n×(H+C)]: the
// score of a candidate is the inner product with Last, and a constant.
func (r *Ranker) LastInputs(dst []float32, h feature.History, candidates []feature.Candidate) {
	hidden := len(r.output.Weight)
	width := hidden + len(r.skip.Weight)
	if len(dst) != width*len(candidates) {
		panic("ranking: dst has another length than the candidates' inputs")
	}
	r.read(h, candidates, nil)
	r.score(r.items)
	last := r.layers[len(r.layers)-1]
	for i := range candidates {
		x := dst[i*width:][:width]
		copy(x, last[i*hidden:][:hidden])
		copy(x[hidden:], r.input[i*r.candidates:][:r.candidates])
	}
}

// RankBy is Rank with other weights of the last layer, in the order of Last.
func (r *Ranker) RankBy(last []float32, h feature.History, candidates []feature.Candidate) {
	hidden := len(r.output.Weight)
	if len(last) != hidden+len(r.skip.Weight) {
		panic("ranking: the last layer has another width")
	}
	output, skip := r.output.Weight, r.skip.Weight
	r.output.Weight, r.skip.Weight = last[:hidden], last[hidden:]
	r.Rank(h, candidates)
	r.output.Weight, r.skip.Weight = output, skip
}
