// Package content predicts vectors of items too rare to have learned one of
// their own, from what is known of them: genres, decade and tags.
package content

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"sparrow/wasm/catalog"
)

// coarse is the number of steps from 0 to the largest magnitude to which
// predicted vectors are rounded: items of equal content get equal rows, which
// compress to almost nothing.
const coarse = 15

// Fill gives each item of c that is not among trained vectors in the tables,
// each [N×D], predicted from its genres, decade and tags by ridge regression on
// the trained items, and a bias that follows from its count, [N]. An item's pull on a user's
// vector and its place in the ranking are then those of an average item of its
// kind.
func Fill(c *catalog.Catalog, count []float64, trained []catalog.Row, bias []float32, tables ...[]float32) {
	n := c.Len()
	if len(trained) == n {
		return
	}
	trained = slices.Clone(trained)
	slices.SortStableFunc(trained, func(a, b catalog.Row) int { return cmp.Compare(count[b], count[a]) })
	known := make([]bool, n)
	for _, r := range trained {
		known[r] = true
	}
	x := newFeatures(c)
	for _, table := range tables {
		width := len(table) / n
		w := x.ridge(table, width, trained)
		prediction := make([]float32, width)
		for r := range n {
			if known[r] {
				continue
			}
			x.predict(prediction, w, r)
			roundCoarse(prediction)
			copy(table[r*width:], prediction)
		}
	}
	fillBias(bias, count, trained, known)
}

// fillBias extends the bias to items that were not trained: log(count + 1/2)
// plus the mean difference between a trained bias and the same of its count,
// over the rarest tenth of the trained items, which come by count.
func fillBias(bias []float32, count []float64, trained []catalog.Row, known []bool) {
	var shift float64
	rarest := trained[len(trained)-(len(trained)+9)/10:]
	for _, r := range rarest {
		shift += float64(bias[r]) - math.Log(count[r]+0.5)
	}
	shift /= float64(len(rarest))
	for r, ok := range known {
		if !ok {
			bias[r] = float32(math.Log(count[r]+0.5) + shift)
		}
	}
}

// features describes items by sets of features: feature 0 is common to all,
// then genres, decades and tags. An item's genres count together as one, and so
// do its tags, so that an item of five genres is a mixture of them.
type features struct {
	size  int
	index [][]int32
	value [][]float64
}

// decades are counted from 1890; a later one than the last counts as the last.
const decades = 15

func newFeatures(c *catalog.Catalog) *features {
	n := c.Len()
	x := &features{
		size:  1 + len(c.GenreNames) + 1 + decades + len(c.TagNames),
		index: make([][]int32, n), value: make([][]float64, n),
	}
	for r := range n {
		add := func(feature int, v float64) {
			x.index[r] = append(x.index[r], int32(feature))
			x.value[r] = append(x.value[r], v)
		}
		add(0, 1)
		for _, g := range c.Genres[r] {
			add(1+int(g), 1/math.Sqrt(float64(len(c.Genres[r]))))
		}
		add(1+len(c.GenreNames)+decade(c.Years[r]), 1)
		for _, t := range c.Tags[r] {
			add(2+len(c.GenreNames)+decades+int(t), 1/math.Sqrt(float64(len(c.Tags[r]))))
		}
	}
	return x
}

// decade is 0 for an unknown year, else 1 to decades.
func decade(year int16) int {
	if year == 0 {
		return 0
	}
	return 1 + min(max((int(year)-1890)/10, 0), decades-1)
}

// ridge returns W, [size×D], that minimizes Σ |W'·x - y|² + λ|W|² over rows,
// with λ = 20; y are the rows of the table.
func (x *features) ridge(table []float32, d int, rows []catalog.Row) *mat.Dense {
	const lambda = 20
	gram := mat.NewSymDense(x.size, nil)
	right := mat.NewDense(x.size, d, nil)
	for i := range x.size {
		gram.SetSym(i, i, lambda)
	}
	for _, r := range rows {
		for a, i := range x.index[r] {
			for b, j := range x.index[r][:a+1] {
				gram.SetSym(int(i), int(j), gram.At(int(i), int(j))+x.value[r][a]*x.value[r][b])
			}
			dst := right.RawRowView(int(i))
			for c, v := range table[int(r)*d : (int(r)+1)*d] {
				dst[c] += x.value[r][a] * float64(v)
			}
		}
	}
	var chol mat.Cholesky
	if !chol.Factorize(gram) {
		panic("content: λ > 0 makes the Gram matrix positive definite")
	}
	w := new(mat.Dense)
	if err := chol.SolveTo(w, right); err != nil {
		panic("content: " + err.Error())
	}
	return w
}

// predict stores W'·x of item r in dst, [D].
func (x *features) predict(dst []float32, w *mat.Dense, r int) {
	sum := make([]float64, len(dst))
	for a, i := range x.index[r] {
		for c, v := range w.RawRowView(int(i)) {
			sum[c] += x.value[r][a] * v
		}
	}
	for c, v := range sum {
		dst[c] = float32(v)
	}
}

// roundCoarse rounds v to 1/coarse of its largest magnitude.
func roundCoarse(v []float32) {
	var top float64
	for _, x := range v {
		top = max(top, math.Abs(float64(x)))
	}
	if top == 0 {
		return
	}
	// The magnitude itself is rounded to a power of √2, so that near equal rows become equal.
	top = math.Exp2(math.Round(2*math.Log2(top)) / 2)
	for i, x := range v {
		v[i] = float32(math.Round(float64(x)/top*coarse) / coarse * top)
	}
}
