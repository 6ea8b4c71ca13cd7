package bundle

import (
	"errors"
	"strconv"

	"sparrow/wasm/nn"
	"sparrow/wasm/quant"
	"sparrow/wasm/wire"
)

// GraphVersion is the version of graph files.
const GraphVersion = 1

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
	g := new(nn.Graph)
	for range pairs - 1 {
		switch d.Str() {
		case "numeric":
			g.Numeric = d.small("numeric")
		case "fields":
			for range d.Array() {
				if d.Array() != 3 {
					d.Fail("fields: want [name, slots, vocabulary]")
					break
				}
				g.Fields = append(g.Fields, nn.Field{Name: d.Str(), Slots: d.small("slots"), Vocabulary: d.small("vocabulary")})
			}
		case "params":
			for range d.Array() {
				d.param(g)
				if d.Err() != nil {
					break
				}
			}
		case "nodes":
			for range d.Array() {
				d.node(g)
				if d.Err() != nil {
					break
				}
			}
		case "output":
			g.Output = int32(d.small("output"))
		default:
			d.Skip()
		}
		if d.Err() != nil {
			return nil, errors.New("bundle: " + d.Err().Error())
		}
	}
	d.End()
	if d.Err() != nil {
		return nil, errors.New("bundle: " + d.Err().Error())
	}
	if err := g.Check(); err != nil {
		return nil, errors.New("bundle: " + err.Error())
	}
	return g, nil
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
		var m quant.Matrix
		d.matrix(&m, p.Name)
		if d.Err() != nil {
			return
		}
		p.Rows, p.Cols, p.Data = m.Rows, m.Cols, make([]float32, len(m.Data))
		for r := range m.Rows {
			m.Dequantize(p.Row(r), r)
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
	var all []int32
	for range d.Array() {
		all = append(all, int32(d.small("reference")))
		if d.Err() != nil {
			return nil
		}
	}
	return all
}
