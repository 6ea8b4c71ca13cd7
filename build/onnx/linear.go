package onnx

import (
	"fmt"
	"math"

	"sparrow/wasm/nn"
)

// linear returns x·W + b, where weights are [in×out]; b may be nil.
func (w *writer) linear(x value, weights []float32, in, out int, bias []float32) (value, error) {
	if w.Shape(x.node).Cols != in || len(weights) != in*out || bias != nil && len(bias) != out {
		return value{}, fmt.Errorf("weights of %d × %d for an input of %d", in, out, w.Shape(x.node).Cols)
	}
	name := fmt.Sprint("layer", len(w.Graph.Nodes))
	a, b := w.Param(name+".weight", in, out, 0, 0), w.Param(name+".bias", 1, out, 0, 0)
	copy(w.Graph.Params[a].Data, weights)
	copy(w.Graph.Params[b].Data, bias)
	x.node = w.Node(nn.Node{Op: nn.OpLinear, In: []int32{x.node}, Param: []int32{a, b}})
	return x, nil
}

// turned returns the transpose of m, [rows×cols].
func turned(m []float32, rows, cols int) []float32 {
	t := make([]float32, 0, len(m))
	for c := range cols {
		for r := range rows {
			t = append(t, m[r*cols+c])
		}
	}
	return t
}

func gemm(w *writer, n *node, in []value) (value, error) {
	x, err := computed(in, 0)
	if err != nil {
		return value{}, err
	}
	if len(in) < 2 || in[1].kind != isConstant || len(in[1].table.dims) != 2 || n.attributes["transA"].i != 0 {
		return value{}, errNotConstant
	}
	rows, cols, ok := in[1].table.table()
	if !ok {
		return value{}, errNotConstant
	}
	weights := in[1].table.floats
	if n.attributes["transB"].i != 0 {
		weights, rows, cols = turned(weights, rows, cols), cols, rows
	}
	if alpha, ok := n.attributes["alpha"]; ok && alpha.f != 1 {
		weights = scaled(weights, alpha.f)
	}
	var bias []float32
	if len(in) > 2 {
		if in[2].kind != isConstant {
			return value{}, errNotConstant
		}
		v, ok := in[2].table.vector()
		if !ok || len(v) != 1 && len(v) != cols {
			return value{}, errNotConstant
		}
		if bias = spread(v, cols); n.attributes["beta"].f != 1 {
			if beta, given := n.attributes["beta"]; given {
				bias = scaled(bias, beta.f)
			}
		}
	}
	return w.linear(x, weights, rows, cols, bias)
}

func matMul(w *writer, _ *node, in []value) (value, error) {
	x, err := computed(in, 0)
	if err != nil {
		return value{}, err
	}
	if len(in) < 2 || in[1].kind != isConstant || len(in[1].table.dims) != 2 {
		return value{}, errNotConstant
	}
	rows, cols, ok := in[1].table.table()
	if !ok {
		return value{}, errNotConstant
	}
	return w.linear(x, in[1].table.floats, rows, cols, nil)
}

// scaled returns v times a factor.
func scaled(v []float32, by float32) []float32 {
	out := make([]float32, len(v))
	for i, x := range v {
		out[i] = x * by
	}
	return out
}

// spread returns v, or its only number n times.
func spread(v []float32, n int) []float32 {
	if len(v) != 1 {
		return v
	}
	out := make([]float32, n)
	for i := range out {
		out[i] = v[0]
	}
	return out
}

// batchNorm is (x - mean)/√(variance + epsilon)·gain + shift, by column, as after training.
func batchNorm(w *writer, n *node, in []value) (value, error) {
	x, err := computed(in, 0)
	if err != nil {
		return value{}, err
	}
	if len(in) != 5 {
		return value{}, errNotConstant
	}
	var of [4][]float32 // gain, shift, mean, variance
	for i := range of {
		if in[i+1].kind != isConstant || len(in[i+1].table.floats) != w.Shape(x.node).Cols {
			return value{}, errNotConstant
		}
		of[i] = in[i+1].table.floats
	}
	epsilon, ok := n.attributes["epsilon"]
	if !ok {
		epsilon.f = 1e-5
	}
	gain, shift := make([]float32, len(of[0])), make([]float32, len(of[0]))
	for i := range gain {
		g := float64(of[0][i]) / math.Sqrt(float64(of[3][i])+float64(epsilon.f))
		gain[i], shift[i] = float32(g), float32(float64(of[1][i])-float64(of[2][i])*g)
	}
	before := x.node
	if x, err = w.times(n, 0, x, gain); err != nil {
		return value{}, err
	}
	if x.node == before { // in the layer
		return w.plus(n, 0, x, shift)
	}
	c, err := w.constants(x, shift)
	if err == nil {
		x.node = w.Op(nn.OpAdd, x.node, c)
	}
	return x, err
}

// scaler is (x - offset)·scale, by column. Source: onnx.ai, Operators-ml.
func scaler(w *writer, n *node, in []value) (value, error) {
	x, err := computed(in, 0)
	if err != nil {
		return value{}, err
	}
	scale := n.attributes["scale"].floats
	shift := spread(n.attributes["offset"].floats, w.Shape(x.node).Cols)
	if len(scale) == 0 || len(shift) != w.Shape(x.node).Cols {
		return value{}, errNotConstant
	}
	c, err := w.constants(x, scaled(shift, -1))
	if err != nil {
		return value{}, err
	}
	x.node = w.Op(nn.OpAdd, x.node, c)
	if c, err = w.constants(x, spread(scale, len(shift))); err == nil {
		x.node = w.Op(nn.OpMul, x.node, c)
	}
	return x, err
}

// linearModel is a regression, or a classifier of two: its last row of coefficients then
// answers with ln(p/(1-p)).
func linearModel(w *writer, n *node, in []value) (value, error) {
	x, err := computed(in, 0)
	if err != nil {
		return value{}, err
	}
	cols := w.Shape(x.node).Cols
	c, b := n.attributes["coefficients"].floats, n.attributes["intercepts"].floats
	classes := len(c) / cols
	if len(c)%cols != 0 || classes < 1 || classes > 2 || len(b) != 0 && len(b) != classes {
		return value{}, fmt.Errorf("%d coefficients for %d numbers: what can be read is one answer, or two classes", len(c), cols)
	}
	if post := n.attributes["post_transform"].s; n.op == "LinearClassifier" && post != "" && post != "NONE" && post != "LOGISTIC" {
		return value{}, fmt.Errorf("classes by %s", post)
	}
	if len(b) > 0 {
		b = b[classes-1:]
	}
	return w.linear(x, c[(classes-1)*cols:], cols, 1, b)
}
