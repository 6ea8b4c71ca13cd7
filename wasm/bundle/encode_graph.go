//go:build !js

package bundle

import (
	"bytes"
	"errors"

	"github.com/vmihailenco/msgpack/v5"

	"sparrow/wasm/feature"
	"sparrow/wasm/nn"
	"sparrow/wasm/quant"
)

// plainRows is the number of rows up to which a parameter stays float32: biases, gains and
// slopes are few, and their values of all sizes would share one scale.
const plainRows = 8

// EncodeGraph returns g as a graph file, its larger parameters as int8 with a scale for each row. The
// same graph gives the same bytes. What is to be measured is what [DecodeGraph] makes of them.
func EncodeGraph(g *nn.Graph) ([]byte, error) {
	var buf bytes.Buffer
	e := &encoder{Encoder: msgpack.NewEncoder(&buf)}
	e.UseCompactInts(true)
	e.mapOf(6)
	e.key("sparrow graph")
	e.uint(GraphVersion)
	e.graph(g)
	if e.err != nil {
		return nil, errors.New("bundle: graph: " + e.err.Error())
	}
	if _, err := DecodeGraph(buf.Bytes()); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

// graph writes the five pairs of g.
func (e *encoder) graph(g *nn.Graph) {
	e.key("numeric")
	e.uint(uint64(g.Numeric))
	e.key("fields")
	e.array(len(g.Fields))
	for _, f := range g.Fields {
		e.array(3)
		e.keep(e.EncodeString(f.Name))
		e.uint(uint64(f.Slots))
		e.uint(uint64(f.Vocabulary))
	}
	e.key("params")
	e.array(len(g.Params))
	for i := range g.Params {
		e.param(&g.Params[i])
	}
	e.key("nodes")
	e.array(len(g.Nodes))
	for i := range g.Nodes {
		e.node(&g.Nodes[i])
	}
	e.key("output")
	e.uint(uint64(g.Output))
}

// Rounded returns g with the parameters that a file of it has, so that what is trained on
// g learns from what ships. Writing it any number of times changes nothing more.
func Rounded(g *nn.Graph) (*nn.Graph, error) {
	data, err := EncodeGraph(g)
	for err == nil {
		g, err = DecodeGraph(data)
		if err != nil {
			break
		}
		// The largest value of a row may have become 126 steps, and the next file then has
		// smaller ones: until nothing changes, which is soon.
		var again []byte
		if again, err = EncodeGraph(g); bytes.Equal(again, data) {
			return g, nil
		}
		data = again
	}
	return nil, err
}

func (e *encoder) param(p *nn.Param) {
	if p.Rows > plainRows {
		m := quant.Quantize(p.Data, p.Rows, p.Cols)
		e.array(2)
		e.keep(e.EncodeString(p.Name))
		e.matrix(&m)
		return
	}
	e.array(3)
	e.keep(e.EncodeString(p.Name))
	e.uint(uint64(p.Rows))
	e.floats(p.Data)
}

func (e *encoder) node(n *nn.Node) {
	e.array(6)
	e.uint(uint64(n.Op))
	for _, list := range [][]int32{n.In, n.Param} {
		e.array(len(list))
		for _, v := range list {
			e.uint(uint64(v))
		}
	}
	e.uint(uint64(n.N))
	e.uint(uint64(n.M))
	e.keep(e.EncodeFloat32(n.Factor))
}

func (e *encoder) pointwise(b *Bundle) {
	e.array(len(b.Pointwise))
	for i := range b.Pointwise {
		m := &b.Pointwise[i]
		e.mapOf(4)
		e.key("name")
		e.keep(e.EncodeString(m.Name))
		e.key("source")
		e.keep(e.EncodeString(m.Source))
		e.key("columns")
		e.array(len(m.Schema.Columns))
		for k := range m.Schema.Columns {
			e.column(&m.Schema.Columns[k])
		}
		e.key("graph")
		e.mapOf(5)
		e.graph(m.Graph)
	}
}

func (e *encoder) column(c *feature.Column) {
	e.array(9)
	for _, text := range []string{c.Name, c.Source, c.With} {
		e.keep(e.EncodeString(text))
	}
	e.uint(uint64(c.Kind))
	if c.Kind.Numeric() {
		e.floats([]float32{c.Low, c.High, c.Mean, c.Deviation})
	} else {
		e.floats(nil)
	}
	e.floats(c.Edges)
	for _, v := range []uint64{uint64(c.Size), uint64(c.Slots), uint64(c.Least)} {
		e.uint(v)
	}
}
