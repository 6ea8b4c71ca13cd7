package bundle

import "sparrow/wasm/retrieval"

// pool reads the retrieval model.
func (d *decoder) pool() {
	n := d.bundle.Catalog.Len()
	p := &d.bundle.Pool
	for range d.Map() {
		switch d.Str() {
		case "in":
			d.matrix(&p.In, "in")
		case "out":
			d.matrix(&p.Out, "out")
		case "bias":
			p.Bias = d.floats("bias")
		case "position":
			p.Position = d.floats("position")
		case "level":
			p.Level = d.floats("level")
		default:
			d.Skip()
		}
	}
	d.want("in", p.In.Rows, n)
	d.want("out", p.Out.Rows, n)
	d.want("columns of out", p.Out.Cols, p.In.Cols)
	d.want("bias", len(p.Bias), n)
	d.want("level", len(p.Level), retrieval.Levels)
	if len(p.Position) == 0 {
		d.Fail("position: no values")
	}
}
