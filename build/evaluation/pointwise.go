package evaluation

import (
	"fmt"
	"math"
)

// Example is a labelled row of a pointwise protocol: one interaction of a user.
type Example struct {
	User  int
	At    int  // index into the Interactions of the data set that was split
	Liked bool // the label
}

// PointwiseOptions select what of scores is measured.
type PointwiseOptions struct {
	OrderOnly  bool    // scores are no probabilities: only AUC, GAUC and PR-AUC
	Threshold  float64 // a probability of at least this much predicts "liked"
	Bins       int     // of the calibration
	Resampling Resampling
}

// DefaultPointwiseOptions are those of our tables.
func DefaultPointwiseOptions() PointwiseOptions {
	return PointwiseOptions{Threshold: 0.5, Bins: 15, Resampling: DefaultResampling}
}

// Clip is how near to 0 and 1 a probability may come in the log loss.
const Clip = 1e-7

// Pointwise measures a method's scores, scores[i] for rows[i]: probabilities of being
// liked, or anything of their order with OrderOnly. The intervals are those of
// [Result.Bootstrap]; ECE has none, for what is observed of fewer users is farther from
// what was predicted. It panics if the lengths differ, if a score is not a number, or
// if a probability is outside 0 to 1.
func Pointwise(method string, rows []Example, scores []float64, o PointwiseOptions) Result {
	check(rows, scores, o)
	of := unitsOf(len(rows), func(i int) int { return rows[i].User })
	r := Result{
		Method: method, Cases: len(rows), Users: of.users,
		units: units{users: of.users}, cases: rowsHash(rows),
	}
	labels := make([]bool, len(rows))
	for i, x := range rows {
		labels[i] = x.Liked
	}
	r.Metrics = r.order(scores, labels, of)
	if !o.OrderOnly {
		main, more := r.errors(scores, labels, of, o.Threshold)
		r.Bins = Bins(scores, labels, of.of, o.Bins)
		if len(r.Bins) > 0 {
			e := ECE(r.Bins)
			main = append(main, Metric{Name: "ECE", Estimate: Estimate{e, e, e}})
		}
		r.Metrics, r.More = append(r.Metrics, main...), more
	}
	r.Bootstrap(o.Resampling)
	return r
}

func check(rows []Example, scores []float64, o PointwiseOptions) {
	if len(rows) != len(scores) {
		panic(fmt.Sprintf("evaluation: %d scores for %d rows", len(scores), len(rows)))
	}
	for i, s := range scores {
		if math.IsNaN(s) || !o.OrderOnly && (s < 0 || s > 1) {
			panic(fmt.Sprintf("evaluation: the score of row %d is %g", i, s))
		}
	}
}

// order measures how well scores order the rows.
func (r *Result) order(scores []float64, labels []bool, of units) []Metric {
	rank := newRanking(scores, labels, of.of)
	auc := Metric{Name: "AUC", of: func(times []float64) float64 { roc, _ := rank.areas(times); return roc }}
	area := Metric{Name: "PR-AUC", of: func(times []float64) float64 { _, pr := rank.areas(times); return pr }}
	auc.Mean, area.Mean = rank.areas(ones(of.users))
	gauc := Metric{Name: "GAUC"}
	gauc.values, gauc.weights, r.OneClass = aucByUser(scores, labels, of)
	var metrics []Metric
	if !math.IsNaN(auc.Mean) {
		metrics = append(metrics, auc)
	}
	if gauc.approximate(r.units) {
		metrics = append(metrics, gauc)
	}
	if !math.IsNaN(area.Mean) {
		metrics = append(metrics, area)
	}
	return metrics
}
