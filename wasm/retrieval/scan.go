package retrieval

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/quant"
	"sparrow/wasm/vec"
)

// block is how many items are scored in turn, a multiple of four: what is asked
// for rises from one to the next, and its scores fit on a small stack.
const block = 256

// scan scores the items of a model for one user. The user's vector is rounded
// to int8 like a row of the table, so that the inner products are exact
// integers and the same on every machine.
type scan struct {
	model *Model
	query quant.Query
}

func (m *Model) scan(u []float32) scan {
	q := quant.Quantize(u, 1, len(u))
	return scan{m, quant.NewQuery(q.Row(0))}
}

// score returns the score of item r, to the bit that of Scores.
func (s *scan) score(r catalog.Row) float32 {
	row, scale := s.model.Out.Row(int(r))
	return s.query.Score(row, scale, s.model.Bias[r])
}

// best offers the scores of all items to top, those left out whose skip is
// set, [N]. Only those leave a block that have one among four neighbours which
// may be among the best.
func (s *scan) best(top *vec.TopK, skip []bool) {
	var scores [block]float32
	var rows [block / 4]int32
	out, bias := &s.model.Out, s.model.Bias
	var found vec.Reservoir
	found.Reset(top.K(), skip)
	for from := 0; from < out.Rows&^3; from += block {
		to := min(from+block, out.Rows&^3)
		n := s.query.Above(scores[:to-from], rows[:], out.Data[from*out.Cols:to*out.Cols], out.Scale[from:to], bias[from:to], found.Least)
		found.PushFours(scores[:4*n], rows[:n], from)
	}
	for r := out.Rows &^ 3; r < out.Rows; r++ {
		found.Push(s.score(catalog.Row(r)), int32(r))
	}
	found.PushInto(top)
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
	s.query.Scores(dst, m.Out.Data, m.Out.Scale, m.Bias)
}
