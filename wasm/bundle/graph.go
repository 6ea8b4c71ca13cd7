package bundle

import (
	"errors"
	"strconv"

	"sparrow/wasm/nn"
	"sparrow/wasm/wire"
)

// GraphVersion is the version of graph files.
const GraphVersion = 1

// Bounds of a graph, so that its nodes do not take more memory than a reader may.
const (
	mostNodes      = 1024 // and parameters
	mostReferences = 64   // of a node
)

// DecodeGraph reads and validates a graph file: a model as data, see FORMAT.md.
// Decoding allocates at most eight times the length of data and a mebibyte. The graph can be run as it is.
func DecodeGraph(data []byte) (*nn.Graph, error) {
	d := &decoder{Reader: wire.NewReader(data), length: len(data)}
	pairs := d.Map()
	if key := d.Str(); key != "sparrow graph" || d.Err() != nil {
		return nil, errors.New("bundle: this is not a Sparrow graph file")
	}
	if v := d.Uint(); v != GraphVersion || d.Err() != nil {
		return nil, errors.New("bundle: version " + strconv.FormatUint(v, 10) + " of graph files; this program reads version " + strconv.Itoa(GraphVersion))
	}
	g := d.graph(pairs - 1)
	d.End()
	if d.Err() != nil {
		return nil, errors.New("bundle: " + d.Err().Error())
	}
	return g, nil
}

// graph reads the pairs of a graph and checks it.
func (d *decoder) graph(pairs int) *nn.Graph {
	g := new(nn.Graph)
	for range pairs {
		switch d.Str() {
		case "numeric":
			g.Numeric = d.small("numeric")
		case "fields":
			for range d.few("fields", 256) {
				if d.Array() != 3 {
					d.Fail("fields: want [name, slots, vocabulary]")
					return nil
				}
				g.Fields = append(g.Fields, nn.Field{Name: d.Str(), Slots: d.small("slots"), Vocabulary: d.small("vocabulary")})
			}
		case "params":
			n := d.few("params", mostNodes)
			g.Params = make([]nn.Param, 0, n)
			for range n {
				d.param(g)
				if d.Err() != nil {
					return nil
				}
			}
		case "nodes":
			n := d.few("nodes", mostNodes)
			g.Nodes = make([]nn.Node, 0, n)
			for range n {
				d.node(g)
				if d.Err() != nil {
					return nil
				}
			}
		case "output":
			g.Output = int32(d.small("output"))
		default:
			d.Skip()
		}
		if d.Err() != nil {
			return nil
		}
	}
	if err := g.Check(); err != nil {
		d.Fail(err.Error())
		return nil
	}
	return g
}

// few reads the length of an array that has at most limit elements.
func (d *decoder) few(name string, limit int) int {
	n := d.Array()
	if n > limit {
		d.Fail(name + ": " + strconv.Itoa(n) + ", the limit is " + strconv.Itoa(limit))
		return 0
	}
	return n
}

// small reads a number below 2³¹.
func (d *decoder) small(name string) int {
	n := d.Uint()
	if n >= 1<<31 {
		d.Fail(name + ": " + strconv.FormatUint(n, 10) + " is out of range")
		return 0
	}
	return int(n)
}

// param reads a parameter: its name, and a matrix of int8, or floats and their number of rows.
func (d *decoder) param(g *nn.Graph) {
	p := nn.Param{}
	switch d.Array() {
	case 2:
		p.Name = d.Str()
		values, scale, cols := d.rows(p.Name)
		if d.Err() != nil {
			return
		}
		p.Rows, p.Cols, p.Data = len(scale), cols, make([]float32, len(values))
		for i, b := range values {
			p.Data[i] = scale[i/cols] * float32(int8(b))
		}
	case 3:
		p.Name = d.Str()
		p.Rows = d.small("rows")
		p.Data = d.floats(p.Name)
		if p.Rows < 1 || len(p.Data)%p.Rows != 0 || len(p.Data) == 0 {
			d.Fail(p.Name + ": rows that do not divide its values")
			return
		}
		p.Cols = len(p.Data) / p.Rows
	default:
		d.Fail("params: want [name, matrix] or [name, rows, values]")
		return
	}
	g.Params = append(g.Params, p)
}

// node reads an operation: [op, inputs, parameters, n, m, factor].
func (d *decoder) node(g *nn.Graph) {
	if d.Array() != 6 {
		d.Fail("nodes: want [op, inputs, parameters, n, m, factor]")
		return
	}
	n := nn.Node{Op: nn.Op(min(d.small("op"), 255))}
	n.In, n.Param = d.references(), d.references()
	n.N, n.M, n.Factor = int32(d.small("n")), int32(d.small("m")), float32(d.Float())
	if !isFinite(n.Factor) {
		d.Fail("nodes: a factor that is not finite")
		return
	}
	g.Nodes = append(g.Nodes, n)
}

// references reads numbers of nodes or parameters.
func (d *decoder) references() []int32 {
	all := make([]int32, d.few("references", mostReferences))
	for i := range all {
		all[i] = int32(d.small("reference"))
	}
	return all
}
