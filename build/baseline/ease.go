package baseline

import (
	"context"
	"fmt"
	"slices"

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
}

// DefaultEASEOptions returns the best settings found on the validation items of
// MovieLens latest-small: the README of this folder has the figures.
func DefaultEASEOptions(d *dataset.Dataset) EASEOptions {
	return EASEOptions{Regularization: 200, Decay: fading(d, 0.8), MinCount: 5, Largest: 5000}
}

// EASE is the linear autoencoder without self-similarity: with X the users' 0/1 rows
// and P = (XᵀX + λI)⁻¹, the weights are B = -P/diag(P) by columns with a zero
// diagonal, and the score of item j is Σ_k decay^k·B(h_k, j), k = 0 the newest.
// Source: Steck, "Embarrassingly shallow autoencoders for sparse data", WWW 2019. The
// decay of older events when asked is ours.
type EASE struct {
	decay   float32
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
	g := mat.NewSymDense(m, nil)
	raw := g.RawSymmetric()
	for u := range d.Users {
		var seen []int
		for _, e := range d.Of(u) {
			if i := number[e.Row]; i > 0 {
				seen = append(seen, int(i-1))
			}
		}
		slices.Sort(seen)
		for a, i := range seen {
			for _, j := range seen[a:] {
				raw.Data[i*raw.Stride+j]++
			}
		}
	}
	for i := range m {
		raw.Data[i*raw.Stride+i] += opt.Regularization
	}
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
				weights[i*m+j] = float32(-g.At(i, j) / g.At(j, j))
			}
		}
	}
	if progress != nil {
		progress(1, 1)
	}
	return &EASE{float32(opt.Decay), rows, number, weights}, nil
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
		weight *= m.decay
	}
}

// Of returns the items that item r speaks for and the weights B(r, ·), of all that
// take part; none where r was left out. The weights are shared.
func (m *EASE) Of(r catalog.Row) ([]catalog.Row, []float32) {
	i := int(m.number[r]) - 1
	if i < 0 {
		return nil, nil
	}
	return m.rows, m.weights[i*len(m.rows) : (i+1)*len(m.rows)]
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
