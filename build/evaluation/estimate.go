package evaluation

import "math"

// Estimate is a mean with its 95 % interval over users, by the normal
// approximation: mean ± 1.96 standard errors. A value that is not a mean over
// users, as coverage, has an interval of no width.
type Estimate struct {
	Mean float64 `json:"mean"`
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// Metric is one measured figure.
type Metric struct {
	Name string `json:"name"` // "NDCG@10"
	Estimate

	values []float64 // one for each case; nil when the figure is not a mean over cases
}

// Result is what was measured of one method.
type Result struct {
	Method  string   `json:"method"`
	Cases   int      `json:"cases"`
	Metrics []Metric `json:"metrics"`
}

// Get returns the estimate of the metric called name, and false if there is none.
func (r *Result) Get(name string) (Estimate, bool) {
	for _, m := range r.Metrics {
		if m.Name == name {
			return m.Estimate, true
		}
	}
	return Estimate{}, false
}

func estimate(values []float64) Estimate {
	n := float64(len(values))
	if n == 0 {
		return Estimate{}
	}
	var sum, squares float64
	for _, v := range values {
		sum += v
	}
	mean := sum / n
	for _, v := range values {
		squares += (v - mean) * (v - mean)
	}
	half := 0.0
	if n > 1 {
		half = 1.96 * math.Sqrt(squares/(n-1)/n)
	}
	return Estimate{mean, mean - half, mean + half}
}

// Difference returns how much better a is than b in the metric called name,
// case by case on the same cases: its interval is narrower than those of a and
// b, which share the luck of their cases. It returns false if either lacks it.
func Difference(a, b *Result, name string) (Estimate, bool) {
	x, y := a.valuesOf(name), b.valuesOf(name)
	if x == nil || len(x) != len(y) {
		return Estimate{}, false
	}
	d := make([]float64, len(x))
	for i := range x {
		d[i] = x[i] - y[i]
	}
	return estimate(d), true
}

func (r *Result) valuesOf(name string) []float64 {
	for _, m := range r.Metrics {
		if m.Name == name {
			return m.values
		}
	}
	return nil
}
