package listwise

import (
	"math"

	"gonum.org/v1/gonum/blas/blas32"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/quant"
	"sparrow/wasm/ranking"
)

// list is one training example: what was known before the target, the
// candidates, and which of them was chosen.
type list struct {
	user   feature.User
	items  []feature.Item
	target int     // index into items, which are in retrieval's order; -1 when it was not found
	fold   int     // of the user
	weight float32 // of the target: 1 in full, a part for a click
}

// standard is the frozen part of the model: how numeric features are
// standardized, and the vectors of retrieval.
type standard struct {
	numeric  []feature.Numeric // candidate side first
	layout   ranking.Layout
	in, out  []float32 // [N×D] vectors, scaled to a root mean square of 1
	inScale  float32
	outScale float32
}

// newStandard takes means and deviations over all candidates of lists, where
// each list weighs the same.
func newStandard(numeric []feature.Numeric, genreWidth int, lists []list, in, out *quant.Matrix) *standard {
	s := &standard{numeric: numeric, layout: ranking.NewLayout(numeric, genreWidth, out.Cols)}
	s.layout.Mean, s.layout.Deviation = make([]float32, len(numeric)), make([]float32, len(numeric))
	for i, f := range numeric {
		var n, sum, squares float64
		for k := range lists {
			l := &lists[k]
			if f.Side() == feature.OfUser {
				v := float64(l.user.Of(f))
				n, sum, squares = n+1, sum+v, squares+float64(v*v)
				continue
			}
			for m := range l.items {
				v := float64(l.items[m].Numeric[f])
				n, sum, squares = n+1, sum+v, squares+float64(v*v)
			}
		}
		mean := sum / max(1, n)
		s.layout.Mean[i] = quant.Coarse(float32(mean))
		s.layout.Deviation[i] = quant.Coarse(float32(math.Sqrt(squares/max(1, n) - float64(mean*mean))))
		if !(s.layout.Deviation[i] > 1e-4) {
			s.layout.Deviation[i] = 1
		}
	}
	s.in, s.inScale = scaled(in)
	s.out, s.outScale = scaled(out)
	return s
}

// scaled returns the decoded rows of m, [R×C], times the scale that makes the
// root of their mean square about 1, and that scale.
func scaled(m *quant.Matrix) ([]float32, float32) {
	v := make([]float32, m.Rows*m.Cols)
	var squares float64
	for r := range m.Rows {
		row := v[r*m.Cols : (r+1)*m.Cols]
		m.Dequantize(row, r)
		for _, x := range row {
			squares += float64(x) * float64(x)
		}
	}
	scale := float32(1)
	if squares > 0 {
		scale = quant.Coarse(float32(math.Sqrt(float64(len(v)) / squares)))
	}
	for i := range v {
		v[i] *= scale
	}
	return v, scale
}

// embeddings are the tables of a training as [ranking.Embeddings]: the frozen
// vectors of retrieval, and the genre embeddings that are learned.
type embeddings struct {
	*standard
	genre blas32.General
}

// Genre implements [ranking.Embeddings].
func (e *embeddings) Genre(dst []float32, g int) { copy(dst, e.genre.Data[g*len(dst):]) }

// Item implements [ranking.Embeddings].
func (e *embeddings) Item(dst []float32, r catalog.Row) {
	copy(dst, e.out[int(r)*e.layout.Width:][:e.layout.Width])
}

// Liked implements [ranking.Embeddings].
func (e *embeddings) Liked(dst []float32, r catalog.Row) {
	if r < 0 {
		clear(dst)
	} else {
		copy(dst, e.in[int(r)*e.layout.Width:])
	}
}

// addGenres adds the gradient of embeddings, as the layout has them, to
// those of grad. Row 0 is no parameter.
func (grad *params) addGenres(genres []uint16, d []float32) {
	e := grad.genreWidth
	for k, g := range genres {
		if g == 0 {
			continue
		}
		row := grad.genre.Data[int(g)*e:][:e]
		for i, v := range d[k*e:][:e] {
			row[i] += v
		}
	}
}
