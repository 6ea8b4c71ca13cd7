package onnx

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"sparrow/wasm/nn"
)

// operations are those that a graph of a bundle has something for. Each returns the value of
// a node's first output.
var operations map[string]func(w *writer, n *node, in []value) (value, error)

func init() { // not where it is declared: operations read others by their name
	operations = map[string]func(w *writer, n *node, in []value) (value, error){
		"Gemm": gemm, "MatMul": matMul, "Add": byElements(nn.OpAdd, (*writer).plus), "Sub": subtract, "Mul": byElements(nn.OpMul, (*writer).times), "Div": divide, "Neg": negate,
		"Relu": activate(nn.OpReLU), "Sigmoid": activate(nn.OpSigmoid), "Tanh": activate(nn.OpTanh), "PRelu": prelu, "LeakyRelu": leaky,
		"BatchNormalization": batchNorm, "LayerNormalization": layerNorm,
		"Less": less, "Not": not, "Identity": same, "Dropout": same, "Cast": same,
		"Concat": concat, "Flatten": flatten, "Reshape": reshape, "Squeeze": squeeze, "Unsqueeze": unsqueeze, "Shape": shapeOf, "Constant": constant,
		"Gather": gather, "ReduceSum": reduce(1), "ReduceMean": reduce(0),
		"GreaterOrEqual": present, "Greater": present, "Equal": equal, "Slice": slice, "Expand": expand, "Softmax": softmaxSteps, "ReduceL2": length, "Max": floor, "Clip": floor,
		"ai.onnx.ml.Scaler": scaler, "ai.onnx.ml.LinearRegressor": linearModel, "ai.onnx.ml.LinearClassifier": linearModel,
	}
}

var (
	errNotNode     = errors.New("an input that is no number that the model's inputs make")
	errNotConstant = errors.New("weights that are not constant, or of another shape than they may have")
)

// computed returns the i-th input, which must be a node.
func computed(in []value, i int) (value, error) {
	if i >= len(in) || in[i].kind != isNode || in[i].rank == 0 {
		return value{}, errNotNode
	}
	return in[i], nil
}

// same returns the first input: what matters in training alone, or types.
func same(_ *writer, _ *node, in []value) (value, error) {
	if len(in) == 0 {
		return value{}, errNotNode
	}
	return in[0], nil
}

// activate returns an operation by elements.
func activate(op nn.Op) func(w *writer, n *node, in []value) (value, error) {
	return func(w *writer, _ *node, in []value) (value, error) {
		x, err := computed(in, 0)
		if err != nil {
			return value{}, err
		}
		x.node = w.Op(op, x.node)
		return x, nil
	}
}

// slopes applies PReLU.
func (w *writer) slopes(x value, slopes []float32) (value, error) {
	cols := w.Shape(x.node).Cols
	p := w.Param(fmt.Sprint("slope", len(w.Graph.Params)), 1, cols, 0, 0)
	switch len(slopes) {
	case 1:
		for i := range cols {
			w.Graph.Params[p].Data[i] = slopes[0]
		}
	case cols:
		copy(w.Graph.Params[p].Data, slopes)
	default:
		return value{}, errNotConstant
	}
	x.node = w.Node(nn.Node{Op: nn.OpPReLU, In: []int32{x.node}, Param: []int32{p}})
	return x, nil
}

func prelu(w *writer, _ *node, in []value) (value, error) {
	x, err := computed(in, 0)
	if err != nil {
		return value{}, err
	}
	if len(in) < 2 || in[1].kind != isConstant {
		return value{}, errNotConstant
	}
	slopes, ok := in[1].table.vector()
	if !ok {
		return value{}, errNotConstant
	}
	return w.slopes(x, slopes)
}

func leaky(w *writer, n *node, in []value) (value, error) {
	x, err := computed(in, 0)
	if err != nil {
		return value{}, err
	}
	alpha, ok := n.attributes["alpha"]
	if !ok {
		alpha.f = 0.01
	}
	return w.slopes(x, []float32{alpha.f})
}

// gather looks ids up in a table, takes columns, or takes a number of a shape.
func gather(w *writer, n *node, in []value) (value, error) {
	if len(in) != 2 {
		return value{}, errNotNode
	}
	axis := n.attributes["axis"].i
	from, at := in[0], in[1]
	switch {
	case from.kind == isConstant && at.kind == isIDs && !at.moved && axis == 0:
		return w.embed(from.table, at)
	case from.kind == isShape && at.kind == isConstant && axis == 0:
		v := value{kind: isShape}
		for _, i := range at.table.ints {
			if i < 0 {
				i += int64(len(from.shape))
			}
			if i < 0 || i >= int64(len(from.shape)) {
				return value{}, errors.New("an index out of range")
			}
			v.shape = append(v.shape, from.shape[i])
		}
		return v, nil
	case from.kind == isNode && from.rank == 2 && at.kind == isConstant && len(at.table.ints) > 0 && (axis == 1 || axis == -1):
		ints := at.table.ints
		for i, c := range ints {
			if c != ints[0]+int64(i) || c < 0 {
				return value{}, errors.New("columns that do not stand side by side")
			}
		}
		from.node = w.columns(from.node, int(ints[0]), int(ints[0])+len(ints))
		from.rank -= 1 - len(at.table.dims)
		return from, nil
	}
	return value{}, errors.New("what can be gathered are rows of a constant table, by an input that is bound to a feature with ids, and columns side by side")
}

