package evaluation

import (
	"fmt"

	"sparrow/build/dataset"
)

// HoldOut draws a share of the labelled rows, 0 < share < 1, at random to judge by:
// whatever the time, so that a model may learn from a user's future what it has to
// predict of their past. Figures are better than they will be in service.
func HoldOut(d *dataset.Dataset, l Labels, share float64, seed uint64) (*Split, error) {
	rows := l.rows(d)
	if share <= 0 || share >= 1 {
		return nil, fmt.Errorf("evaluation: the share of the hold-out must be between 0 and 1, not %g", share)
	}
	test := make([]bool, len(rows))
	held := drawn(len(rows), share, seed)
	for _, i := range held {
		test[i] = true
	}
	if len(held) == 0 || len(held) == len(rows) {
		return nil, fmt.Errorf("evaluation: %d rows with stars are too few to hold %g of them out", len(rows), share)
	}
	return heldOut(fmt.Sprintf("random hold-out of %g", share), d, rows, test), nil
}
