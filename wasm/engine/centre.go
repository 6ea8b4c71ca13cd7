package engine

import "math"

// centre is what it takes to compare output vectors less their mean. All items lean
// the way of what is popular, and of the items that few know most hold little else;
// less the mean, the vectors of what goes together are nearer than others. Mu &
// Viswanath, All-but-the-top, ICLR 2018.
type centre struct {
	along   []float32 // [N] product of each unit vector with the mean; nil until items are compared
	inverse []float32 // [N] of the length of each unit vector less the mean, 0 for none
	square  float32   // of the mean
}

// center makes e's centre.
func (e *Engine) center() {
	out, c := &e.bundle.Retrieval.Out, &e.centre
	mean := make([]float32, out.Cols)
	c.along, c.inverse = make([]float32, out.Rows), make([]float32, out.Rows)
	for r, inverse := range e.inverse {
		row, _ := out.Row(r)
		for i, x := range row {
			mean[i] += float32(float32(x) * inverse)
		}
	}
	for i := range mean {
		mean[i] /= float32(out.Rows)
		c.square += float32(mean[i] * mean[i])
	}
	if e.bundle.Retrieval.Given {
		c.contrast(e.inverse)
		return
	}
	for r, inverse := range e.inverse {
		row, _ := out.Row(r)
		for i, x := range row {
			c.along[r] += float32(float32(float32(x)*inverse) * mean[i])
		}
		if square := 1 - 2*c.along[r] + c.square; inverse > 0 && square > 1e-6 {
			c.inverse[r] = float32(1 / math.Sqrt(float64(square)))
		}
	}
}

// contrast stretches the cosines of vectors that were given, such that a pair that is as
// alike as any two has 0, and keeps the order in which their cosines stand.
func (c *centre) contrast(inverses []float32) {
	for r, inverse := range inverses {
		if left := 1 - c.square; inverse > 0 && left > 1e-6 {
			c.along[r], c.inverse[r] = c.square, float32(1/math.Sqrt(float64(left)))
		}
	}
}

// nearYears fills in how near the years of items are to the one that q is about, by
// years apart: how few items of the catalog are as near, 1 where there is but the one.
func (e *Engine) nearYears(q *question) {
	if q.year == 0 {
		return
	}
	last := len(e.yearsUpTo) - 1
	own := min(max(0, q.year-e.firstYear), last)
	all := math.Log1p(float64(e.yearsUpTo[last]))
	for d := range q.near {
		within := e.yearsUpTo[min(last, own+d+1)] - e.yearsUpTo[max(0, own-d)]
		q.near[d] = 1 - float32(math.Log1p(float64(within-1))/all)
	}
}

// nearness returns Similar.Year of an item of that year.
func (q *question) nearness(year int) float32 {
	if year -= q.year; year < 0 {
		year = -year
	}
	return q.near[min(year, len(q.near)-1)]
}

// countYears fills in how many items there are up to each year.
func (e *Engine) countYears() {
	e.firstYear = int(e.newest) - len(e.yearsUpTo) + 2
	for _, year := range e.catalog.Years {
		if year > 0 {
			e.yearsUpTo[min(max(1, int(year)-e.firstYear+1), len(e.yearsUpTo)-1)]++
		}
	}
	for i := 1; i < len(e.yearsUpTo); i++ {
		e.yearsUpTo[i] += e.yearsUpTo[i-1]
	}
}
