package onnx

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sparrow/wasm/catalog"
	"sparrow/wasm/nn"
	"sparrow/wasm/ranking"
)

// maxFile is the length of a file that is read: a ranker of a browser has megabytes.
const maxFile = 256 << 20

// Read reads the model of ranking at path, whose inputs are the features that b names, for the
// items of c. What it answers with is ln(p/(1-p)) where the model answers with p: a sigmoid
// at the end, a softmax of two or a classifier's choice are left out.
func Read(path string, b *Bind, c *catalog.Catalog) (*ranking.Pointwise, error) {
	p, err := read(path, b, c)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	return p, nil
}

func read(path string, b *Bind, c *catalog.Catalog) (*ranking.Pointwise, error) {
	m, err := modelIn(path)
	if err != nil {
		return nil, err
	}
	return m.pointwise(b, c)
}

// modelIn reads the file at path.
func modelIn(path string) (*model, error) {
	st, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if st.Size() > maxFile {
		return nil, fmt.Errorf("it has %d bytes; the limit is %d", st.Size(), maxFile)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return readModel(data)
}

// pointwise returns m as a model of a bundle.
func (m *model) pointwise(b *Bind, c *catalog.Catalog) (p *ranking.Pointwise, err error) {
	defer func() {
		if r := recover(); r != nil {
			p, err = nil, fmt.Errorf("it does not fit a graph of a bundle: %v", r)
		}
	}()
	schema, inputs, err := b.schema(m.inputs, c)
	if err != nil {
		return nil, err
	}
	output, err := m.output(b)
	if err != nil {
		return nil, err
	}
	var fields []nn.Field
	for _, f := range schema.Fields() {
		fields = append(fields, nn.Field(f))
	}
	w := newWriter(m, nn.NewBuilder(len(schema.Numerics()), fields, nil))
	w.inputs = inputs
	answer, err := w.answer(output)
	if err != nil {
		return nil, err
	}
	if s := w.Shape(answer); s != (nn.Shape{Steps: 1, Cols: 1}) {
		return nil, fmt.Errorf("its output %q has %d numbers an example, and a model of ranking answers with one", output, s.Steps*s.Cols)
	}
	w.Graph.Output = answer
	graph := w.Graph.Only(answer)
	p = &ranking.Pointwise{Name: b.Name, Source: b.Source, Schema: *schema, Graph: graph}
	return p, p.Check()
}

// output returns the output of m that b takes, or the only one.
func (m *model) output(b *Bind) (string, error) {
	switch {
	case b.Output != "":
		return b.Output, nil
	case len(m.outputs) != 1:
		return "", fmt.Errorf("it has the outputs %s: say which one is the answer, as output", strings.Join(m.outputs, ", "))
	}
	return m.outputs[0], nil
}

// newWriter returns a writer of the nodes of m, without inputs.
func newWriter(m *model, b *nn.Builder) *writer {
	w := &writer{Builder: b, model: m, inputs: map[string]bound{}, values: map[string]value{}, made: map[string]*node{}, uses: map[string]int{}}
	for _, n := range m.nodes {
		for _, name := range n.out {
			w.made[name] = n
		}
		for _, name := range n.in {
			w.uses[name]++
		}
	}
	return w
}

// value is what a tensor of the model is in the graph: a node of it, constant numbers, ids
// of an input, or a shape.
type value struct {
	kind  kind
	node  int32 // of the graph
	rank  int   // dimensions of the tensor, with that of the batch
	table *tensor
	bound bound   // of ids
	moved bool    // a number was added to the ids
	shape []int64 // numbers of a shape; -1 for the size of the batch

	counted bool  // a node that is the sum over the steps of a mask,
	mask    int32 // which is this node
}

type kind uint8

const (
	isNode kind = iota
	isConstant
	isIDs
	isShape
	isAbsent // where an input of ids has none
	isLength // of the rows of a node, which is there to divide that one by
)

// writer makes a graph of a model, from its output back to its inputs.
type writer struct {
	*nn.Builder
	model  *model
	inputs map[string]bound
	values map[string]value
	made   map[string]*node // by the names of their outputs
	uses   map[string]int
	depth  int
}

// maxDepth is how many nodes may follow one after the other.
const maxDepth = 10_000

// of returns the value of the tensor called name.
func (w *writer) of(name string) (value, error) {
	if v, ok := w.values[name]; ok {
		return v, nil
	}
	v, err := w.make(name)
	if err == nil {
		w.values[name] = v
	}
	return v, err
}

func (w *writer) make(name string) (value, error) {
	if t := w.model.constants[name]; t != nil {
		return value{kind: isConstant, table: t}, nil
	}
	if x, ok := w.inputs[name]; ok {
		return w.input(x, w.model.ranks[name]), nil
	}
	n := w.made[name]
	switch {
	case n == nil:
		return value{}, fmt.Errorf("no node makes the tensor %q", name)
	case (n.out[0] == name) == (n.op == "LinearClassifier"): // whose first output is the class
		return value{}, fmt.Errorf("%v: its output %q is none that can be taken", n, name)
	}
	if w.depth++; w.depth > maxDepth {
		return value{}, errors.New("its nodes stand in a circle")
	}
	defer func() { w.depth-- }()
	v, err := w.run(n)
	if err != nil && !errors.As(err, new(atNode)) {
		err = atNode{n, err}
	}
	return v, err
}

// atNode is an error with the node that it is of.
type atNode struct {
	node *node
	err  error
}

func (e atNode) Error() string { return e.node.String() + ": " + e.err.Error() }

// input returns the value of an input. Numbers that stand side by side are a step each of all
// of them, which costs no parameter. rank is what the model says, 0 for nothing.
func (w *writer) input(x bound, rank int) value {
	if rank != 1 && rank != 2 {
		rank = 2
		if x.field >= 0 && !x.several {
			rank = 1
		}
	}
	if x.several || x.count > 1 {
		rank = 2
	}
	if x.field >= 0 {
		return value{kind: isIDs, rank: rank, bound: x}
	}
	return value{node: w.columns(w.Op(nn.OpInput), x.first, x.first+x.count), rank: rank}
}

// columns returns the columns from to to of a node of one step.
func (w *writer) columns(node int32, from, to int) int32 {
	all := w.Shape(node).Cols
	if from == 0 && to == all {
		return node
	}
	return w.OpN(nn.OpReshape, 1, w.Steps(w.OpN(nn.OpReshape, all, node), from, to))
}

// run makes the first output of n. A graph that takes no such operation panics.
func (w *writer) run(n *node) (v value, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("its inputs do not fit a graph of a bundle: %v", r)
		}
	}()
	name := n.op
	if n.domain != "" && n.domain != "ai.onnx" {
		name = n.domain + "." + n.op
	}
	do := operations[name]
	switch {
	case slices.Contains([]string{"GRU", "LSTM", "RNN", "Loop", "Scan"}, name):
		return value{}, errors.New("a recurrence is read where its steps are written out, as build/tensorflow/dien.py does: so export it again, of so few steps that a graph's 1024 operations hold them")
	case do == nil:
		return value{}, errors.New("a graph of a bundle has no such operation")
	}
	in := make([]value, len(n.in))
	for i, from := range n.in {
		if from == "" {
			continue // an input that is left out
		}
		if in[i], err = w.of(from); err != nil {
			return value{}, err
		}
	}
	return do(w, n, in)
}

