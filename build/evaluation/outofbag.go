package evaluation

import (
	"errors"
	"math/rand/v2"

	"sparrow/build/dataset"
)

// OutOfBag draws as many labelled rows as there are with replacement to learn from,
// and judges by those that were never drawn, a share of about 1/e. Fit has a row as
// often as it was drawn, Train, in which no user sees an item twice, once.
// Source: Efron, Estimating the error rate of a prediction rule, JASA 1983.
func OutOfBag(d *dataset.Dataset, l Labels, seed uint64) (*Split, error) {
	rows := l.rows(d)
	rng := rand.New(rand.NewPCG(seed, 0))
	times := make([]int, len(rows))
	for range rows {
		times[rng.IntN(len(rows))]++
	}
	out := make([]bool, len(rows))
	for i, n := range times {
		out[i] = n == 0
	}
	s := heldOut("bootstrap, out of bag", d, rows, out)
	if len(s.Test) == 0 {
		return nil, errors.New("evaluation: too few labelled rows: all were drawn")
	}
	s.Fit = nil
	for i, x := range rows {
		for range times[i] {
			s.Fit = append(s.Fit, x)
		}
	}
	return s, nil
}
