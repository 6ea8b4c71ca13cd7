package retrieval

import (
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/nn"
)

// Sample scores a few items for one history after another, in float32 and not with
// a user's vector of int8: histories that differ by one event differ by
// little. It shares the retriever's scratch memory and is not for concurrent use.
type Sample struct {
	retriever *Retriever
	vectors   []float32 // [D×M] those of the items, a column each
	bias      []float32 // [M]
	scores    []float32 // [M]
}

// Sample returns a sample of the items rows.
func (r *Retriever) Sample(rows []catalog.Row) *Sample {
	m := len(rows)
	s := &Sample{r, make([]float32, len(r.user)*m), make([]float32, m), make([]float32, m)}
	for i, row := range rows {
		values, scale := r.model.Out.Row(int(row))
		for c, v := range values {
			s.vectors[c*m+i] = scale * float32(v)
		}
		s.bias[i] = r.model.Bias[row]
	}
	return s
}

// Score gives each candidate, of which there are as many as items in the sample and
// in their order, the model's score for a user with history h. A network, which
// takes as many steps as there are events, is shown the newest steps of them.
// Histories that lack one event each are scored fastest in the order of that event,
// the newest first: the network then works on newer events only.
func (s *Sample) Score(candidates []feature.Candidate, h feature.History, steps int) {
	r := s.retriever
	encoder := r.encoder
	if r.model.Network != nil {
		h = h[max(0, len(h)-steps):]
		if !slices.Equal(h, encoder.history) { // nor forgets the visitor's own history
			if r.other == nil {
				r.other = NewEncoder(r.model)
			}
			encoder = r.other
		}
	}
	encoder.UserVector(r.user, h)
	copy(s.scores, s.bias)
	nn.Product(s.scores, r.user, s.vectors, 1, len(r.user), len(s.scores))
	for i, score := range s.scores {
		candidates[i].Score = score
	}
}