// answer returns the node of the graph that answers with ln(p/(1-p)) where the output does
// with p, or with two probabilities of which the last is p.
func (w *writer) answer(output string) (int32, error) {
	for {
		n := w.made[output]
		if n == nil || len(n.in) == 0 {
			break
		}
		next := n.in[0]
		switch {
		case n.op == "Softmax":
			v, err := w.of(next)
			if err != nil {
				return 0, err
			}
			if s := w.Shape(v.node); v.kind != isNode || s != (nn.Shape{Steps: 1, Cols: 2}) {
				return 0, atNode{n, errors.New("a softmax of other than two")}
			}
			return w.Op(nn.OpSub, w.columns(v.node, 1, 2), w.columns(v.node, 0, 1)), nil
		case n.op == "Concat" && w.complement(n):
			next = n.in[1]
		case !slices.Contains([]string{"Sigmoid", "Identity", "Cast", "ZipMap", "Normalizer", "Flatten", "Squeeze"}, n.op):
			next = ""
		}
		if next == "" {
			break
		}
		output = next
	}
	v, err := w.of(output)
	if err == nil && v.kind != isNode {
		err = fmt.Errorf("its output %q is no number that the inputs make", output)
	}
	return v.node, err
}

// complement reports whether n puts 1-p beside p.
func (w *writer) complement(n *node) bool {
	if len(n.in) != 2 {
		return false
	}
	first := w.made[n.in[0]]
	return first != nil && first.op == "Sub" && len(first.in) == 2 && first.in[1] == n.in[1]
}
