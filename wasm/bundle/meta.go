package bundle

import "strconv"

// meta reads where the bundle comes from.
func (d *decoder) meta() {
	m, models := &d.bundle.Meta, -1
	for range d.Map() {
		switch d.Str() {
		case "name":
			m.Name = d.Str()
		case "licence":
			m.Licence = d.Str()
		case "citation":
			m.Citation = d.Str()
		case "seed":
			m.Seed = d.Uint()
		case "metrics":
			m.Metrics = d.metrics()
		case "sibling":
			m.Sibling = d.small("sibling")
		case "vocabulary":
			m.Vocabulary = d.Str()
		case "card":
			m.Card = d.Str()
		case "supplement":
			d.bundle.Supplement = d.named()
		case "models":
			if models = d.small("models"); models > mostPointwise {
				d.Fail("models: more than " + strconv.Itoa(mostPointwise))
			}
		default:
			d.Skip()
		}
	}
	if d.bundle.Supplement != nil {
		d.bundle.Supplement.Models = models
	}
}

// metrics reads pairs of a name and a finite value, at most 1000.
func (d *decoder) metrics() []Metric {
	n := d.Array()
	if n > 1000 {
		d.Fail("metrics: more than 1000")
		return nil
	}
	var list []Metric
	for range n {
		if d.Array() != 2 {
			d.Fail("metrics: want [name, value]")
			return nil
		}
		m := Metric{Name: d.Str(), Value: float32(d.Float())}
		if !isFinite(m.Value) {
			d.Fail("metrics: " + m.Name + " is not finite")
			return nil
		}
		list = append(list, m)
	}
	return list
}
