package nn

import "errors"

// Op is an operation of a graph.
type Op uint8

// Operations. x, y, z are the inputs in their order, [B·S×C] unless said
// otherwise; "mask" is a node of one column that is 1 where a step exists and 0
// where not.
const (
	OpInput         Op = iota + 1 // [Batch.Numeric]: [B×F]
	OpEmbed                       // rows of the parameter [V×D] by the ids of field N: [B·Slots×D]; none gives zeros
	OpPresent                     // 1 where field N has an id, else 0: [B·Slots×1]
	OpReshape                     // the same values as N steps
	OpSteps                       // steps N ≤ s < M
	OpRepeat                      // one step, N times
	OpConcat                      // columns of the inputs side by side
	OpLinear                      // x·W + b with the parameters W [C×H] and b [1×H]
	OpReLU                        // max(0, x)
	OpPReLU                       // x where it is above 0, else a·x, with the parameter a [1×C]
	OpSigmoid                     // 1/(1+e^-x)
	OpTanh                        // (1-e^-2x)/(1+e^-2x)
	OpAdd                         // x + y
	OpSub                         // x - y
	OpMul                         // x ∘ y, by elements
	OpScale                       // Factor·x
	OpDot                         // inner product of the rows of x and y: [B·S×1]
	OpUnit                        // rows divided by their length, zeros stay
	OpSumCols                     // sum over columns: [B·S×1]
	OpSumSteps                    // sum over steps: [B×C]
	OpMeanSteps                   // inputs x and mask: mean over the steps that exist: [B×C], zeros when there are none
	OpWeightedSum                 // inputs w [B·S×1] and x: Σ_s w_s·x_s: [B×C]
	OpSoftmaxSteps                // inputs x [B·S×1] and mask: softmax over the steps that exist: [B·S×1]
	OpBiInteraction               // ½((Σ_s x_s)² - Σ_s x_s²), by elements, over steps that are fields: [B×C]
	OpInnerProducts               // ⟨x_s, x_t⟩ of all pairs s < t of steps: [B×S(S-1)/2]
	OpOuterProduct                // p·pᵀ with p = Σ_s x_s: [B×C²]
	OpGRU                         // inputs x and mask, parameters W [C×3H], U [H×3H], b [1×3H]: states [B·S×H], oldest step first
	OpAUGRU                       // inputs x, mask and attention [B·S×1], parameters as GRU: states [B·S×H]
	OpLayerNorm                   // (x - mean)/√(variance + 1e-5) by rows, times and plus the parameters [1×C]
	OpAttention                   // inputs query, key, value, mask; parameter [N×≥S] by head and distance: [B·steps of query×C]
	OpDropout                     // x; in training elements are zeroed with probability Factor and the rest scaled up
)

var opNames = [...]string{"?", "input", "embed", "present", "reshape", "steps", "repeat", "concat", "linear", "relu", "prelu",
	"sigmoid", "tanh", "add", "sub", "mul", "scale", "dot", "unit", "sum of columns", "sum of steps", "mean of steps", "weighted sum",
	"softmax", "bi-interaction", "inner products", "outer product", "gru", "augru", "layer norm", "attention", "dropout"}

// String returns the operation's name.
func (o Op) String() string {
	if int(o) < len(opNames) {
		return opNames[o]
	}
	return opNames[0]
}

// inputs is the number of inputs of each operation; -1 for any above 0.
var inputs = [...]int8{OpInput: 0, OpEmbed: 0, OpPresent: 0, OpReshape: 1, OpSteps: 1, OpRepeat: 1, OpConcat: -1, OpLinear: 1, OpReLU: 1, OpPReLU: 1,
	OpSigmoid: 1, OpTanh: 1, OpAdd: 2, OpSub: 2, OpMul: 2, OpScale: 1, OpDot: 2, OpUnit: 1, OpSumCols: 1, OpSumSteps: 1, OpMeanSteps: 2, OpWeightedSum: 2,
	OpSoftmaxSteps: 2, OpBiInteraction: 1, OpInnerProducts: 1, OpOuterProduct: 1, OpGRU: 2, OpAUGRU: 3, OpLayerNorm: 1, OpAttention: 4, OpDropout: 1}

var (
	errInputs = errors.New("inputs that do not fit")
	errParams = errors.New("parameters that do not fit")
	errAttr   = errors.New("an attribute out of range")
)

