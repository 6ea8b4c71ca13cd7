package onnx

import (
	"errors"
	"slices"

	"sparrow/wasm/nn"
)

// A tensor [B×C] is a step of C columns, one of [B×S×C] is S steps; one of [B] is a step of
// one column.

var errShape = errors.New("a shape that a graph of a bundle has not: batch × columns, or batch × steps × columns")

// dims returns the shape of the tensor that x is, -1 for the batch.
func (w *writer) dims(x value) []int64 {
	if x.kind == isIDs {
		f := w.Graph.Fields[x.bound.field]
		return []int64{-1, int64(f.Slots)}[:x.rank]
	}
	s := w.Shape(x.node)
	switch x.rank {
	case 1:
		return []int64{-1}
	case 2:
		return []int64{-1, int64(s.Cols)}
	}
	return []int64{-1, int64(s.Steps), int64(s.Cols)}
}

// shaped returns x, whose numbers stay, as a tensor of that shape.
func (w *writer) shaped(x value, dims []int64) (value, error) {
	if len(dims) < 1 || len(dims) > 3 {
		return value{}, errShape
	}
	if x.kind == isIDs {
		if len(dims) > 2 || len(dims) == 2 && dims[1] > 1 && x.rank != 2 {
			return value{}, errShape
		}
		x.rank = len(dims)
		return x, nil
	}
	s := w.Shape(x.node)
	if len(dims) == 2 && x.rank == 3 && s.Steps > 1 && int(dims[1]) == s.Cols {
		x.rank = 2 // batch and steps as one dimension, as Keras has it between a layer of steps
		return x, nil
	}
	steps := 1
	switch size := s.Steps * s.Cols; {
	case len(dims) == 3 && dims[1] > 0:
		steps = int(dims[1])
	case len(dims) == 3 && dims[2] > 0 && int64(size)%dims[2] == 0:
		steps = size / int(dims[2])
	case len(dims) == 3, len(dims) == 1 && size != 1, len(dims) == 2 && dims[1] > 0 && int(dims[1]) != size:
		return value{}, errShape
	}
	if steps != s.Steps {
		x.node = w.OpN(nn.OpReshape, steps, x.node)
	}
	x.rank = len(dims)
	if cols := w.Shape(x.node).Cols; x.rank == 3 && dims[2] > 0 && int64(cols) != dims[2] {
		return value{}, errShape
	}
	return x, nil
}

// movable returns the first input, where its shape may change.
func movable(in []value) (value, error) {
	if len(in) > 0 && in[0].kind == isIDs {
		return in[0], nil
	}
	return computed(in, 0)
}

func reshape(w *writer, n *node, in []value) (value, error) {
	x, err := movable(in)
	if err != nil {
		return value{}, err
	}
	if len(in) < 2 {
		return value{}, errShape
	}
	dims := slices.Clone(in[1].shape)
	if in[1].kind == isConstant {
		dims = slices.Clone(in[1].table.ints)
	}
	before := w.dims(x)
	for i, d := range dims {
		if d == 0 && i < len(before) && n.attributes["allowzero"].i == 0 {
			dims[i] = before[i]
		}
	}
	return w.shaped(x, dims)
}

func flatten(w *writer, n *node, in []value) (value, error) {
	x, err := movable(in)
	if err != nil {
		return value{}, err
	}
	if a, ok := n.attributes["axis"]; ok && negative(a.i, x.rank) != 1 {
		return value{}, errShape
	}
	return w.shaped(x, []int64{-1, -1})
}

// axes returns the dimensions that n names, counted from the first of rank.
func axes(n *node, in []value, rank int) []int {
	list := n.attributes["axes"].ints
	if len(in) > 1 && in[1].kind == isConstant {
		list = in[1].table.ints
	}
	var at []int
	for _, a := range list {
		at = append(at, negative(a, rank))
	}
	return at
}

func squeeze(w *writer, n *node, in []value) (value, error) {
	if len(in) > 0 && in[0].kind == isShape {
		return in[0], nil
	}
	x, err := movable(in)
	if err != nil {
		return value{}, err
	}
	var dims []int64
	gone := axes(n, in, x.rank)
	for i, d := range w.dims(x) {
		if drop := slices.Contains(gone, i) || len(gone) == 0 && d == 1; !drop {
			dims = append(dims, d)
		} else if d != 1 {
			return value{}, errShape
		}
	}
	return w.shaped(x, dims)
}

func unsqueeze(w *writer, n *node, in []value) (value, error) {
	if len(in) > 0 && in[0].kind == isShape {
		return in[0], nil
	}
	x, err := movable(in)
	if err != nil {
		return value{}, err
	}
	dims := w.dims(x)
	for _, a := range axes(n, in, x.rank+1) {
		if a < 1 || a > len(dims) {
			return value{}, errShape
		}
		dims = slices.Insert(dims, a, 1)
	}
	return w.shaped(x, dims)
}

func shapeOf(w *writer, _ *node, in []value) (value, error) {
	x, err := movable(in)
	if err != nil {
		return value{}, err
	}
	return value{kind: isShape, shape: w.dims(x)}, nil
}

// concat puts tensors side by side: their columns, their steps, or the numbers of a shape.
func concat(w *writer, n *node, in []value) (value, error) {
	if len(in) == 0 {
		return value{}, errNotNode
	}
	if slices.ContainsFunc(in, func(v value) bool { return v.kind == isShape }) {
		all := value{kind: isShape}
		for _, v := range in {
			if v.kind == isConstant {
				v.shape = v.table.ints
			}
			all.shape = append(all.shape, v.shape...)
		}
		return all, nil
	}
	var nodes []int32
	steps := 0
	for i := range in {
		x, err := computed(in, i)
		if err != nil {
			return value{}, err
		}
		if x.rank != in[0].rank {
			return value{}, errShape
		}
		nodes, steps = append(nodes, x.node), steps+w.Shape(x.node).Steps
	}
	out := in[0]
	switch axis := negative(n.attributes["axis"].i, out.rank); {
	case axis == out.rank-1 && axis > 0:
		out.node = w.Op(nn.OpConcat, nodes...)
	case axis == 1 && out.rank == 3:
		for i, x := range nodes {
			nodes[i] = w.OpN(nn.OpReshape, 1, x)
		}
		out.node = w.OpN(nn.OpReshape, steps, w.Op(nn.OpConcat, nodes...))
	default:
		return value{}, errShape
	}
	return out, nil
}

// negative returns an axis counted from the first one.
func negative(axis int64, rank int) int {
	if axis < 0 {
		axis += int64(rank)
	}
	return int(axis)
}
