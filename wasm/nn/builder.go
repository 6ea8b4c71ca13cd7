package nn

// Builder puts a graph together. Its methods append a node and return its
// number; they panic where shapes do not match, which is a mistake in the model's code.
type Builder struct {
	Graph Graph
	// Start fills a new parameter, given its fan-in and fan-out; see [Builder.Param].
	Start func(p *Param, in, out int)
	// StartTable fills a new table; nil for Start with its width as fan-in and fan-out.
	StartTable func(p *Param)
}

// NewBuilder returns a builder of graphs with the given inputs. start is called
// for each new weight matrix and table; biases start at 0 and gains at 1.
func NewBuilder(numeric int, fields []Field, start func(p *Param, in, out int)) *Builder {
	return &Builder{Graph: Graph{Numeric: numeric, Fields: fields}, Start: start}
}

// Finish makes node the output and returns the graph.
func (b *Builder) Finish(node int32) *Graph {
	b.Graph.Output = node
	if err := b.Graph.Check(); err != nil {
		panic("nn: " + err.Error())
	}
	return &b.Graph
}

// Param adds a parameter, [rows×cols], filled by start, or with zeros when in is 0.
func (b *Builder) Param(name string, rows, cols, in, out int) int32 {
	p := Param{name, rows, cols, make([]float32, rows*cols)}
	if in > 0 {
		b.Start(&p, in, out)
	}
	b.Graph.Params = append(b.Graph.Params, p)
	return int32(len(b.Graph.Params) - 1)
}

// Node adds any node.
func (b *Builder) Node(n Node) int32 {
	g := &b.Graph
	g.Nodes = append(g.Nodes, n)
	if _, err := g.Shapes(); err != nil {
		panic("nn: " + err.Error())
	}
	return int32(len(g.Nodes) - 1)
}

// Shape returns what a node makes of each example.
func (b *Builder) Shape(node int32) Shape {
	s, _ := b.Graph.Shapes()
	return s[node]
}

// Op adds a node that has inputs only.
func (b *Builder) Op(op Op, in ...int32) int32 { return b.Node(Node{Op: op, In: in}) }

// OpN adds a node with one input and a number: the steps of OpReshape and
// OpRepeat, the field of OpPresent (no input).
func (b *Builder) OpN(op Op, n int, in ...int32) int32 {
	return b.Node(Node{Op: op, In: in, N: int32(n)})
}

// Steps adds the steps from ≤ s < to of x.
func (b *Builder) Steps(x int32, from, to int) int32 {
	return b.Node(Node{Op: OpSteps, In: []int32{x}, N: int32(from), M: int32(to)})
}

// Table adds a parameter of a row for each id of field f.
func (b *Builder) Table(name string, f, width int) int32 {
	rows := b.Graph.Fields[f].Vocabulary
	if b.StartTable == nil {
		return b.Param(name, rows, width, width, width)
	}
	p := b.Param(name, rows, width, 0, 0)
	b.StartTable(&b.Graph.Params[p])
	return p
}

// Embed adds the rows of table by the ids of field f.
func (b *Builder) Embed(f int, table int32) int32 {
	return b.Node(Node{Op: OpEmbed, N: int32(f), Param: []int32{table}})
}

// Linear adds x·W + b with new parameters.
func (b *Builder) Linear(name string, x int32, width int) int32 {
	in := b.Shape(x).Cols
	w := b.Param(name+".weight", in, width, in, width)
	return b.Node(Node{Op: OpLinear, In: []int32{x}, Param: []int32{w, b.Param(name+".bias", 1, width, 0, 0)}})
}

// MLP adds layers of the given widths, each a Linear and an activation
// (OpReLU or OpPReLU), with dropout behind each when rate is above 0.
func (b *Builder) MLP(name string, x int32, activation Op, rate float32, widths ...int) int32 {
	for i, w := range widths {
		x = b.Activation(name+number(i), activation, b.Linear(name+number(i), x, w))
		x = b.Dropout(x, rate)
	}
	return x
}

// Activation adds an activation; PReLU has its slopes as a parameter, from 0.25.
func (b *Builder) Activation(name string, op Op, x int32) int32 {
	if op != OpPReLU {
		return b.Op(op, x)
	}
	a := b.Param(name+".slope", 1, b.Shape(x).Cols, 0, 0)
	b.fill(a, 0.25)
	return b.Node(Node{Op: op, In: []int32{x}, Param: []int32{a}})
}

// Dropout adds dropout, or nothing when rate is 0.
func (b *Builder) Dropout(x int32, rate float32) int32 {
	if rate == 0 {
		return x
	}
	return b.Node(Node{Op: OpDropout, In: []int32{x}, Factor: rate})
}

// Scale adds factor·x.
func (b *Builder) Scale(x int32, factor float32) int32 {
	return b.Node(Node{Op: OpScale, In: []int32{x}, Factor: factor})
}

// LayerNorm adds a layer norm with new parameters.
func (b *Builder) LayerNorm(name string, x int32) int32 {
	c := b.Shape(x).Cols
	gain := b.Param(name+".gain", 1, c, 0, 0)
	b.fill(gain, 1)
	return b.Node(Node{Op: OpLayerNorm, In: []int32{x}, Param: []int32{gain, b.Param(name+".bias", 1, c, 0, 0)}})
}

// GRU adds a gated recurrent unit of the given width, with attention an AUGRU.
func (b *Builder) GRU(name string, width int, x, mask int32, attention ...int32) int32 {
	c, op := b.Shape(x).Cols, OpGRU
	if len(attention) > 0 {
		op = OpAUGRU
	}
	return b.Node(Node{Op: op, In: append([]int32{x, mask}, attention...), Param: []int32{
		b.Param(name+".input", c, 3*width, c, width), b.Param(name+".state", width, 3*width, width, width),
		b.Param(name+".bias", 1, 3*width, 0, 0)}})
}

// Attention adds causal attention of the queries q over k and v.
func (b *Builder) Attention(name string, heads int, q, k, v, mask int32) int32 {
	return b.Node(Node{Op: OpAttention, In: []int32{q, k, v, mask}, N: int32(heads),
		Param: []int32{b.Param(name+".distance", heads, b.Shape(k).Steps, 0, 0)}})
}

func (b *Builder) fill(param int32, v float32) {
	data := b.Graph.Params[param].Data
	for i := range data {
		data[i] = v
	}
}
