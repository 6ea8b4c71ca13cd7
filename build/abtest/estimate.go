package abtest

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"sparrow/build/stats"
)

// ratio is Σ num / Σ den over the visitors of one arm.
type ratio struct {
	n      int       // visitors
	with   int       // visitors with a denominator: for Student's degrees of freedom
	value  float64   // R
	linear []float64 // [n] L(i) = (num(i) - R·den(i)) / mean den: their mean is 0, and R + L(i) are what is averaged
}

// newRatio returns the ratio of num to den, both [n], and false where the
// denominators sum to nothing.
//
// By the delta method the variance of R is that of the mean of L: a visitor,
// not an impression, is what was drawn. Source: Deng, Knoblich & Lu, Applying the
// delta method in metric analytics, KDD 2018, section 3. With den = 1 it is the
// variance of a mean.
func newRatio(num, den []float64) (ratio, bool) {
	n := float64(len(num))
	var above, below float64
	for i := range num {
		above += num[i]
		below += den[i]
	}
	r := ratio{n: len(num), with: len(num), linear: make([]float64, len(num))}
	if below <= 0 {
		return r, false
	}
	r.value = above / below
	for i := range num {
		r.linear[i] = (num[i] - r.value*den[i]) / (below / n)
	}
	return r, true
}

// variance returns that of the ratio: the variance of L over n.
func (r *ratio) variance() float64 { return stat.Variance(r.linear, nil) / float64(r.n) }

// interval returns the ratio with its interval of confidence 1 - alpha, by
// Student's t with as many degrees of freedom as visitors have a denominator, less one.
func (r *ratio) interval(alpha float64) stats.Interval {
	return stats.Around(r.value, stats.Student(1-alpha/2, float64(r.with-1))*math.Sqrt(r.variance()))
}

// normal returns the quantile of the standard normal distribution.
func normal(p float64) float64 { return distuv.UnitNormal.Quantile(p) }

// twoSided returns the probability that Student's t with df degrees of freedom
// is at least as far from 0 as t.
func twoSided(t, df float64) float64 {
	if math.IsNaN(t) {
		return 1
	}
	return 2 * distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}.Survival(math.Abs(t))
}

// welch returns the degrees of freedom of a difference of two means with
// variances v of the means and n visitors each. Source: Welch, The generalization
// of Student's problem, Biometrika 1947.
func welch(v1 float64, n1 int, v2 float64, n2 int) float64 {
	below := v1*v1/float64(n1-1) + v2*v2/float64(n2-1)
	if below == 0 {
		return float64(n1 + n2 - 2)
	}
	return (v1 + v2) * (v1 + v2) / below
}

// lift returns b/a - 1 with its interval, by the delta method:
// var(b/a) = (b/a)²·(va/a² + vb/b²). Where a is not above 0 there is none.
func lift(a, va, b, vb, z float64) (stats.Interval, bool) {
	if a <= 0 {
		return stats.Interval{}, false
	}
	half := z * math.Sqrt(vb+b*b/(a*a)*va) / a
	return stats.Around(b/a-1, half), true
}

// holm returns the p-values adjusted for their number by Holm's method, in the
// order given. Source: Holm, A simple sequentially rejective multiple test
// procedure, Scandinavian Journal of Statistics 1979.
func holm(p []float64) []float64 {
	order := make([]int, len(p))
	sorted := make([]float64, len(p))
	copy(sorted, p)
	floats.Argsort(sorted, order)
	adjusted := make([]float64, len(p))
	least := 0.0
	for rank, i := range order {
		least = max(least, min(1, float64(len(p)-rank)*sorted[rank]))
		adjusted[i] = least
	}
	return adjusted
}
