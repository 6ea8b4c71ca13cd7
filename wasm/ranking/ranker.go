package ranking

import (
	"sparrow/wasm/feature"
	"sparrow/wasm/nn"
	"sparrow/wasm/quant"
)

// Ranker scores candidates with a model. It keeps scratch memory and is not for
// concurrent use.
type Ranker struct {
	inputs
	extractor *feature.Extractor

	first, user  nn.Dense // the two halves of the first hidden layer
	hidden       []nn.Dense
	output, skip nn.Dense

	userInput, input []float32
	shared           []float32   // the first layer's bias and user side
	layers           [][]float32 // outputs of the hidden layers
	items            []feature.Item
}

// New returns a ranker over a checked model, the tables that features are
// computed from and the retrieval model's input vectors; it keeps all three.
func New(m *Model, tables feature.Tables, in *quant.Matrix) *Ranker {
	r := &Ranker{inputs: newInputs(m, in, tables.Out), extractor: feature.NewExtractor(tables)}
	c, u := r.candidates, r.users
	r.first = nn.Decode(&m.Hidden[0].Weight, 0, c)
	r.user = nn.Decode(&m.Hidden[0].Weight, c, c+u)
	for i := range m.Hidden {
		w := &m.Hidden[i].Weight
		if i > 0 {
			r.hidden = append(r.hidden, nn.Decode(w, 0, w.Cols))
		}
		r.layers = append(r.layers, make([]float32, w.Rows))
	}
	r.output = nn.Decode(&m.Output.Weight, 0, m.Output.Weight.Cols)
	r.skip = nn.Decode(&m.Skip.Weight, 0, c)
	r.userInput, r.input = make([]float32, u), make([]float32, c)
	r.shared = make([]float32, r.first.Out)
	return r
}

// Score gives each candidate the model's score for history h, in units of log
// probability among the candidates up to a constant of the query. Their scores
// are retrieval's before.
func (r *Ranker) Score(h feature.History, candidates []feature.Candidate) {
	r.read(h, candidates, nil)
	for i := range r.items {
		candidates[i].Score = r.score(&r.items[i])
	}
}

// ScoreAt stores the scores that Score gives the candidates at the given indices in
// dst, at the same indices; the candidates keep theirs.
func (r *Ranker) ScoreAt(dst []float32, h feature.History, candidates []feature.Candidate, at []int) {
	r.read(h, candidates, at)
	for k, i := range at {
		dst[i] = r.score(&r.items[k])
	}
}

// Rank scores the candidates as Score does and sorts them, best first, ties by
// row, with their places.
func (r *Ranker) Rank(h feature.History, candidates []feature.Candidate) {
	r.Score(h, candidates)
	rank(candidates)
}

// rank sorts candidates that are scored and stores their places.
func rank(candidates []feature.Candidate) {
	feature.Best(candidates)
	for i := range candidates {
		candidates[i].Ranked = i + 1
	}
}

// read computes the features of the candidates at the given indices, of all without
// any, and the user's share of the first layer, and returns the user features.
func (r *Ranker) read(h feature.History, candidates []feature.Candidate, at []int) *feature.User {
	u := r.extractor.User(h)
	r.readUser(r.userInput, u)
	r.user.Forward(r.shared, r.model.Hidden[0].Bias, r.userInput)
	n := len(candidates)
	if at != nil {
		n = len(at)
	}
	if cap(r.items) < n {
		r.items = make([]feature.Item, n)
	}
	r.items = r.items[:n]
	r.extractor.Items(r.items, candidates, at)
	return u
}

// score returns the model's output for v and the user read last; r.input and
// r.layers then hold the candidate side and the hidden layers after ReLU.
func (r *Ranker) score(v *feature.Item) float32 {
	r.readItem(r.input, v)
	x := r.layers[0]
	r.first.Forward(x, r.shared, r.input)
	nn.ReLU(x)
	for i := range r.hidden {
		y := r.layers[i+1]
		r.hidden[i].Forward(y, r.model.Hidden[i+1].Bias, x)
		nn.ReLU(y)
		x = y
	}
	var deep, linear [1]float32
	r.output.Forward(deep[:], r.model.Output.Bias, x)
	r.skip.Forward(linear[:], r.model.Skip.Bias, r.input)
	return deep[0] + linear[0]
}