// maxEmbedding is how wide the vectors of ids may be: the catalog has one for each.
const maxEmbedding = 1024

// embed looks ids of an input up in a table, whose rows become those of the catalog.
func (w *writer) embed(t *tensor, ids value) (value, error) {
	rows, cols, ok := t.table()
	if !ok || len(t.dims) != 2 || cols > maxEmbedding {
		return value{}, errNotConstant
	}
	own := ids.bound.rows
	p := w.Param(fmt.Sprint("table", len(w.Graph.Params)), len(own), cols, 0, 0)
	for r, from := range own {
		if int(from) >= rows {
			return value{}, fmt.Errorf("its table has %d rows, and there are more ids", rows)
		}
		if from >= 0 {
			copy(w.Graph.Params[p].Row(r), t.floats[int(from)*cols:][:cols])
		}
	}
	return value{node: w.Embed(ids.bound.field, p), rank: ids.rank + 1}, nil
}

// layerNorm is over the columns, as a graph of a bundle has it.
func layerNorm(w *writer, n *node, in []value) (value, error) {
	x, err := computed(in, 0)
	if err != nil {
		return value{}, err
	}
	axis, ok := n.attributes["axis"]
	if epsilon, given := n.attributes["epsilon"]; given && math.Abs(float64(epsilon.f)-1e-5) > 1e-9 || ok && axis.i != -1 && int(axis.i) != x.rank-1 {
		return value{}, errors.New("a layer norm over other than the last dimension, or with an epsilon other than 1e-5")
	}
	cols := w.Shape(x.node).Cols
	params := []int32{w.Param(fmt.Sprint("gain", n.number), 1, cols, 0, 0), w.Param(fmt.Sprint("shift", n.number), 1, cols, 0, 0)}
	for i, p := range params {
		if i+1 >= len(in) || in[i+1].kind != isConstant {
			if i == 0 {
				return value{}, errNotConstant
			}
			continue // no shift
		}
		v, ok := in[i+1].table.vector()
		if !ok || len(v) != cols {
			return value{}, errNotConstant
		}
		copy(w.Graph.Params[p].Data, v)
	}
	x.node = w.Node(nn.Node{Op: nn.OpLayerNorm, In: []int32{x.node}, Param: params})
	return x, nil
}

// reduce sums over steps or columns; with a factor of 0 it is the mean.
func reduce(factor float32) func(w *writer, n *node, in []value) (value, error) {
	return func(w *writer, n *node, in []value) (value, error) {
		x, err := computed(in, 0)
		if err != nil {
			return value{}, err
		}
		over := axes(n, in, x.rank)
		if len(over) != 1 {
			return value{}, errors.New("a sum over other than one dimension")
		}
		axis := over[0]
		s, keep := w.Shape(x.node), true
		if k, ok := n.attributes["keepdims"]; ok {
			keep = k.i != 0
		}
		scale := factor
		switch {
		case axis == x.rank-1 && axis > 0:
			x.node = w.Op(nn.OpSumCols, x.node)
			if factor == 0 {
				scale = 1 / float32(s.Cols)
			}
			if !keep && x.rank == 3 { // what was a step is a column then
				x.node = w.OpN(nn.OpReshape, 1, x.node)
			}
		case axis == 1 && x.rank == 3:
			if s.Cols == 1 && factor == 1 && w.mask(x.node) {
				x.counted, x.mask = true, x.node
			}
			x.node = w.Op(nn.OpSumSteps, x.node)
			if factor == 0 {
				scale = 1 / float32(s.Steps)
			}
		default:
			return value{}, errors.New("a sum over the batch")
		}
		if scale != 1 {
			x.node = w.Scale(x.node, scale)
		}
		if !keep {
			x.rank--
		}
		return x, nil
	}
}

// constant is a tensor that stands in the node itself.
func constant(_ *writer, n *node, _ []value) (value, error) {
	if t := n.attributes["value"].t; t != nil {
		return value{kind: isConstant, table: t}, nil
	}
	if a, ok := n.attributes["value_ints"]; ok {
		return value{kind: isConstant, table: &tensor{dims: []int64{int64(len(a.ints))}, ints: slices.Clone(a.ints)}}, nil
	}
	if a, ok := n.attributes["value_int"]; ok {
		return value{kind: isConstant, table: &tensor{ints: []int64{a.i}}}, nil
	}
	if a, ok := n.attributes["value_float"]; ok {
		return value{kind: isConstant, table: &tensor{floats: []float32{a.f}}}, nil
	}
	return value{}, errors.New("a constant of a kind that is not known")
}
