package onnx

import (
	"errors"

	"sparrow/wasm/nn"
)

// byElement are the operations that are one of ONNX, on the same inputs.
var byElement = map[nn.Op]string{nn.OpReLU: "Relu", nn.OpSigmoid: "Sigmoid", nn.OpTanh: "Tanh", nn.OpAdd: "Add", nn.OpSub: "Sub", nn.OpMul: "Mul"}

// errNoOperation is said of what standard operations cannot say in a few nodes.
var errNoOperation = errors.New("it is not written: a recurrence over steps, or attention by distance, is no operation of ONNX")

const (
	never = -1e9  // added to what a softmax leaves out
	least = 1e-30 // a length that is none
)

// node writes a node of the graph, whose value has shape s.
func (p *page) node(n *nn.Node, s nn.Shape) (string, error) {
	in, from := make([]string, len(n.In)), make([]nn.Shape, len(n.In))
	for i, at := range n.In {
		in[i], from[i] = p.values[at], p.shapes[at]
	}
	if op := byElement[n.Op]; op != "" {
		return p.on(op, in...), nil
	}
	switch n.Op {
	case nn.OpInput:
		return p.input(), nil
	case nn.OpEmbed:
		return p.add("Gather", []string{p.table(n.Param[0]), p.graph.Fields[n.N].Name}, whole("axis", 0)), nil
	case nn.OpPresent:
		there := p.on("GreaterOrEqual", p.graph.Fields[n.N].Name, p.whole(0))
		return p.on("Unsqueeze", p.add("Cast", []string{there}, whole("to", typeFloat)), p.whole(-1)), nil
	case nn.OpReshape:
		return p.shaped(in[0], s), nil
	case nn.OpSteps:
		if from[0].Steps == 1 {
			return in[0], nil
		}
		x := p.on("Slice", in[0], p.whole(int64(n.N)), p.whole(int64(n.M)), p.whole(1))
		if s.Steps == 1 {
			x = p.shaped(x, s)
		}
		return x, nil
	case nn.OpRepeat:
		if n.N == 1 {
			return in[0], nil
		}
		return p.on("Expand", p.on("Unsqueeze", in[0], p.whole(1)), p.whole(1, int64(n.N), 1)), nil
	case nn.OpConcat:
		return p.add("Concat", in, whole("axis", -1)), nil
	case nn.OpLinear:
		if s.Steps == 1 {
			return p.on("Gemm", in[0], p.matrix(n.Param[0]), p.param(n.Param[1])), nil
		}
		return p.on("Add", p.on("MatMul", in[0], p.matrix(n.Param[0])), p.param(n.Param[1])), nil
	case nn.OpPReLU:
		return p.on("PRelu", in[0], p.param(n.Param[0])), nil
	case nn.OpScale:
		return p.on("Mul", in[0], p.constant(nil, n.Factor)), nil
	case nn.OpDot:
		return p.sum(p.on("Mul", in...), -1, 1), nil
	case nn.OpUnit:
		length := p.add("ReduceL2", in, several("axes", -1), whole("keepdims", 1))
		return p.on("Div", in[0], p.on("Max", length, p.constant(nil, least))), nil
	case nn.OpSumCols:
		return p.sum(in[0], -1, 1), nil
	case nn.OpSumSteps:
		return p.sumSteps(in[0], from[0]), nil
	case nn.OpMeanSteps:
		sum, count := p.sumSteps(p.on("Mul", in...), from[0]), p.sumSteps(in[1], from[1])
		return p.on("Div", sum, p.on("Max", count, p.constant(nil, 1))), nil
	case nn.OpWeightedSum:
		return p.sumSteps(p.on("Mul", in[1], in[0]), from[1]), nil
	case nn.OpSoftmaxSteps:
		if s.Steps == 1 {
			return in[1], nil
		}
		out := p.on("Mul", p.on("Sub", p.constant(nil, 1), in[1]), p.constant(nil, never))
		return p.on("Mul", p.add("Softmax", []string{p.on("Add", in[0], out)}, whole("axis", 1)), in[1]), nil
	case nn.OpBiInteraction:
		sum := p.sumSteps(in[0], from[0])
		both := p.on("Sub", p.on("Mul", sum, sum), p.sumSteps(p.on("Mul", in[0], in[0]), from[0]))
		return p.on("Mul", both, p.constant(nil, 0.5)), nil
	case nn.OpInnerProducts:
		return p.products(in[0], from[0]), nil
	case nn.OpOuterProduct:
		x := p.sumSteps(in[0], from[0])
		return p.shaped(p.on("Mul", p.on("Unsqueeze", x, p.whole(2)), p.on("Unsqueeze", x, p.whole(1))), s), nil
	case nn.OpLayerNorm:
		return p.add("LayerNormalization", []string{in[0], p.param(n.Param[0]), p.param(n.Param[1])}, whole("axis", -1), real("epsilon", 1e-5)), nil
	case nn.OpDropout: // matters in training alone
		return in[0], nil
	}
	return "", errNoOperation
}

// matrix returns a parameter, [rows×cols], of one row, too.
func (p *page) matrix(i int32) string {
	q := &p.graph.Params[i]
	if q.Rows > 1 {
		return p.param(i)
	}
	return p.constant([]int{1, q.Cols}, q.Data...)
}

// products returns the inner products of all pairs of steps.
func (p *page) products(x string, s nn.Shape) string {
	all := p.on("MatMul", x, p.add("Transpose", []string{x}, several("perm", 0, 2, 1)))
	flat := p.shaped(all, nn.Shape{Steps: 1, Cols: s.Steps * s.Steps})
	var pairs []int64
	for a := range s.Steps {
		for b := a + 1; b < s.Steps; b++ {
			pairs = append(pairs, int64(a*s.Steps+b))
		}
	}
	return p.add("Gather", []string{flat, p.whole(pairs...)}, whole("axis", 1))
}
