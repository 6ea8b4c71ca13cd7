package onnx

import (
	"errors"
	"math"
	"slices"

	"sparrow/wasm/nn"
)

// present is where an input has an id: ids ≥ c or ids > c, where all ids are.
func present(w *writer, n *node, in []value) (value, error) {
	if len(in) != 2 || in[0].kind != isIDs || in[0].moved {
		return value{}, errIDs
	}
	c, ok := in[1].scalar()
	for _, r := range in[0].bound.rows {
		if r >= 0 && (float32(r) < c || float32(r) == c && n.op == "Greater") {
			ok = false
		}
	}
	if !ok {
		return value{}, errors.New("ids are compared with a number that is the id of an item itself")
	}
	return w.there(in[0]), nil
}

// there is 1 where an input has an id, and 0 where not.
func (w *writer) there(ids value) value {
	x := value{node: w.OpN(nn.OpPresent, ids.bound.field), rank: ids.rank}
	if w.Shape(x.node).Steps > 1 {
		x.node = w.OpN(nn.OpReshape, 1, x.node) // a column each, until a dimension is added
	}
	return x
}

// equal is where an input has the id that stands for none.
func equal(_ *writer, _ *node, in []value) (value, error) {
	if len(in) != 2 || in[0].kind != isIDs || in[0].moved {
		return value{}, errIDs
	}
	c, ok := in[1].scalar()
	for _, r := range in[0].bound.rows {
		ok = ok && float32(r) != c
	}
	if !ok {
		return value{}, errors.New("ids are compared with a number that is the id of an item itself")
	}
	x := in[0]
	x.kind = isAbsent
	return x, nil
}

// slice takes steps or columns that stand side by side, or numbers of a shape. What it says of the
// batch and of other dimensions leaves them whole.
func slice(w *writer, _ *node, in []value) (value, error) {
	if len(in) < 4 {
		return value{}, errSlice
	}
	var at [4][]int64 // from, to, axes, every
	for i := range at {
		switch {
		case i+1 >= len(in):
			at[3] = []int64{1}
		case in[i+1].kind != isConstant || len(in[i+1].table.ints) == 0:
			return value{}, errSlice
		default:
			at[i] = in[i+1].table.ints
		}
	}
	if len(at[0]) != len(at[1]) || len(at[0]) != len(at[2]) || slices.ContainsFunc(at[3], func(every int64) bool { return every != 1 }) {
		return value{}, errSlice
	}
	if x := in[0]; x.kind == isShape && len(at[0]) == 1 && at[2][0] == 0 {
		if from, to, ok := between(at[0][0], at[1][0], len(x.shape)); ok {
			x.shape = x.shape[from:to]
			return x, nil
		}
	}
	x, err := computed(in, 0)
	if err != nil {
		return value{}, err
	}
	for i, axis := range at[2] {
		size, axis := math.MaxInt32, negative(axis, x.rank) // of the batch
		switch s := w.Shape(x.node); {
		case axis == 1 && x.rank == 3:
			size = s.Steps
		case axis > 0 && axis == x.rank-1:
			size = s.Cols
		case axis != 0:
			return value{}, errSlice
		}
		switch from, to, ok := between(at[0][i], at[1][i], size); {
		case ok && from == 0 && to == size:
		case !ok || axis != 1:
			return value{}, errSlice
		case x.rank == 2:
			x.node = w.columns(x.node, from, to)
		default:
			x.node = w.Steps(x.node, from, to)
		}
	}
	return x, nil
}

var errSlice = errors.New("what can be sliced are steps or columns side by side")

// between returns where a slice of size values begins and ends; below 0 they count from the end. ok reports whether
// there is something between.
func between(from, to int64, size int) (first, end int, ok bool) {
	for _, v := range []*int64{&from, &to} {
		if *v < 0 {
			*v += int64(size)
		}
		*v = min(*v, int64(size))
	}
	return int(from), int(to), 0 <= from && from < to
}

