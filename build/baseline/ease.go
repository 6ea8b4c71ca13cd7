package baseline

import (
	"context"
	"fmt"
	"slices"

	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/lapack64"
	"gonum.org/v1/gonum/mat"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

// EASEOptions are the settings of [TrainEASE].
type EASEOptions struct {
	Regularization float64 // λ
	Decay          float64 // of an event's weight to the next older one's, when asked; 1 for none
	MinCount       int     // items with fewer interactions are left out: they are never recommended
	Largest        int     // at most so many items, the most popular: memory is 12 bytes × items², time grows with the third power
	Dropout        float64 // p, of the items that training hides, 0 ≤ p < 1
	Liked          bool    // an interaction counts as far as it is liked, in place of 1
}

// DefaultEASEOptions returns the best settings found on the validation items of
// MovieLens latest-small: the README of this folder has the figures.
func DefaultEASEOptions(d *dataset.Dataset) EASEOptions {
	return EASEOptions{Regularization: 200, Decay: fading(d, 0.8), MinCount: 5, Largest: 5000}
}

// EASE is the linear autoencoder without self-similarity: with X the users' rows, of
// zeros and ones, G = XᵀX and P = (G + λI + p/(1-p)·diag(G))⁻¹, the weights are
// B = -P/diag(P) by columns with a zero diagonal, and the score of item j is
// Σ_k decay^k·B(h_k, j), k = 0 the newest.
// Source: Steck, "Embarrassingly shallow autoencoders for sparse data", WWW 2019; the
// term of p is that of Steck, "Autoencoders that don't overfit towards the identity",
// NeurIPS 2020. The decay of older events when asked, and rows of liking in place of
// ones, are ours.
type EASE struct {
	opt     EASEOptions
	rows    []catalog.Row // [M] that take part, ascending
	number  []int32       // [N] 1 + index into rows, 0 for none
	weights []float32     // [M×M] B
}

// TrainEASE trains the model on d. progress, if not nil, is called once, at the end:
// the time is that of one inversion.
func TrainEASE(ctx context.Context, d *dataset.Dataset, opt EASEOptions, progress func(done, total int)) (*EASE, error) {
	rows := common(d, opt)
	m := len(rows)
	if m == 0 {
		return nil, fmt.Errorf("baseline: EASE: no item has %d interactions", opt.MinCount)
	}
	number := make([]int32, d.Catalog.Len()) // 1 + index into rows
	for i, r := range rows {
		number[r] = int32(i + 1)
	}
	raw := opt.regularized(d, number, m)
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("baseline: EASE: %w", err)
	}
	// In place, where mat.Cholesky holds a second matrix: 200 MB for 5,000 items.
	factor, ok := lapack64.Potrf(raw)
	if ok {
		_, ok = lapack64.Potri(factor)
	}
	if !ok {
		return nil, fmt.Errorf("baseline: EASE: the matrix of %d items is not positive definite at a regularization of %g", m, opt.Regularization)
	}
	weights := make([]float32, m*m)
	for i := range m {
		for j := range m {
			if i != j {
				weights[i*m+j] = float32(-raw.Data[min(i, j)*m+max(i, j)] / raw.Data[j*m+j])
			}
		}
	}
	if progress != nil {
		progress(1, 1)
	}
	return &EASE{opt, rows, number, weights}, nil
}

// regularized returns G + λI + p/(1-p)·diag(G), [M×M], its upper triangle.
func (o EASEOptions) regularized(d *dataset.Dataset, number []int32, m int) blas64.Symmetric {
	raw := mat.NewSymDense(m, nil).RawSymmetric()
	type entry struct {
		item int
		x    float64
	}
	for u := range d.Users {
		var row []entry
		for _, e := range d.Of(u) {
			if i := number[e.Row]; i > 0 {
				row = append(row, entry{int(i - 1), o.counts(e)})
			}
		}
		slices.SortFunc(row, func(a, b entry) int { return a.item - b.item })
		for a, i := range row {
			for _, j := range row[a:] {
				raw.Data[i.item*m+j.item] += float64(i.x * j.x)
			}
		}
	}
	for i := range m {
		raw.Data[i*m+i] += o.Regularization + float64(o.Dropout/(1-o.Dropout)*raw.Data[i*m+i])
	}
	return raw
}

// counts returns what interaction e is in its user's row.
func (o EASEOptions) counts(e dataset.Interaction) float64 {
	if o.Liked {
		return float64(feature.Event{Stars: float32(e.Stars) / 2}.Liking())
	}
	return 1
}

// Scores stores the score of each item for history h in dst, [N]: -1e30, behind
// every other, of those that were left out. It is safe for concurrent use.
func (m *EASE) Scores(dst []float32, h feature.History) {
	for r, i := range m.number {
		dst[r] = 0
		if i == 0 {
			dst[r] = -1e30
		}
	}
	weight := float32(1)
	for k := range h {
		if i := int(m.number[h[len(h)-1-k].Row]); i > 0 {
			for j, b := range m.weights[(i-1)*len(m.rows) : i*len(m.rows)] {
				dst[m.rows[j]] += float32(weight * b)
			}
		}
		weight *= float32(m.opt.Decay)
	}
}

// common returns the items that take part, ascending.
func common(d *dataset.Dataset, opt EASEOptions) []catalog.Row {
	counts := make([]int, d.Catalog.Len())
	for u := range d.Users {
		for _, e := range d.Of(u) {
			counts[e.Row]++
		}
	}
	var rows []catalog.Row
	for r, c := range counts {
		if c >= opt.MinCount {
			rows = append(rows, catalog.Row(r))
		}
	}
	slices.SortStableFunc(rows, func(a, b catalog.Row) int { return counts[b] - counts[a] })
	rows = rows[:min(len(rows), opt.Largest)]
	slices.Sort(rows)
	return rows
}
