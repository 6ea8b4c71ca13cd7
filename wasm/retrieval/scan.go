package retrieval

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/quant"
	"sparrow/wasm/vec"
)

// block is how many items are scored in turn: their products and scores stay
// in the nearest cache until they are used.
const block = 1024

// scan scores the items of a model for one user. The user's vector is rounded
// to int8 like a row of the table, so that the inner products are exact
// integers and the same on every machine.
type scan struct {
	model *Model
	query []int8 // [D]
	scale float32
}

func (m *Model) scan(u []float32) scan {
	q := quant.Quantize(u, 1, len(u))
	query, scale := q.Row(0)
	return scan{m, query, scale}
}

// scores stores the scores of the items from, from+1, … in dst, at most a block.
func (s *scan) scores(dst []float32, from int) {
	var memory [block]int32
	out, products, to := &s.model.Out, memory[:len(dst)], from+len(dst)
	quant.Dots(products, out.Data[from*out.Cols:to*out.Cols], s.query)
	quant.Affine(dst, products, s.scale, out.Scale[from:to], s.model.Bias[from:to])
}

// score returns the score of item r, to the bit that of scores.
func (s *scan) score(r catalog.Row) float32 {
	row, scale := s.model.Out.Row(int(r))
	return float32(float32(s.scale*scale)*float32(quant.Dot(row, s.query))) + s.model.Bias[r]
}

// best offers the scores of all items to top, those left out whose skip is
// set, [N]. No more than a block of scores exists at a time.
func (s *scan) best(top *vec.TopK, skip []bool) {
	var memory [block]float32
	n := s.model.Out.Rows
	for from := 0; from < n; from += block {
		scores := memory[:min(block, n-from)]
		s.scores(scores, from)
		top.PushAll(scores, int32(from), skip[from:])
	}
}

// Best offers the scores of all items for a user with vector u to top, those left out
// whose skip is set, [N].
func (m *Model) Best(top *vec.TopK, u []float32, skip []bool) {
	s := m.scan(u)
	s.best(top, skip)
}

// Scores stores the score of each item for a user with vector u in dst, which
// is [N].
func (m *Model) Scores(dst, u []float32) {
	if len(dst) != m.Out.Rows {
		panic("retrieval: dst has another length than the catalog")
	}
	s := m.scan(u)
	for from := 0; from < len(dst); from += block {
		s.scores(dst[from:min(from+block, len(dst))], from)
	}
}
