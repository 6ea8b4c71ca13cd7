package bundle

import "sparrow/wasm/ranking"

// ranking reads the ranking model and lets it check that its parts fit each
// other, the genres of the catalog and the width of the retrieval vectors.
func (d *decoder) ranking() {
	m := &d.bundle.Ranking
	for range d.Map() {
		switch d.Str() {
		case "features":
			m.Features = d.features()
		case "mean":
			m.Mean = d.floats("mean")
		case "deviation":
			m.Deviation = d.floats("deviation")
		case "baseline":
			m.Baseline = d.floats("baseline")
		case "genre":
			d.matrix(&m.Genre, "genre")
		case "inScale":
			m.InScale = float32(d.Float())
		case "outScale":
			m.OutScale = float32(d.Float())
		case "hidden":
			n := d.Array()
			if n > 16 {
				d.Fail("hidden: more than 16 layers")
			}
			m.Hidden = make([]ranking.Dense, min(n, 16))
			for i := range m.Hidden {
				d.dense(&m.Hidden[i], "hidden")
			}
		case "output":
			d.dense(&m.Output, "output")
		case "skip":
			d.dense(&m.Skip, "skip")
		default:
			d.Skip()
		}
	}
	if d.Err() != nil {
		return
	}
	if err := m.Check(len(d.bundle.Catalog.GenreNames), d.bundle.Retrieval.Out.Cols); err != nil {
		d.Fail(err.Error())
	}
}

// features reads at most 256 names.
func (d *decoder) features() []string {
	n := d.Array()
	if n > 256 {
		d.Fail("features: more than 256")
		return nil
	}
	out := make([]string, n)
	for i := range out {
		out[i] = d.Str()
	}
	return out
}

// dense reads a layer into l: an array of its weight matrix and its bias.
func (d *decoder) dense(l *ranking.Dense, name string) {
	if d.Array() != 2 {
		d.Fail(name + ": want [weight, bias]")
		return
	}
	d.matrix(&l.Weight, name)
	l.Bias = d.floats(name + " bias")
}
