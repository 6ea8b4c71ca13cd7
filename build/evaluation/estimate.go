package evaluation

import (
	"fmt"
	"math"
)

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
	Seeds   int      `json:"seeds,omitempty"` // trainings that were averaged; 0 for one
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

// Average returns the mean of the results of one method trained with several
// seeds on the same cases. Each case's values are averaged first, so the
// interval is over users; how far the seeds lie apart does not widen it.
func Average(results []Result) (Result, error) {
	if len(results) == 0 {
		return Result{}, fmt.Errorf("evaluation: no results to average")
	}
	first := results[0]
	out := Result{Method: first.Method, Cases: first.Cases, Seeds: len(results)}
	for i, m := range first.Metrics {
		mean := Metric{Name: m.Name}
		if m.values != nil {
			mean.values = make([]float64, len(m.values))
		}
		share := 1 / float64(len(results))
		for _, r := range results {
			if r.Cases != first.Cases || len(r.Metrics) != len(first.Metrics) || r.Metrics[i].Name != m.Name {
				return Result{}, fmt.Errorf("evaluation: results of %s were measured differently", first.Method)
			}
			mean.Mean += share * r.Metrics[i].Mean
			for c, v := range r.Metrics[i].values {
				mean.values[c] += share * v
			}
		}
		mean.Low, mean.High = mean.Mean, mean.Mean
		if mean.values != nil {
			mean.Estimate = estimate(mean.values)
		}
		out.Metrics = append(out.Metrics, mean)
	}
	return out, nil
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
