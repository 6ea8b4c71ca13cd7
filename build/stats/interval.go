package stats

import (
	"math"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// Interval is an estimate with the ends of its confidence interval.
type Interval struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// Around returns the interval that reaches half to both sides of value.
func Around(value, half float64) Interval { return Interval{value, value - half, value + half} }

// Excludes reports whether v lies outside the interval.
func (i Interval) Excludes(v float64) bool { return v < i.Low || v > i.High }

// Normal95 is how many standard errors an interval of 95 % by the normal
// approximation reaches to both sides.
const Normal95 = 1.96

// Student returns the p-quantile of Student's t with df degrees of freedom.
func Student(p, df float64) float64 {
	return distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}.Quantile(p)
}

// Mean returns the mean of independent values with its 95 % interval by
// Student's t, which has no ends for less than two values.
func Mean(values []float64) Interval {
	mean, sd := stat.MeanStdDev(values, nil)
	n := float64(len(values))
	if n < 2 {
		return Interval{mean, math.Inf(-1), math.Inf(1)}
	}
	return Around(mean, Student(0.975, n-1)*sd/math.Sqrt(n))
}