// expand repeats one step, or lets a value be as it is.
func expand(w *writer, _ *node, in []value) (value, error) {
	if len(in) > 0 && (in[0].kind == isLength || in[0].counted) { // becomes as wide as what it divides
		return in[0], nil
	}
	x, err := computed(in, 0)
	if err != nil {
		return value{}, err
	}
	if len(in) < 2 {
		return value{}, errShape
	}
	dims := in[1].shape
	if in[1].kind == isConstant {
		dims = in[1].table.ints
	}
	s := w.Shape(x.node)
	if len(dims) != 3 || x.rank != 3 || dims[2] > 1 && int(dims[2]) != s.Cols || dims[1] < 1 || s.Steps > 1 && dims[1] > 1 && int(dims[1]) != s.Steps {
		return value{}, errors.New("what can be expanded is one step to several")
	}
	if s.Steps == 1 && dims[1] > 1 {
		x.node = w.OpN(nn.OpRepeat, int(dims[1]), x.node)
	}
	return x, nil
}

// softmaxSteps is a softmax over steps of one column, or over the columns of one step; all of them exist.
func softmaxSteps(w *writer, n *node, in []value) (value, error) {
	x, err := computed(in, 0)
	if err != nil {
		return value{}, err
	}
	axis := int64(-1)
	if a, ok := n.attributes["axis"]; ok {
		axis = a.i
	}
	switch s := w.Shape(x.node); {
	case negative(axis, x.rank) != 1, x.rank == 3 && s.Cols != 1:
		return value{}, errors.New("a softmax of other than the columns of one step, steps of one column each, or of two at the end")
	case x.rank == 2:
		x.node = w.OpN(nn.OpReshape, s.Cols, x.node)
	}
	ones, err := w.constants(x, []float32{1})
	if err != nil {
		return value{}, err
	}
	x.node = w.Op(nn.OpSoftmaxSteps, x.node, ones)
	if x.rank == 2 {
		x.node = w.OpN(nn.OpReshape, 1, x.node)
	}
	return x, nil
}

// length is that of the rows, which they may be divided by.
func length(w *writer, n *node, in []value) (value, error) {
	x, err := computed(in, 0)
	if err != nil {
		return value{}, err
	}
	over, keep := axes(n, in, x.rank), n.attributes["keepdims"]
	if _, given := n.attributes["keepdims"]; len(over) != 1 || over[0] != x.rank-1 || given && keep.i == 0 {
		return value{}, errors.New("a length of other than rows, whose dimension stays")
	}
	x.kind = isLength
	return x, nil
}

// floor is the greater of a value and a number, where that changes nothing: of a length that
// is no more than 1e-6, of a count of steps 1 and less, which the mean over steps has for none.
func floor(_ *writer, n *node, in []value) (value, error) {
	if len(in) > 1 && in[0].kind == isConstant {
		in = []value{in[1], in[0]}
	}
	if len(in) == 2 || len(in) == 3 && n.in[2] == "" {
		x := in[0]
		if least, ok := in[1].scalar(); ok && (x.kind == isLength && least <= 1e-6 || x.counted && least <= 1) {
			return x, nil
		}
	}
	return value{}, errors.New("the greater of two values: a graph of a bundle has no such operation, but for a length or a number of steps that something is divided by")
}

// divided is a vector of length 1, x/|x|, or the mean over the steps that a mask has.
func (w *writer) divided(in []value) (value, bool) {
	if len(in) != 2 || in[0].kind != isNode {
		return value{}, false
	}
	x, by := in[0], in[1]
	switch {
	case by.kind == isLength && by.node == x.node:
		x.node = w.Op(nn.OpUnit, x.node)
		return x, true
	case by.counted:
		sum := &w.Graph.Nodes[x.node]
		if sum.Op != nn.OpSumSteps {
			return value{}, false
		}
		product := &w.Graph.Nodes[sum.In[0]]
		if product.Op != nn.OpMul {
			return value{}, false
		}
		for i, factor := range product.In {
			if w.widened(factor) == by.mask {
				x.node = w.Op(nn.OpMeanSteps, product.In[1-i], by.mask)
				return x, true
			}
		}
	}
	return value{}, false
}

// widened returns the node of one column that a node repeats as several columns, else the node.
func (w *writer) widened(node int32) int32 {
	n := &w.Graph.Nodes[node]
	if n.Op == nn.OpLinear && w.Shape(n.In[0]).Cols == 1 && w.Shape(node).Cols > 1 {
		return n.In[0]
	}
	return node
}

// mask reports whether a node is 1 where a step exists and 0 where not.
func (w *writer) mask(node int32) bool {
	n := &w.Graph.Nodes[node]
	for n.Op == nn.OpReshape {
		n = &w.Graph.Nodes[n.In[0]]
	}
	return n.Op == nn.OpPresent
}
