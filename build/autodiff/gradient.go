package autodiff

import (
	"sparrow/build/kernel"
	"sparrow/wasm/nn"
)

// Gradient is ∂loss/∂parameter for each parameter of a graph. Of a table that is
// only looked up, the rows that were met are known, so that the others cost nothing.
type Gradient struct {
	params []paramGradient
}

type paramGradient struct {
	data  []float32
	cols  int
	table bool
	met   []bool  // [rows] of a table
	rows  []int32 // those met, in the order of their first meeting
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
		grad.params[i] = paramGradient{data: make([]float32, len(p.Data)), cols: p.Cols, table: !other[i], met: make([]bool, p.Rows)}
	}
	return grad
}

// Of returns the gradient by all of parameter p, of its shape, for an operation
// or a loss to add to. A table that is asked for in this way has all rows met from then on.
func (g *Gradient) Of(p int32) []float32 {
	g.params[p].table = false
	return g.params[p].data
}

// AddRows adds the rows of d to the rows ids of parameter p; -1 is none.
func (g *Gradient) AddRows(p int32, ids []int32, d []float32) {
	q := &g.params[p]
	for k, id := range ids {
		if id < 0 {
			continue
		}
		if !q.met[id] {
			q.met[id] = true
			q.rows = append(q.rows, id)
		}
		kernel.Add(q.data[int(id)*q.cols:][:q.cols], d[k*q.cols:][:q.cols])
	}
}

// clear forgets everything.
func (g *Gradient) clear() {
	for i := range g.params {
		q := &g.params[i]
		if !q.table {
			clear(q.data)
		}
		for _, r := range q.rows {
			q.met[r] = false
			if q.table {
				clear(q.data[int(r)*q.cols:][:q.cols])
			}
		}
		q.rows = q.rows[:0]
	}
}

// addTo adds g, with its rows in their order, to sum.
func (g *Gradient) addTo(sum *Gradient) {
	for i := range g.params {
		q, s := &g.params[i], &sum.params[i]
		if !q.table {
			kernel.Add(sum.Of(int32(i)), q.data)
			continue
		}
		for _, r := range q.rows {
			if !s.met[r] {
				s.met[r] = true
				s.rows = append(s.rows, r)
			}
			kernel.Add(s.data[int(r)*q.cols:][:q.cols], q.data[int(r)*q.cols:][:q.cols])
		}
	}
}
