package bundle

import "sparrow/wasm/retrieval"

// retrieval reads the retrieval model: with a network, or with what pooling needs.
func (d *decoder) retrieval() {
	n := d.bundle.Catalog.Len()
	m := &d.bundle.Retrieval
	share, shared := float32(0), false
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
		case "share":
			share, shared = float32(d.Float()), true
		case "given":
			m.Given = d.Uint() > 0
		case "network":
			m.Network = d.graph(d.Map())
		default:
			d.Skip()
		}
	}
	if m.Network != nil {
		m.In, m.Position, m.Level, m.Given = m.Out, nil, nil, false
	}
	if shared {
		d.share(share)
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

// share makes the table in of that share of out, whose numbers it shares.
func (d *decoder) share(share float32) {
	m := &d.bundle.Retrieval
	if m.In.Rows > 0 {
		d.Fail("in and share: one of them is too much")
	}
	if !(share > 0 && share <= 1) {
		d.Fail("share: not above 0 and at most 1")
	}
	if d.Err() != nil {
		return
	}
	m.In = m.Out
	m.In.Scale = make([]float32, len(m.Out.Scale))
	for r, s := range m.Out.Scale {
		m.In.Scale[r] = s * share
		if s > 0 && m.In.Scale[r] == 0 {
			d.Fail("share: a scale of in would be 0")
		}
	}
}
