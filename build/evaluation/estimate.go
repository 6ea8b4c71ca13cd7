package evaluation

import (
	"math"

	"sparrow/build/stats"
)

// Estimate is a figure with its 95 % interval over users. What has no interval,
// as coverage, has one of no width.
type Estimate struct {
	Mean float64 `json:"mean"`
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// Metric is one measured figure.
type Metric struct {
	Name string `json:"name"` // "NDCG@10"
	Estimate

	// The figure is Σ weight·value / Σ weight over its units, cases or users, or of
	// returns what it is when user u counts times[u]; else it has no interval.
	values  []float64
	weights []float64 // nil for 1 each
	of      func(times []float64) float64
}

// Result is what was measured of one method.
type Result struct {
	Method    string   `json:"method"`
	Cases     int      `json:"cases"` // lists, or rows of a pointwise result
	Users     int      `json:"users"`
	Intervals string   `json:"intervals"` // how they were made
	Metrics   []Metric `json:"metrics"`   // those of the table
	More      []Metric `json:"more,omitempty"`
	Groups    []Group  `json:"groups,omitempty"`

	// Of a pointwise result: the bins of its reliability plot, and the users with
	// rows of one label only, who are not in GAUC.
	Bins     []Bin `json:"bins,omitempty"`
	OneClass int   `json:"users_of_one_class,omitempty"`

	units units
	cases uint64 // hash of the cases: results of others are not compared
}

// units holds whose the values of a metric are: value i is of user of[i], and
// users are counted from 0 without gaps. nil: each value is of another user.
type units struct {
	of    []int
	users int
}

// unitsOf returns the units of n values, where value i is of the user that user(i) names.
func unitsOf(n int, user func(i int) int) units {
	number := make(map[int]int)
	u := units{of: make([]int, n)}
	for i := range u.of {
		k, known := number[user(i)]
		if !known {
			k = len(number)
			number[user(i)] = k
		}
		u.of[i] = k
	}
	u.users = len(number)
	return u
}

// byUser returns weight·value and weight of a metric summed by user.
func (u units) byUser(m *Metric) (sum, weight []float64) {
	n := u.users
	if u.of == nil {
		n = len(m.values)
	}
	sum, weight = make([]float64, n), make([]float64, n)
	for i, v := range m.values {
		k, w := i, 1.0
		if u.of != nil {
			k = u.of[i]
		}
		if m.weights != nil {
			w = m.weights[i]
		}
		sum[k] += w * v
		weight[k] += w
	}
	return sum, weight
}

// Get returns the estimate of the metric called name, and false if there is none.
func (r *Result) Get(name string) (Estimate, bool) {
	if m := r.metric(name); m != nil {
		return m.Estimate, true
	}
	return Estimate{}, false
}

// metric returns the metric called name, nil if there is none.
func (r *Result) metric(name string) *Metric {
	for _, list := range [][]Metric{r.Metrics, r.More} {
		for i := range list {
			if list[i].Name == name {
				return &list[i]
			}
		}
	}
	return nil
}

// meanOf returns the metric that is the mean of values, one a unit, with its
// interval by the normal approximation. Values that are NaN do not count; it
// returns false where all are.
func meanOf(name string, values []float64, u units) (Metric, bool) {
	m := Metric{Name: name, values: values}
	for i, v := range values {
		if math.IsNaN(v) {
			if m.weights == nil {
				m.values, m.weights = append([]float64(nil), values...), ones(len(values))
			}
			m.values[i], m.weights[i] = 0, 0
		}
	}
	return m, m.approximate(u)
}

func ones(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = 1
	}
	return x
}

// approximate gives a metric with values its estimate with the interval of the
// normal approximation, and returns false where no value counts.
func (m *Metric) approximate(u units) bool {
	sum, weight := u.byUser(m)
	var ok bool
	m.Estimate, ok = ratio(sum, weight)
	return ok
}

// ratio returns R = Σ sum / Σ weight over users with its interval by the normal
// approximation, R ± 1.96 standard errors, and false where the weights sum to 0. By
// the delta method the error's square is U/(U-1)·Σ (sum - R·weight)² / (Σ weight)²: a
// user, not a value, is what was drawn. With weight 1 it is that of a mean.
func ratio(sum, weight []float64) (Estimate, bool) {
	var above, below, squares, users float64
	for i := range sum {
		above += sum[i]
		below += weight[i]
		if weight[i] != 0 {
			users++
		}
	}
	if below == 0 {
		return Estimate{}, false
	}
	r := above / below
	for i := range sum {
		d := sum[i] - r*weight[i]
		squares += d * d
	}
	half := 0.0
	if users > 1 {
		half = stats.Normal95 * math.Sqrt(users/(users-1)*squares) / below
	}
	return Estimate{r, r - half, r + half}, true
}

// Difference returns how much better a is than b in the metric called name,
// case by case on the same cases, with the interval of the normal approximation: it
// is narrower than those of a and b, which share the luck of their cases. It
// returns false if either lacks it, or if it is no mean over the same units.
func Difference(a, b *Result, name string) (Estimate, bool) {
	x, y := a.metric(name), b.metric(name)
	if x == nil || y == nil || !sameMean(x, y) {
		return Estimate{}, false
	}
	d := Metric{values: make([]float64, len(x.values)), weights: x.weights}
	for i := range d.values {
		d.values[i] = x.values[i] - y.values[i]
	}
	ok := d.approximate(a.units)
	return d.Estimate, ok
}

// sameMean reports whether x and y are means with the same weights, so that
// their difference is the mean of differences.
func sameMean(x, y *Metric) bool {
	if x.values == nil || len(x.values) != len(y.values) || (x.weights == nil) != (y.weights == nil) {
		return false
	}
	for i := range x.weights {
		if x.weights[i] != y.weights[i] {
			return false
		}
	}
	return true
}
