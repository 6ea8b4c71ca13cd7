package listwise

import (
	"math"

	"sparrow/wasm/feature"
	"sparrow/wasm/quant"
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

// standard turns features into inputs with the frozen parts of the model.
type standard struct {
	numeric         []feature.Numeric // candidate side first
	mean, deviation []float32         // of each
	in, out         []float32         // [N×D] vectors, scaled to a root mean square of 1
	inScale         float32
	outScale        float32
	width           int
}

// newStandard takes means and deviations over all candidates of lists, where
// each list weighs the same.
func newStandard(numeric []feature.Numeric, lists []list, in, out *quant.Matrix) *standard {
	s := &standard{numeric: numeric, width: out.Cols,
		mean: make([]float32, len(numeric)), deviation: make([]float32, len(numeric))}
	for i, f := range numeric {
		var n, sum, squares float64
		for k := range lists {
			l := &lists[k]
			if f.Side() == feature.OfUser {
				v := float64(l.user.Numeric[int(f)-feature.CandidateNumerics])
				n, sum, squares = n+1, sum+v, squares+float64(v*v)
				continue
			}
			for m := range l.items {
				v := float64(l.items[m].Numeric[f])
				n, sum, squares = n+1, sum+v, squares+float64(v*v)
			}
		}
		mean := sum / max(1, n)
		s.mean[i] = quant.Coarse(float32(mean))
		s.deviation[i] = quant.Coarse(float32(math.Sqrt(squares/max(1, n) - float64(mean*mean))))
		if !(s.deviation[i] > 1e-4) {
			s.deviation[i] = 1
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

// readItem stores the candidate side of m, [C], in dst.
func (s *standard) readItem(dst []float32, p *params, m *feature.Item) {
	for i, f := range s.numeric[:p.candidateNums] {
		dst[i] = (m.Numeric[f] - s.mean[i]) / s.deviation[i]
	}
	dst = p.readGenres(dst[p.candidateNums:], m.Genres[:])
	copy(dst, s.out[int(m.Row)*s.width:][:s.width])
}

// readUser stores the user side, [U], in dst.
func (s *standard) readUser(dst []float32, p *params, u *feature.User) {
	n := p.candidateNums
	for i, f := range s.numeric[n:] {
		dst[i] = (u.Numeric[int(f)-feature.CandidateNumerics] - s.mean[n+i]) / s.deviation[n+i]
	}
	dst = p.readGenres(dst[p.userNums:], u.Genres[:])
	for _, r := range u.Items {
		if r < 0 {
			clear(dst[:s.width])
		} else {
			copy(dst, s.in[int(r)*s.width:][:s.width])
		}
		dst = dst[s.width:]
	}
}

// readGenres stores the embeddings of genres in dst and returns the rest of it.
func (p *params) readGenres(dst []float32, genres []uint16) []float32 {
	for _, g := range genres {
		copy(dst, p.genre.Data[int(g)*p.genreWidth:][:p.genreWidth])
		dst = dst[p.genreWidth:]
	}
	return dst
}

// addGenres adds the gradient of embeddings, as readGenres laid them out, to
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
