package ranking

import (
	"errors"
	"math"
	"slices"
	"strconv"

	"sparrow/wasm/feature"
	"sparrow/wasm/quant"
)

// Dense is a fully connected layer: y = Weight·x + Bias.
type Dense struct {
	Weight quant.Matrix // [out×in]
	Bias   []float32    // [out]
}

// Model holds the parameters of the Embedding + MLP ranker. A candidate's score
// is Output(ReLU(Hidden…(inputs))) + Skip(candidate-side inputs).
//
// The inputs are, in order, first those that differ between candidates and then
// those that all candidates of a query share, so that the share of the latter
// in the first layer is computed once a query:
//
//	candidate side [C]: numeric features of the item and of the pair,
//	                    Genre of movieGenre1..3, Out vector of movieId
//	user side      [U]: numeric features of the user,
//	                    Genre of userGenre1..5, In vectors of userRatedMovie1..5
//
// In and Out are the retrieval model's tables, frozen: there is no user id and
// no second item table, which keeps the model at a few kilobytes and lets it
// serve people it has never seen.
type Model struct {
	Features  []string     // [F] names of the numeric features, candidate side first
	Mean      []float32    // [F] subtracted from the numeric features
	Deviation []float32    // [F] they are divided by afterwards, > 0
	Genre     quant.Matrix // [(genres+1)×E] row 0 is "no genre", row g+1 genre g
	InScale   float32      // In vectors are multiplied by it: 1 / root mean square of the table
	OutScale  float32      // Out vectors likewise
	Hidden    []Dense      // the first is [H×(C+U)]; at least one
	Output    Dense        // [1×H of the last hidden layer]
	Skip      Dense        // [1×C]
	Baseline  []float32    // [C+U] mean input of the training rows; explanations start from it
}

// layout returns the order of m's inputs, for retrieval vectors of the given
// width. Features of an unknown name are left out: Check finds them.
func (m *Model) layout(width int) Layout {
	numeric := make([]feature.Numeric, 0, len(m.Features))
	for _, name := range m.Features {
		if f, ok := feature.NumericOf(name); ok {
			numeric = append(numeric, f)
		}
	}
	l := NewLayout(numeric, m.Genre.Cols, width)
	l.Mean, l.Deviation = m.Mean, m.Deviation
	return l
}

// Check returns an error unless the parts of m fit each other, a catalog with
// that many genres and retrieval vectors of that width, and all numbers are
// finite. A decoder calls it; no one checks again.
func (m *Model) Check(genres, width int) error {
	userSide := false
	for i, name := range m.Features {
		f, ok := feature.NumericOf(name)
		switch {
		case !ok:
			return errors.New("ranking: unknown feature \"" + name + "\"")
		case slices.Contains(m.Features[:i], name):
			return errors.New("ranking: feature " + name + " occurs twice")
		case userSide && f.Side() != feature.OfUser:
			return errors.New("ranking: feature " + name + " of the candidate after one of the user")
		}
		userSide = f.Side() == feature.OfUser
	}
	l := m.layout(width)
	c, u := l.Sides()
	n := len(m.Features)
	if len(m.Mean) != n || len(m.Deviation) != n || len(m.Baseline) != c+u {
		return errors.New("ranking: the columns of the features disagree in length")
	}
	if m.Genre.Rows != genres+1 || len(m.Hidden) == 0 {
		return errors.New("ranking: no row for every genre, or no hidden layer")
	}
	in := c + u
	for i := range m.Hidden {
		if !m.Hidden[i].fits(in) {
			return errors.New("ranking: hidden layer " + strconv.Itoa(i+1) + " has another shape")
		}
		in = m.Hidden[i].Weight.Rows
	}
	if !m.Output.fits(in) || m.Output.Weight.Rows != 1 || !m.Skip.fits(c) || m.Skip.Weight.Rows != 1 {
		return errors.New("ranking: the output or the skip layer has another shape")
	}
	for _, d := range m.Deviation {
		if !(d > 0) {
			return errors.New("ranking: a deviation is not positive")
		}
	}
	return m.checkFinite()
}

// fits reports whether d takes inputs of that width and has a bias an output.
func (d *Dense) fits(in int) bool {
	w := &d.Weight
	return w.Cols == in && w.Rows > 0 && len(w.Data) == w.Rows*w.Cols &&
		len(w.Scale) == w.Rows && len(d.Bias) == w.Rows
}

func (m *Model) checkFinite() error {
	all := [][]float32{m.Mean, m.Deviation, m.Baseline, m.Genre.Scale,
		{m.InScale, m.OutScale}, m.Output.Weight.Scale, m.Output.Bias, m.Skip.Weight.Scale, m.Skip.Bias}
	for i := range m.Hidden {
		all = append(all, m.Hidden[i].Weight.Scale, m.Hidden[i].Bias)
	}
	for _, vs := range all {
		for _, v := range vs {
			if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
				return errors.New("ranking: a number is not finite")
			}
		}
	}
	return nil
}
