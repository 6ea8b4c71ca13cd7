package nn

import "errors"

// Graph is a model as data: what the builder trains, the bundle carries and the
// browser runs. Nodes come after their inputs. The value of a node is a matrix of
// B·S rows and C columns, row-major, where B examples have S steps each: S is 1
// for most, and the length of the history in sequence models, step 0 the newest.
type Graph struct {
	Numeric int     // F, the width of [Batch.Numeric]
	Fields  []Field // categorical inputs
	Params  []Param
	Nodes   []Node
	Output  int32 // the node that is the model's answer
}

// Field is a categorical input: at most Slots ids an example, 0 ≤ id < Vocabulary.
// One slot is a one-hot field, several are a multi-hot one or a sequence.
type Field struct {
	Name              string
	Slots, Vocabulary int
}

// Param is a matrix that was learned, [Rows×Cols], row-major.
type Param struct {
	Name       string
	Rows, Cols int
	Data       []float32
}

// Row returns row r of p, shared.
func (p *Param) Row(r int) []float32 { return p.Data[r*p.Cols : (r+1)*p.Cols] }

// Node is one operation. What In, Param, N, M and Factor mean is said at the operations.
type Node struct {
	Op     Op
	In     []int32 // nodes before this one
	Param  []int32
	N, M   int32
	Factor float32
}

// Batch is the input of a graph.
type Batch struct {
	Rows    int
	Numeric []float32 // [Rows×F]
	IDs     [][]int32 // of each field [Rows×Slots]; -1 is none
}

// Shape is what a node makes of each example: Steps rows of Cols columns.
type Shape struct{ Steps, Cols int }

func (s Shape) size() int { return s.Steps * s.Cols }

// Bounds of a graph from outside.
const (
	maxNodes   = 1 << 10
	maxWidth   = 1 << 14 // columns, steps
	maxPerCase = 1 << 20 // values a node has for one example
)

// Check returns an error unless g can be run: every reference is to something
// that comes before it and all shapes match. It does not look at the ids of a batch.
func (g *Graph) Check() error {
	_, err := g.Shapes()
	return err
}

// Shapes returns the shape of every node's value, or what is wrong with g.
func (g *Graph) Shapes() ([]Shape, error) {
	if len(g.Nodes) == 0 || len(g.Nodes) > maxNodes || g.Numeric < 0 || g.Numeric > maxWidth {
		return nil, errors.New("a graph has between 1 and 1024 nodes and at most 16384 numeric inputs")
	}
	for i := range g.Fields {
		if f := &g.Fields[i]; f.Slots < 1 || f.Slots > maxWidth || f.Vocabulary < 1 {
			return nil, errors.New("field " + f.Name + ": slots or vocabulary out of range")
		}
	}
	for i := range g.Params {
		if p := &g.Params[i]; p.Rows < 0 || p.Cols < 1 || p.Cols > maxWidth || len(p.Data) != p.Rows*p.Cols {
			return nil, errors.New("parameter " + p.Name + ": shape and data disagree")
		}
	}
	shapes := make([]Shape, len(g.Nodes))
	for i := range g.Nodes {
		s, err := g.shape(shapes[:i], &g.Nodes[i])
		if err != nil {
			return nil, errors.New("node " + number(i) + ", " + g.Nodes[i].Op.String() + ": " + err.Error())
		}
		if s.Steps < 1 || s.Cols < 1 || s.Steps > maxWidth || s.Cols > maxWidth || s.size() > maxPerCase {
			return nil, errors.New("node " + number(i) + ", " + g.Nodes[i].Op.String() + ": a value out of bounds")
		}
		shapes[i] = s
	}
	if g.Output < 0 || int(g.Output) >= len(g.Nodes) {
		return nil, errors.New("the output is no node")
	}
	return shapes, nil
}

// number is strconv.Itoa for small numbers.
func number(i int) string {
	if i < 10 {
		return string(rune('0' + i))
	}
	return number(i/10) + string(rune('0'+i%10))
}
