package bundle

import "sparrow/wasm/retrieval"

// retrieval reads the retrieval model: with a network, or with what pooling needs.
func (d *decoder) retrieval() {
	n := d.bundle.Catalog.Len()
	m := &d.bundle.Retrieval
	for range d.Map() {
		switch d.Str() {
		case "in":
			d.matrix(&m.In, "in")
		case "out":
			d.matrix(&m.Out, "out")
		case "bias":
			m.Bias = d.floats("bias")
		case "position":
			m.Position = d.floats("position")
		case "level":
			m.Level = d.floats("level")
		case "network":
			m.Network = d.graph(d.Map())
		default:
			d.Skip()
		}
	}
	if m.Network != nil {
		m.In, m.Position, m.Level = m.Out, nil, nil
	}
	d.want("in", m.In.Rows, n)
	d.want("out", m.Out.Rows, n)
	d.want("columns of out", m.Out.Cols, m.In.Cols)
	d.want("bias", len(m.Bias), n)
	if d.Err() != nil {
		return
	}
	if m.Network != nil {
		if err := m.CheckNetwork(); err != nil {
			d.Fail(err.Error())
		}
		return
	}
	d.want("level", len(m.Level), retrieval.Levels)
	if len(m.Position) == 0 {
		d.Fail("position: no values")
	}
}
