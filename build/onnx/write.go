package onnx

import (
	"fmt"
	"slices"

	"sparrow/wasm/nn"
)

// answerName is the output of what is written.
const answerName = "score"

// page writes a graph of a bundle as a graph of ONNX: an input for each of its numbers, [batch×1], and
// one for each of its fields, [batch] or [batch×slots], where -1 is none. A value of one step is
// [batch×columns], one of several is [batch×steps×columns].
type page struct {
	graph   *nn.Graph
	shapes  []nn.Shape
	numbers []string // [F] names of the numbers
	// of the numbers, which the graph reads as (x - mean)/deviation; nil for x
	mean, deviation []float32

	out    message
	values []string // of the graph's nodes
	tables []string // of its parameters, as tables of ids
	params []string
	made   int
}

// model returns the whole model.
func (p *page) model(metadata ...[2]string) ([]byte, error) {
	shapes, err := p.graph.Shapes()
	if err != nil {
		return nil, err
	}
	p.shapes, p.values = shapes, make([]string, len(shapes))
	p.tables, p.params = make([]string, len(p.graph.Params)), make([]string, len(p.graph.Params))
	p.out = p.out.text(2, "sparrow")
	for _, name := range p.numbers {
		p.out = p.out.bytes(11, described(name, typeFloat, 1))
	}
	for _, f := range p.graph.Fields {
		if f.Slots == 1 {
			p.out = p.out.bytes(11, described(f.Name, typeInt64))
		} else {
			p.out = p.out.bytes(11, described(f.Name, typeInt64, f.Slots))
		}
	}
	for i := range p.graph.Nodes {
		n := &p.graph.Nodes[i]
		if p.values[i], err = p.node(n, shapes[i]); err != nil {
			return nil, fmt.Errorf("node %d, %v: %w", i, n.Op, err)
		}
	}
	answer := shapes[p.graph.Output]
	if answer.Steps != 1 {
		return nil, fmt.Errorf("its answer has %d steps", answer.Steps)
	}
	p.out = p.out.bytes(1, step("Identity", answerName, []string{p.values[p.graph.Output]}, answerName))
	p.out = p.out.bytes(12, described(answerName, typeFloat, answer.Cols))
	return enclosed(p.out, metadata...), nil
}

// add writes a node and returns the name of its output, which is its own.
func (p *page) add(op string, in []string, attributes ...message) string {
	p.made++
	name := fmt.Sprint(op, p.made)
	p.out = p.out.bytes(1, step(op, name, in, name, attributes...))
	return name
}

// on is add of inputs and no attributes.
func (p *page) on(op string, in ...string) string { return p.add(op, in) }

func (p *page) constant(dims []int, v ...float32) string {
	p.made++
	name := fmt.Sprint("numbers", p.made)
	p.out = p.out.bytes(5, weights(name, dims, v...))
	return name
}

func (p *page) whole(v ...int64) string {
	p.made++
	name := fmt.Sprint("whole", p.made)
	p.out = p.out.bytes(5, wholes(name, []int{len(v)}, v...))
	return name
}

// param returns a parameter, [rows×cols], one of one row as [cols].
func (p *page) param(i int32) string {
	if p.params[i] == "" {
		q := &p.graph.Params[i]
		dims := []int{q.Rows, q.Cols}
		if q.Rows == 1 {
			dims = dims[1:]
		}
		p.params[i] = p.constant(dims, q.Data...)
	}
	return p.params[i]
}

// table returns a parameter whose last row is zeros: there an id of -1 points, which counts
// from the end.
func (p *page) table(i int32) string {
	if p.tables[i] == "" {
		q := &p.graph.Params[i]
		p.tables[i] = p.constant([]int{q.Rows + 1, q.Cols}, append(slices.Clone(q.Data), make([]float32, q.Cols)...)...)
	}
	return p.tables[i]
}

// shaped returns x with the shape of s.
func (p *page) shaped(x string, s nn.Shape) string {
	if s.Steps == 1 {
		return p.on("Reshape", x, p.whole(0, int64(s.Cols)))
	}
	return p.on("Reshape", x, p.whole(0, int64(s.Steps), int64(s.Cols)))
}

// sum returns the sum over a dimension, which stays with keep as one of 1.
func (p *page) sum(x string, axis int64, keep int) string {
	return p.add("ReduceSum", []string{x, p.whole(axis)}, whole("keepdims", keep))
}

// sumSteps returns the sum over the steps of a value of shape s.
func (p *page) sumSteps(x string, s nn.Shape) string {
	if s.Steps == 1 {
		return x
	}
	return p.sum(x, 1, 0)
}

// input returns all numbers side by side, standardized where that is the model's part.
func (p *page) input() string {
	x := p.numbers[0]
	if len(p.numbers) > 1 {
		x = p.add("Concat", p.numbers, whole("axis", 1))
	}
	if p.mean != nil {
		x = p.on("Sub", x, p.constant([]int{len(p.mean)}, p.mean...))
		x = p.on("Div", x, p.constant([]int{len(p.deviation)}, p.deviation...))
	}
	return x
}
