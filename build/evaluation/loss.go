package evaluation

import (
	"fmt"
	"math"
)

// surprise returns -ln p of a liked row and -ln(1-p) of another, in nats, with p
// clipped to [Clip] and 1-[Clip]. Its mean is the log loss.
func surprise(p float64, liked bool) float64 {
	p = min(max(p, Clip), 1-Clip)
	if liked {
		return -math.Log(p)
	}
	return -math.Log1p(-p)
}

// Confusion counts rows by what was predicted and what is true.
type Confusion struct {
	TruePositive, FalsePositive, FalseNegative, TrueNegative float64
}

// add counts a row that is said to be liked or not.
func (c *Confusion) add(said, liked bool) {
	switch {
	case said && liked:
		c.TruePositive++
	case said:
		c.FalsePositive++
	case liked:
		c.FalseNegative++
	default:
		c.TrueNegative++
	}
}

// Accuracy is the share of rows that were predicted right, as its two parts.
func (c *Confusion) Accuracy() (above, below float64) {
	return c.TruePositive + c.TrueNegative, c.TruePositive + c.FalsePositive + c.FalseNegative + c.TrueNegative
}

// Precision is the share of liked rows among those predicted to be, as its two parts.
func (c *Confusion) Precision() (above, below float64) {
	return c.TruePositive, c.TruePositive + c.FalsePositive
}

// Recall is the share of the liked rows that were predicted to be, as its two parts.
func (c *Confusion) Recall() (above, below float64) {
	return c.TruePositive, c.TruePositive + c.FalseNegative
}

// F1 is the harmonic mean of precision and recall, as its two parts.
func (c *Confusion) F1() (above, below float64) {
	return 2 * c.TruePositive, 2*c.TruePositive + c.FalsePositive + c.FalseNegative
}

// errors measures probabilities row by row, of which those of at least threshold
// are said to be liked. Every figure but RMSE is a ratio of sums over users, which is
// how it is kept. RMSE is the root of the mean square of probability - label, whose
// square is the Brier score.
func (r *Result) errors(p []float64, labels []bool, of units, threshold float64) (main, more []Metric) {
	n := make([]float64, of.users)
	loss, square, bias := make([]float64, of.users), make([]float64, of.users), make([]float64, of.users)
	tables := make([]Confusion, of.users)
	for i, k := range of.of {
		truth := 0.0
		if labels[i] {
			truth = 1
		}
		n[k]++
		loss[k] += surprise(p[i], labels[i])
		square[k] += (p[i] - truth) * (p[i] - truth)
		bias[k] += p[i] - truth
		tables[k].add(p[i] >= threshold, labels[i])
	}
	root := Metric{Name: "RMSE", of: func(times []float64) float64 {
		var above, below float64
		for k, t := range times {
			above += t * square[k]
			below += t * n[k]
		}
		return math.Sqrt(above / below)
	}}
	root.Mean = root.of(ones(of.users))
	main = r.ratio(main, "LogLoss", loss, n)
	if len(main) > 0 {
		main = append(main, root)
	}
	more = r.ratio(more, "Bias", bias, n)
	for _, m := range []struct {
		name  string
		parts func(*Confusion) (above, below float64)
	}{
		{"Accuracy", (*Confusion).Accuracy}, {"Precision", (*Confusion).Precision},
		{"Recall", (*Confusion).Recall}, {"F1", (*Confusion).F1},
	} {
		above, below := make([]float64, of.users), make([]float64, of.users)
		for k := range tables {
			above[k], below[k] = m.parts(&tables[k])
		}
		more = r.ratio(more, fmt.Sprintf("%s at %g", m.name, threshold), above, below)
	}
	return main, more
}

// ratio appends to dst the metric Σ above / Σ below over users, if there is one.
func (r *Result) ratio(dst []Metric, name string, above, below []float64) []Metric {
	m := Metric{Name: name, values: make([]float64, len(above)), weights: below}
	for k := range above {
		if below[k] != 0 {
			m.values[k] = above[k] / below[k]
		}
	}
	if m.approximate(r.units) {
		dst = append(dst, m)
	}
	return dst
}
