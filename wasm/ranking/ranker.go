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

	userInput []float32
	shared    []float32 // the first layer's bias and user side

	// of n candidates
	items  []feature.Item
	input  []float32   // [n×C], their side of the input
	layers [][]float32 // [n×H], the hidden layers after ReLU
	linear []float32   // [n], what skips them
	scores []float32   // [n]
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
	}
	r.layers = make([][]float32, len(m.Hidden))
	r.output = nn.Decode(&m.Output.Weight, 0, m.Output.Weight.Cols)
	r.skip = nn.Decode(&m.Skip.Weight, 0, c)
	r.userInput = make([]float32, u)
	r.shared = make([]float32, r.first.Out)
	return r
}

// Score gives each candidate the model's score for history h, in units of log
// probability among the candidates up to a constant of the query. Their scores
// are retrieval's before.
func (r *Ranker) Score(h feature.History, candidates []feature.Candidate) {
	r.read(h, candidates, nil)
	for i, s := range r.score(r.items) {
		candidates[i].Score = s
	}
}

// ScoreAt stores the scores that Score gives the candidates at the given indices in
// dst, at the same indices; the candidates keep theirs.
func (r *Ranker) ScoreAt(dst []float32, h feature.History, candidates []feature.Candidate, at []int) {
	r.read(h, candidates, at)
	for k, s := range r.score(r.items) {
		dst[at[k]] = s
	}
}

// Rank scores the candidates as Score does and sorts them, best first, ties by
// row, with their places.
func (r *Ranker) Rank(h feature.History, candidates []feature.Candidate) {
	r.Score(h, candidates)
	Place(candidates)
}

// Place sorts candidates that are scored, best first, ties by row, and stores their
// places.
func Place(candidates []feature.Candidate) {
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

// score returns the model's output for items and the user read last, [n]; r.input and
// r.layers then hold the candidate side and the hidden layers after ReLU.
func (r *Ranker) score(items []feature.Item) []float32 {
	n, width := len(items), r.candidates
	r.input = nn.Resize(r.input, n*width)
	for i := range items {
		r.readItem(r.input[i*width:][:width], &items[i])
	}
	x := nn.Resize(r.layers[0], n*r.first.Out)
	r.layers[0] = x
	r.first.Forward(x, r.shared, r.input)
	nn.ReLU(x)
	for i := range r.hidden {
		y := nn.Resize(r.layers[i+1], n*r.hidden[i].Out)
		r.layers[i+1] = y
		r.hidden[i].Forward(y, r.model.Hidden[i+1].Bias, x)
		nn.ReLU(y)
		x = y
	}
	r.scores, r.linear = nn.Resize(r.scores, n), nn.Resize(r.linear, n)
	r.output.Forward(r.scores, r.model.Output.Bias, x)
	r.skip.Forward(r.linear, r.model.Skip.Bias, r.input)
	for i, v := range r.linear {
		r.scores[i] += v
	}
	return r.scores
}
