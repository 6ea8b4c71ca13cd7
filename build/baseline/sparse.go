package baseline

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"gonum.org/v1/gonum/mat"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
)

// Sparse is an [EASE] of few weights.
type Sparse struct {
	number []int32         // [N] 1 + index into lists, 0 for none
	lists  [][]catalog.Row // [M] the items that each speaks for, ascending
	weight [][]float32     // likewise
}

// Sparse returns m with its n·M largest weights, those above 0, ties by the place in the
// matrix, which are learned again: what they tell of an item j, in all the lists that have
// it, is the ridge regression of j on the items S that those are of,
//
//	B(S, j) = (G + λI + p/(1-p)·diag(G))(S, S)⁻¹ · G(S, j)
//
// since each of the kept weights was learned beside those that are not kept. d is what m
// was trained with.
// Source: Ning and Karypis, "SLIM: sparse linear methods for top-n recommender systems",
// ICDM 2011, section 4.4, whose regression is on a chosen few items, too; these are ours.
func (m *EASE) Sparse(ctx context.Context, d *dataset.Dataset, n int) (*Sparse, error) {
	size := len(m.rows)
	s := &Sparse{m.number, make([][]catalog.Row, size), make([][]float32, size)}
	sources := make([][]int, size) // S of each item
	for _, at := range largest(m.weights, n*size) {
		i, j := at/size, at%size
		sources[j] = append(sources[j], i)
		s.lists[i] = append(s.lists[i], m.rows[j])
		s.weight[i] = append(s.weight[i], 0)
	}
	g := m.opt.regularized(d, m.number, size)
	for j, from := range sources {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("baseline: EASE: %w", err)
		}
		if len(from) == 0 {
			continue
		}
		own, to := mat.NewSymDense(len(from), nil), mat.NewVecDense(len(from), nil)
		for a, i := range from {
			for b := a; b < len(from); b++ {
				own.SetSym(a, b, g.Data[i*size+from[b]])
			}
			to.SetVec(a, g.Data[min(i, j)*size+max(i, j)])
		}
		var factor mat.Cholesky
		var weights mat.VecDense
		if !factor.Factorize(own) || factor.SolveVecTo(&weights, to) != nil {
			return nil, fmt.Errorf("baseline: EASE: the matrix of %d items is not positive definite at a regularization of %g", len(from), m.opt.Regularization)
		}
		for a, i := range from {
			k, _ := slices.BinarySearch(s.lists[i], m.rows[j])
			s.weight[i][k] = float32(weights.AtVec(a))
		}
	}
	return s, nil
}

// largest returns the indices of the n largest weights above 0, ties by index, ascending.
func largest(weights []float32, n int) []int {
	var kept []int
	for at, w := range weights {
		if w > 0 {
			kept = append(kept, at)
		}
	}
	slices.SortFunc(kept, func(a, b int) int { return cmp.Or(cmp.Compare(weights[b], weights[a]), a-b) })
	kept = kept[:min(n, len(kept))]
	slices.Sort(kept)
	return kept
}

// Of returns the items that item r speaks for, ascending, and the weights B(r, ·), of
// which some may be below 0; none where r was left out. The slices are shared.
func (s *Sparse) Of(r catalog.Row) ([]catalog.Row, []float32) {
	i := int(s.number[r]) - 1
	if i < 0 {
		return nil, nil
	}
	return s.lists[i], s.weight[i]
}
