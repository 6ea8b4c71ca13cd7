package autodiff

// Curve is how a training went, epoch by epoch.
type Curve []Point

// Point is one epoch of a training.
type Point struct {
	Epoch int     `json:"epoch"` // from 1
	Train float64 `json:"train"` // mean loss of the examples while they were trained on
	Valid float64 `json:"valid"` // what valid said after it, 0 without
}

// Best returns the index of the lowest Valid, the first of equal ones, or -1 of no point.
func (c Curve) Best() int {
	best := -1
	for i, p := range c {
		if best < 0 || p.Valid < c[best].Valid {
			best = i
		}
	}
	return best
}
