package bundle

import (
	"sparrow/wasm/feature"
	"sparrow/wasm/ranking"
)

// mostPointwise is how many pointwise models a bundle may carry: each is a graph, with
// bounds of its own.
const mostPointwise = 4

// skipped leaves the models out and counts them, since golden answers have a column
// for each.
func (d *decoder) skipped() {
	d.models = d.few("models", mostPointwise)
	for range d.models {
		d.Skip()
	}
}

// pointwise reads the models that judge one item at a time.
func (d *decoder) pointwise() {
	d.models = d.few("models", mostPointwise)
	for range d.models {
		m := ranking.Pointwise{}
		for range d.Map() {
			switch d.Str() {
			case "name":
				m.Name = d.Str()
			case "source":
				m.Source = d.Str()
			case "columns":
				n := d.few("columns", 256)
				m.Schema.Columns = make([]feature.Column, n)
				for i := range n {
					d.column(&m.Schema.Columns[i])
				}
			case "graph":
				m.Graph = d.graph(d.Map())
			default:
				d.Skip()
			}
		}
		if m.Graph == nil {
			d.Fail("a model without a graph")
		}
		if d.Err() != nil {
			return
		}
		if err := m.Check(); err != nil {
			d.Fail(err.Error())
			return
		}
		d.bundle.Pointwise = append(d.bundle.Pointwise, m)
	}
}

// column reads a stored transform: its name, feature, other feature, kind, range, edges,
// vocabulary, slots and least count.
func (d *decoder) column(c *feature.Column) {
	if d.Array() != 9 {
		d.Fail("columns: want [name, feature, with, kind, range, edges, size, slots, least]")
		return
	}
	c.Name, c.Source, c.With, c.Kind = d.Str(), d.Str(), d.Str(), feature.Kind(min(d.small("kind"), 255))
	if r := d.floats("range"); len(r) == 4 {
		c.Low, c.High, c.Mean, c.Deviation = r[0], r[1], r[2], r[3]
	} else if len(r) != 0 {
		d.Fail("columns: a range is [low, high, mean, deviation] or []")
	}
	c.Edges = d.floats("edges")
	c.Size, c.Slots, c.Least = int32(d.small("size")), int32(d.small("slots")), uint32(d.small("least"))
}
