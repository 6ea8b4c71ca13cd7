package autodiff

import (
	"slices"

	"sparrow/build/simd"
	"sparrow/wasm/nn"
)

// Gradient is ∂loss/∂parameter for each parameter of a graph. Of a table that is
// only looked up, the rows that were met are known, so that the others cost nothing.
type Gradient struct {
	params []paramGradient
}

// paramGradient is ∂loss/∂parameter. Of a table it has the rows that were met, side by side in the
// order of their first meeting: a batch meets few, and they stay in the processor's cache.
type paramGradient struct {
	data  []float32 // [len(rows)×cols] of a table, else of the parameter's shape
	cols  int
	table bool
	rows  []int32 // of a table, those met
	place []int32 // of a table, [all its rows]: 1 + where rows has it, 0 for nowhere
}

func newGradient(g *nn.Graph) *Gradient {
	grad := &Gradient{params: make([]paramGradient, len(g.Params))}
	other := make([]bool, len(g.Params))
	for i := range g.Nodes {
		if n := &g.Nodes[i]; n.Op != nn.OpEmbed {
			for _, p := range n.Param {
				other[p] = true
			}
		}
	}
	for i := range g.Params {
		p := &g.Params[i]
		q := &grad.params[i]
		q.cols, q.table = p.Cols, !other[i]
		if q.table {
			q.place = make([]int32, p.Rows)
		} else {
			q.data = make([]float32, len(p.Data))
		}
	}
	return grad
}

// Of returns the gradient by all of parameter p, of its shape, for an operation
// or a loss to add to. A table that is asked for in this way has all rows met from then on.
func (g *Gradient) Of(p int32) []float32 {
	q := &g.params[p]
	if q.table {
		whole := make([]float32, len(q.place)*q.cols)
		for k, r := range q.rows {
			copy(whole[int(r)*q.cols:][:q.cols], q.data[k*q.cols:])
		}
		q.data, q.table, q.rows, q.place = whole, false, nil, nil
	}
	return q.data
}

// AddRows adds the rows of d to the rows ids of parameter p; -1 is none.
func (g *Gradient) AddRows(p int32, ids []int32, d []float32) {
	q := &g.params[p]
	for k, id := range ids {
		if id >= 0 {
			simd.Add(q.row(id), d[k*q.cols:][:q.cols])
		}
	}
}

// row returns the gradient by row r, for something to be added.
func (q *paramGradient) row(r int32) []float32 {
	at := int(r)
	if q.table {
		if q.place[r] == 0 {
			q.rows = append(q.rows, r)
			q.place[r] = int32(len(q.rows))
			n := len(q.data)
			q.data = slices.Grow(q.data, q.cols)[:n+q.cols]
			clear(q.data[n:])
		}
		at = int(q.place[r]) - 1
	}
	return q.data[at*q.cols:][:q.cols]
}

// clear forgets everything.
func (g *Gradient) clear() {
	for i := range g.params {
		q := &g.params[i]
		if !q.table {
			clear(q.data)
			continue
		}
		for _, r := range q.rows {
			q.place[r] = 0
		}
		q.rows, q.data = q.rows[:0], q.data[:0]
	}
}

// addTo adds g, with its rows in their order, to sum.
func (g *Gradient) addTo(sum *Gradient) {
	for i := range g.params {
		q, s := &g.params[i], &sum.params[i]
		if !q.table {
			simd.Add(sum.Of(int32(i)), q.data)
			continue
		}
		for k, r := range q.rows {
			simd.Add(s.row(r), q.data[k*q.cols:][:q.cols])
		}
	}
}