// shape returns the shape of node n, whose inputs have the given shapes.
func (g *Graph) shape(before []Shape, n *Node) (Shape, error) {
	if n.Op == 0 || int(n.Op) >= len(inputs) || inputs[n.Op] >= 0 && len(n.In) != int(inputs[n.Op]) || inputs[n.Op] < 0 && len(n.In) == 0 {
		return Shape{}, errInputs
	}
	in := make([]Shape, len(n.In))
	for i, at := range n.In {
		if at < 0 || int(at) >= len(before) {
			return Shape{}, errInputs
		}
		in[i] = before[at]
	}
	for _, p := range n.Param {
		if p < 0 || int(p) >= len(g.Params) {
			return Shape{}, errParams
		}
	}
	switch n.Op {
	case OpInput:
		return Shape{1, g.Numeric}, nil
	case OpEmbed, OpPresent:
		return g.shapeOfField(n)
	case OpReshape:
		if n.N < 1 || in[0].size()%int(n.N) != 0 {
			return Shape{}, errAttr
		}
		return Shape{int(n.N), in[0].size() / int(n.N)}, nil
	case OpSteps:
		if n.N < 0 || n.M <= n.N || int(n.M) > in[0].Steps {
			return Shape{}, errAttr
		}
		return Shape{int(n.M - n.N), in[0].Cols}, nil
	case OpRepeat:
		if in[0].Steps != 1 || n.N < 1 {
			return Shape{}, errAttr
		}
		return Shape{int(n.N), in[0].Cols}, nil
	case OpConcat:
		s := Shape{in[0].Steps, 0}
		for _, x := range in {
			if x.Steps != s.Steps {
				return Shape{}, errInputs
			}
			s.Cols += x.Cols
		}
		return s, nil
	case OpLinear:
		if !g.has(n, in[0].Cols, -1) || !g.has2(n, 1, 1, g.Params[n.Param[0]].Cols) || len(n.Param) != 2 {
			return Shape{}, errParams
		}
		return Shape{in[0].Steps, g.Params[n.Param[0]].Cols}, nil
	case OpAdd, OpSub, OpMul, OpDot:
		if in[0] != in[1] {
			return Shape{}, errInputs
		}
	case OpMeanSteps, OpSoftmaxSteps:
		if in[1] != (Shape{in[0].Steps, 1}) || n.Op == OpSoftmaxSteps && in[0].Cols != 1 {
			return Shape{}, errInputs
		}
	case OpWeightedSum:
		if in[0] != (Shape{in[1].Steps, 1}) {
			return Shape{}, errInputs
		}
		return Shape{1, in[1].Cols}, nil
	case OpPReLU:
		if len(n.Param) != 1 || !g.has(n, 1, in[0].Cols) {
			return Shape{}, errParams
		}
	case OpLayerNorm:
		if len(n.Param) != 2 || !g.has(n, 1, in[0].Cols) || !g.has2(n, 1, 1, in[0].Cols) {
			return Shape{}, errParams
		}
	case OpGRU, OpAUGRU:
		return g.shapeOfGRU(n, in)
	case OpAttention:
		c := in[0].Cols
		if in[1].Cols != c || in[1].Steps < in[0].Steps || in[2] != in[1] || in[3] != (Shape{in[1].Steps, 1}) {
			return Shape{}, errInputs
		}
		if n.N < 1 || c%int(n.N) != 0 {
			return Shape{}, errAttr
		}
		// The bias may be of more distances: a graph for shorter histories shares it.
		if len(n.Param) != 1 || !g.has(n, int(n.N), -1) || g.Params[n.Param[0]].Cols < in[1].Steps {
			return Shape{}, errParams
		}
	case OpDropout:
		if !(n.Factor >= 0 && n.Factor < 1) {
			return Shape{}, errAttr
		}
	}
	switch n.Op {
	case OpDot, OpSumCols:
		return Shape{in[0].Steps, 1}, nil
	case OpSumSteps, OpMeanSteps, OpBiInteraction:
		return Shape{1, in[0].Cols}, nil
	case OpInnerProducts:
		return Shape{1, in[0].Steps * (in[0].Steps - 1) / 2}, nil
	case OpOuterProduct:
		return Shape{1, in[0].Cols * in[0].Cols}, nil
	}
	return in[0], nil
}

func (g *Graph) shapeOfField(n *Node) (Shape, error) {
	if n.N < 0 || int(n.N) >= len(g.Fields) {
		return Shape{}, errAttr
	}
	f := &g.Fields[n.N]
	if n.Op == OpPresent {
		return Shape{f.Slots, 1}, nil
	}
	if len(n.Param) != 1 || !g.has(n, f.Vocabulary, -1) {
		return Shape{}, errParams
	}
	return Shape{f.Slots, g.Params[n.Param[0]].Cols}, nil
}

func (g *Graph) shapeOfGRU(n *Node, in []Shape) (Shape, error) {
	mask := Shape{in[0].Steps, 1}
	if in[1] != mask || n.Op == OpAUGRU && in[2] != mask {
		return Shape{}, errInputs
	}
	if len(n.Param) != 3 {
		return Shape{}, errParams
	}
	h := g.Params[n.Param[1]].Rows
	if h < 1 || !g.has(n, in[0].Cols, 3*h) || !g.has2(n, 1, h, 3*h) || !g.has2(n, 2, 1, 3*h) {
		return Shape{}, errParams
	}
	return Shape{in[0].Steps, h}, nil
}

// has reports whether the first parameter of n is [rows×cols], any cols when it is -1.
func (g *Graph) has(n *Node, rows, cols int) bool { return g.has2(n, 0, rows, cols) }

// has2 tells it of parameter i.
func (g *Graph) has2(n *Node, i, rows, cols int) bool {
	if i >= len(n.Param) {
		return false
	}
	p := &g.Params[n.Param[i]]
	return p.Rows == rows && (cols < 0 || p.Cols == cols)
}
