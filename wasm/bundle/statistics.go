package bundle

import "strconv"

// statistics reads what the crowd did.
func (d *decoder) statistics() {
	n := d.bundle.Catalog.Len()
	s := &d.bundle.Statistics
	for range d.Map() {
		switch d.Str() {
		case "asOf":
			s.AsOf = d.Int()
		case "count":
			s.Count = d.counts("count", d.Bin(), n)
		case "mean":
			s.Mean = d.hundredths("mean", d.Bin(), n)
		case "stddev":
			s.Stddev = d.hundredths("stddev", d.Bin(), n)
		case "trend":
			s.Trend = d.floats("trend")
		case "rated":
			s.Rated = d.counts("rated", d.Bin(), n)
		default:
			d.Skip()
		}
	}
	d.want("count", len(s.Count), n)
	d.want("mean", len(s.Mean), n)
	d.want("stddev", len(s.Stddev), n)
	d.want("trend", len(s.Trend), n)
	for r, v := range s.Rated {
		if len(s.Count) == n && v > s.Count[r] {
			d.Fail("item " + strconv.Itoa(r) + " has more ratings than interactions")
			return
		}
	}
	for r, v := range s.Trend {
		if v < 0 {
			d.Fail("trend of item " + strconv.Itoa(r) + " is negative")
			return
		}
	}
}

func (d *decoder) counts(name string, b []byte, n int) []uint32 {
	if len(b) < n {
		d.Fail(name + ": " + strconv.Itoa(len(b)) + " bytes do not hold " + strconv.Itoa(n))
		return nil
	}
	v, out := varints{d, name, b}, make([]uint32, n)
	for r := range out {
		out[r] = v.next()
	}
	v.end()
	return out
}

// hundredths reads [N] stars, 0 to 5, in hundredths of two bytes each.
func (d *decoder) hundredths(name string, b []byte, n int) []float32 {
	if len(b) != 2*n {
		d.Fail(name + ": " + strconv.Itoa(len(b)) + " bytes do not hold " + strconv.Itoa(n))
		return nil
	}
	out := make([]float32, n)
	for r := range out {
		v := pair(b, r)
		if v > 500 {
			d.Fail(name + " of item " + strconv.Itoa(r) + " is above 5 stars")
			return nil
		}
		out[r] = stars(v)
	}
	return out
}

// stars returns v hundredths of a star, as the statistics of a bundle must be
// rounded before anything is computed from them.
func stars(v uint16) float32 { return float32(float64(v) / 100) }
