package onnx

import (
	"errors"
	"fmt"
	"slices"

	"sparrow/wasm/nn"
)

// constants returns a node of the numbers v in each step of x: a layer whose weights are zero,
// over one column, so that they are few.
func (w *writer) constants(x value, v []float32) (int32, error) {
	c, err := w.linear(value{node: w.Op(nn.OpSumCols, x.node)}, make([]float32, len(v)), 1, len(v), v)
	return c.node, err
}

// layers are operations whose output is a layer of the graph that has no other name.
var layers = []string{"Gemm", "MatMul", "Add", "Sub", "Mul", "Div", "BatchNormalization"}

// alone returns the layer that makes x where nothing else reads it, so that what follows may
// change its weights.
func (w *writer) alone(n *node, input int, x value) *nn.Node {
	from := w.made[n.in[input]]
	if from == nil || !slices.Contains(layers, from.op) {
		return nil
	}
	made := &w.Graph.Nodes[x.node]
	if made.Op != nn.OpLinear || w.uses[n.in[input]] != 1 || int(x.node) != len(w.Graph.Nodes)-1 {
		return nil
	}
	return made
}

// pair is the two inputs of an operation by elements: both nodes, or a node and numbers.
type pair struct {
	a, b  value
	v     []float32 // in place of b
	input int       // which input a is
}

// two reads the inputs of n.
func two(w *writer, in []value) (p pair, err error) {
	if len(in) != 2 {
		return p, errNotNode
	}
	if in[0].kind == isConstant {
		in, p.input = []value{in[1], in[0]}, 1
	}
	if p.a, err = computed(in, 0); err != nil {
		return p, err
	}
	if in[1].kind == isConstant {
		v, ok := in[1].table.vector()
		if cols := w.Shape(p.a.node).Cols; !ok || len(v) != 1 && len(v) != cols {
			return p, errNotConstant
		}
		p.v = v
		return p, nil
	}
	if p.b, err = computed(in, 1); err != nil {
		return p, err
	}
	if p.a.rank != p.b.rank {
		return p, errShape
	}
	p.a.node, p.b.node, err = w.alike(p.a.node, p.b.node)
	return p, err
}

// alike gives two nodes the same shape: one column becomes as many as the other has, and one
// step likewise.
func (w *writer) alike(a, b int32) (int32, int32, error) {
	for range 2 {
		x, y := w.Shape(a), w.Shape(b)
		if x.Cols == 1 && y.Cols > 1 {
			wide, err := w.linear(value{node: a}, spread([]float32{1}, y.Cols), 1, y.Cols, nil)
			if err != nil {
				return 0, 0, err
			}
			a = wide.node
		}
		if x.Steps == 1 && y.Steps > 1 {
			a = w.OpN(nn.OpRepeat, y.Steps, a)
		}
		a, b = b, a
	}
	if x, y := w.Shape(a), w.Shape(b); x != y {
		return 0, 0, fmt.Errorf("inputs of %d × %d and %d × %d", x.Steps, x.Cols, y.Steps, y.Cols)
	}
	return a, b, nil
}

// plus returns x + v, of numbers by column.
func (w *writer) plus(n *node, input int, x value, v []float32) (value, error) {
	v = spread(v, w.Shape(x.node).Cols)
	if made := w.alone(n, input, x); made != nil {
		bias := w.Graph.Params[made.Param[1]].Data
		for i := range bias {
			bias[i] += v[i]
		}
		return x, nil
	}
	c, err := w.constants(x, v)
	if err == nil {
		x.node = w.Op(nn.OpAdd, x.node, c)
	}
	return x, err
}

// times returns x · v, of numbers by column.
func (w *writer) times(n *node, input int, x value, v []float32) (value, error) {
	if made := w.alone(n, input, x); made != nil {
		v = spread(v, w.Shape(x.node).Cols)
		for _, p := range made.Param {
			for i := range w.Graph.Params[p].Data {
				w.Graph.Params[p].Data[i] *= v[i%len(v)]
			}
		}
		return x, nil
	}
	if len(v) == 1 {
		x.node = w.Scale(x.node, v[0])
		return x, nil
	}
	c, err := w.constants(x, v)
	if err == nil {
		x.node = w.Op(nn.OpMul, x.node, c)
	}
	return x, err
}

// byElements returns the operation that is op of two nodes, and with of a node and numbers.
func byElements(op nn.Op, with func(w *writer, n *node, input int, x value, v []float32) (value, error)) func(*writer, *node, []value) (value, error) {
	return func(w *writer, n *node, in []value) (value, error) {
		if v, of, err := withIDs(in, op == nn.OpMul); of {
			return v, err
		}
		p, err := two(w, in)
		switch {
		case err != nil:
			return value{}, err
		case p.v != nil:
			return with(w, n, p.input, p.a, p.v)
		}
		p.a.node = w.Op(op, p.a.node, p.b.node)
		return p.a, nil
	}
}

func subtract(w *writer, n *node, in []value) (value, error) {
	p, err := two(w, in)
	switch {
	case err != nil:
		return value{}, err
	case p.v != nil && p.input == 0:
		return w.plus(n, 0, p.a, scaled(p.v, -1))
	case p.v != nil:
		p.a.node = w.Scale(p.a.node, -1)
		c, err := w.constants(p.a, spread(p.v, w.Shape(p.a.node).Cols))
		if err == nil {
			p.a.node = w.Op(nn.OpAdd, p.a.node, c)
		}
		return p.a, err
	}
	p.a.node = w.Op(nn.OpSub, p.a.node, p.b.node)
	return p.a, nil
}

func divide(w *writer, n *node, in []value) (value, error) {
	if v, ok := w.divided(in); ok {
		return v, nil
	}
	p, err := two(w, in)
	if err != nil {
		return value{}, err
	}
	if p.v == nil || p.input == 1 {
		return value{}, errors.New("a division by other than constant numbers, the length of the vector itself, or how many steps there are")
	}
	by := make([]float32, len(p.v))
	for i, x := range p.v {
		by[i] = 1 / x
	}
	return w.times(n, 0, p.a, by)
}

func negate(w *writer, _ *node, in []value) (value, error) {
	x, err := computed(in, 0)
	if err == nil {
		x.node = w.Scale(x.node, -1)
	}
	return x, err
}
