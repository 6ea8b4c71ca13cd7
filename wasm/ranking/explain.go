package ranking

import (
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/nn"
	"sparrow/wasm/vec"
)

// Explanation reports how a score came about: Score = Base + Σ Amount.
type Explanation struct {
	Score, Base   float32 // Base is the score of the mean input
	Contributions []Contribution
}

// Contribution is one feature's share of a score.
type Contribution struct {
	Feature string // registered name: "movieAvgRating", "movieGenre1", "userRatedMovie2", "movieId"
	Amount  float32
	Value   float32     // what a numeric feature was, before it was standardized
	Genre   int         // the genre of movieGenre1..3 and userGenre1..5, else -1
	Row     catalog.Row // the item of movieId and userRatedMovie1..5, else None
}

// Explain returns what the features contribute to the score that Rank gives
// candidates[i] for history h, largest magnitude first, ties in the order of
// the features.
//
// It is the rescale rule of DeepLIFT (Shrikumar, Greenside, Kundaje: Learning
// important features through propagating activation differences, ICML 2017,
// section 3.5.1) with the mean input of the training rows as reference: a ReLU
// passes on the share Δoutput/Δinput, a linear layer its weights, and the
// contribution of an input is its multiplier times its difference from the
// reference. The contributions then sum to the difference of the scores
// ("summation to delta"). Those of an embedding's elements are added up.
func (r *Ranker) Explain(h feature.History, candidates []feature.Candidate, i int) Explanation {
	u := r.read(h, candidates, nil)
	v := &r.items[i]
	score := r.score(r.items[i : i+1])[0]

	x := append(slices.Clone(r.input), r.userInput...)
	base, amounts := r.rescale(x)
	e := Explanation{Score: score, Base: float32(base)}
	var all []Contribution
	at := 0
	for _, s := range r.spans(u, v) {
		var sum float64
		for _, a := range amounts[at : at+s.width] {
			sum += a
		}
		at += s.width
		all = append(all, Contribution{s.feature, float32(sum), s.value, s.genre, s.row})
	}
	for _, from := range vec.Sorted(len(all), func(a, b int32) bool {
		return max(all[a].Amount, -all[a].Amount) > max(all[b].Amount, -all[b].Amount)
	}) {
		e.Contributions = append(e.Contributions, all[from])
	}
	return e
}

// rescale returns the score of the baseline and each input's contribution to
// the score of x, in float64.
func (r *Ranker) rescale(x []float32) (base float64, amounts []float64) {
	m := r.model
	layers := make([]nn.Dense, len(m.Hidden)+1)
	bias := make([][]float32, len(layers))
	for i := range m.Hidden {
		layers[i], bias[i] = nn.Decode(&m.Hidden[i].Weight, 0, m.Hidden[i].Weight.Cols), m.Hidden[i].Bias
	}
	layers[len(m.Hidden)], bias[len(m.Hidden)] = r.output, m.Output.Bias

	// Forward, x and the reference side by side.
	ratio := make([][]float64, len(m.Hidden)) // Δ after ReLU / Δ before it
	a, b := widen(x), widen(m.Baseline)
	delta := make([]float64, len(x))
	for i := range x {
		delta[i] = a[i] - b[i]
	}
	base = float64(m.Skip.Bias[0]) + inner(r.skip.Weight, b[:r.candidates])
	for l := range layers {
		a, b = affine(&layers[l], bias[l], a), affine(&layers[l], bias[l], b)
		if l == len(m.Hidden) {
			break
		}
		ratio[l] = make([]float64, len(a))
		for o := range a {
			before := a[o] - b[o]
			a[o], b[o] = max(0, a[o]), max(0, b[o])
			if before != 0 {
				ratio[l][o] = (a[o] - b[o]) / before
			}
		}
	}
	base += b[0]

	// Backward: multipliers, then contributions.
	multiplier := []float64{1}
	for l := len(layers) - 1; l >= 0; l-- {
		if l < len(m.Hidden) {
			for o := range multiplier {
				multiplier[o] *= ratio[l][o]
			}
		}
		multiplier = transposed(&layers[l], multiplier)
	}
	for i := range r.candidates {
		multiplier[i] += float64(r.skip.Weight[i])
	}
	for i := range multiplier {
		multiplier[i] *= delta[i]
	}
	return base, multiplier
}

func widen(x []float32) []float64 {
	wide := make([]float64, len(x))
	for i, v := range x {
		wide[i] = float64(v)
	}
	return wide
}

// inner is not vec.Dot: sums of contributions need float64.
func inner(w []float32, x []float64) float64 {
	var s float64
	for i, v := range x {
		s += float64(float64(w[i]) * v)
	}
	return s
}

// affine returns bias + x·Weight.
func affine(d *nn.Dense, bias []float32, x []float64) []float64 {
	y := make([]float64, d.Out)
	for i, v := range x {
		for o := range y {
			y[o] += float64(float64(d.Weight[i*d.Out+o]) * v)
		}
	}
	for o := range y {
		y[o] += float64(bias[o])
	}
	return y
}

// transposed returns Weight·y.
func transposed(d *nn.Dense, y []float64) []float64 {
	x := make([]float64, d.In)
	for i := range x {
		x[i] = inner(d.Weight[i*d.Out:(i+1)*d.Out], y)
	}
	return x
}
