package rerank

import "math"

// Target is a distribution over classes that a list is to have: the genres of what
// a visitor likes, say.
type Target struct {
	Wanted []float32 // [C] share of each class, together 1, or zeros where nothing is wanted
	Of     [][]uint8 // [n] the classes of each item, without repeats; parallel to the items
	Weight float32   // of the divergence against relevance, from 0
}

const (
	// smoothing is α of the divergence, the paper's: the share of what is wanted
	// that is mixed into the list, so that a class that is missing yet costs a
	// finite amount.
	smoothing = 0.01
	// mostClasses is how many classes of an item are told apart by their number;
	// one with more counts as having so many.
	mostClasses = 8
)

// calibration is a target while a list is made. An item spreads 1 over its
// classes.
type calibration struct {
	Target
	sum  []float64              // [C] over the chosen items
	gain [][mostClasses]float32 // [C] see worth; of an item with 1, 2, ... classes
	n    int                    // chosen items
}

func newCalibration(t Target) *calibration {
	c := &calibration{Target: t, sum: make([]float64, len(t.Wanted)), gain: make([][mostClasses]float32, len(t.Wanted))}
	c.renew()
	return c
}

// worth returns by how much the divergence of the list from what is wanted is less
// with item i as the next one than with an item of no class, times the weight: in
// nats, never negative. With
//
//	KL(p, q) = Σ p(c)·ln(p(c) / q̃(c)),   q̃ = 0.99·q + 0.01·p,
//
// only the classes of the item differ between the two lists, so that it is a sum
// over them of what renew has found.
//
// Source: Steck, Calibrated recommendations, RecSys 2018, equations 3 to 5, and the
// greedy choice of section 4. Deviation: relevance and divergence are added for each
// place, where the paper adds up a list.
func (c *calibration) worth(i int) (sum float32) {
	of := c.Of[i]
	for _, class := range of {
		sum += c.gain[class][min(len(of), mostClasses)-1]
	}
	return float32(c.Weight * sum)
}

// take adds item i to the list.
func (c *calibration) take(i int) {
	for _, class := range c.Of[i] {
		c.sum[class] += 1 / float64(len(c.Of[i]))
	}
	c.n++
	c.renew()
}

// renew finds what each class is worth at the next place.
func (c *calibration) renew() {
	places := float64(c.n + 1)
	for class, p := range c.Wanted {
		if p <= 0 {
			continue
		}
		p := float64(p)
		without := float64((1-smoothing)*c.sum[class]/places) + float64(smoothing*p)
		for k := range mostClasses {
			more := (1 - smoothing) / (places * float64(k+1))
			c.gain[class][k] = float32(p * math.Log1p(more/without))
		}
	}
}
