package evaluation

import (
	"fmt"
	"math/rand/v2"

	"sparrow/build/dataset"
)

// KFold cuts the labelled rows at random into k folds of as many, k ≥ 2, and returns
// a split for each, which holds that fold out: cross-validation judges every row once,
// by a model that has not seen it.
func KFold(d *dataset.Dataset, l Labels, k int, seed uint64) ([]*Split, error) {
	rows := l.rows(d)
	if k < 2 || k > len(rows) {
		return nil, fmt.Errorf("evaluation: %d folds of %d labelled rows: at least 2 are due, and no more than rows", k, len(rows))
	}
	fold := make([]int, len(rows))
	for i, row := range rand.New(rand.NewPCG(seed, 0)).Perm(len(rows)) {
		fold[row] = i % k
	}
	splits := make([]*Split, k)
	for f := range splits {
		test := make([]bool, len(rows))
		for i := range test {
			test[i] = fold[i] == f
		}
		splits[f] = heldOut(fmt.Sprintf("fold %d of %d", f+1, k), d, rows, test)
	}
	return splits, nil
}
