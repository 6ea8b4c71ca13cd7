package retrieval

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/index"
	"sparrow/wasm/quant"
	"sparrow/wasm/vec"
)

// Cells divide the items of a model into an inverted file, so that a search scores
// the items of a few cells and not all: see the package [sparrow/wasm/index].
type Cells struct {
	Centroids quant.Matrix  // [C×D]; a cell is as near to a user as its centroid and bias score
	Bias      []float32     // [C]
	Start     []uint32      // [C+1] the items of cell c are Rows[Start[c]:Start[c+1]]
	Rows      []catalog.Row // [N] ascending within a cell
	Probes    int           // how many cells a search looks into, 1 to C
	// As the builder measured it: what share of the best items of all a search of 1, 2, …
	// cells finds, and what share of the items it scores, [C] each, 0 to 1, rising.
	Recall, Compared []float32
}

// NewCells returns n cells where item r is in cell of[r], [N], without centroids. It
// returns nil if one is not below n.
func NewCells(n int, of []uint32) *Cells {
	c := &Cells{Start: make([]uint32, n+2), Rows: make([]catalog.Row, len(of))}
	next := c.Start[1:] // where the next item of each cell goes; one further on at first
	for _, at := range of {
		if at >= uint32(n) {
			return nil
		}
		next[at+1]++
	}
	for i := range n {
		next[i+1] += next[i]
	}
	for r, at := range of {
		c.Rows[next[at]] = catalog.Row(r)
		next[at]++
	}
	c.Start = c.Start[: n+1 : n+1]
	return c
}

// crowded is how many items there are to one left out from which a search goes through all items:
// what is left of the nearest cells would not be the best of what is left of all.
const crowded = 10 // one in

// CellSearch looks into the cells of a model. It keeps scratch memory and is not for
// concurrent use.
type CellSearch struct {
	model   *Model
	near    []float32 // [C]
	vectors []int8    // [block×D] of a block of rows, and what belongs to them
	scale   [block]float32
	bias    [block]float32
	scores  [block]float32
}

// NewCellSearch returns a search in the cells of m, which has some.
func NewCellSearch(m *Model) *CellSearch {
	return &CellSearch{model: m, near: make([]float32, len(m.Cells.Bias)), vectors: make([]int8, block*m.Out.Cols)}
}

// Order returns the k cells nearest to a user with vector u, the nearest first.
func (x *CellSearch) Order(u []float32, k int) []int32 {
	s := x.model.scan(u)
	return x.order(&s, k)
}

func (x *CellSearch) order(s *scan, k int) []int32 {
	c := x.model.Cells
	s.query.Scores(x.near, c.Centroids.Data, c.Centroids.Scale, c.Bias)
	return index.Probe(x.near, k)
}

// Best offers to top the scores of the items in as many cells as probes says, those
// left out whose skip is set, [N]: of what it finds they are those of [Model.Best]. It
// reports whether that will do: whether as many were found as are kept, and few were left
// out.
func (x *CellSearch) Best(top *vec.TopK, u []float32, skip []bool, probes int) bool {
	s := x.model.scan(u)
	return x.best(&s, top, skip, probes)
}

func (x *CellSearch) best(s *scan, top *vec.TopK, skip []bool, probes int) bool {
	c, looked, hidden := x.model.Cells, 0, 0
	for _, cell := range x.order(s, probes) {
		rows := c.Rows[c.Start[cell]:c.Start[cell+1]]
		looked += len(rows)
		for len(rows) > 0 {
			part := rows[:min(block, len(rows))]
			hidden += x.look(s, top, skip, part)
			rows = rows[len(part):]
		}
	}
	return hidden*crowded <= looked && top.Full()
}

// look offers the scores of rows, at most a block, and returns how many were left out.
// Their vectors are laid side by side first, for the loops of a fixed width.
func (x *CellSearch) look(s *scan, top *vec.TopK, skip []bool, rows []catalog.Row) (hidden int) {
	out, bias, d := &s.model.Out, s.model.Bias, s.model.Out.Cols
	for i, r := range rows {
		copy(x.vectors[i*d:][:d], out.Data[int(r)*d:][:d])
		x.scale[i], x.bias[i] = out.Scale[r], bias[r]
	}
	n := len(rows)
	scores := x.scores[:n]
	s.query.Scores(scores, x.vectors[:n*d], x.scale[:n], x.bias[:n])
	least := top.Least()
	for i, r := range rows {
		if skip[r] {
			hidden++
			continue
		}
		// Rows of another cell may be lower: one that equals the worst is offered, too.
		if scores[i] >= least {
			top.Push(scores[i], int32(r))
			least = top.Least()
		}
	}
	return hidden
}
