package engine

import (
	"math"

	"sparrow/wasm/catalog"
	"sparrow/wasm/vec"
)

// powerSteps is how often the power iteration multiplies. Where the second
// largest variance is 0.9 of the largest, 0.9^100 of a wrong direction is left.
const powerSteps = 100

// pca returns where n points of width D lie in the plane in which they spread
// most: along their first and along their second principal component, [n] each.
// The points, [n×D], are overwritten with what that plane does not show.
//
// It is power iteration on the covariance matrix, which is never made: a step is
// v ← Xᵀ(Xv)/|Xᵀ(Xv)|, X being the points about their mean; then what lies along v is taken
// from the points, and the second component is found like the first. It starts at
// the first point, which therefore never lies on the negative side: the same points, the same
// plane. Source: Golub & Van Loan, Matrix Computations, 4th ed., section 8.2.1.
func pca(points []float32, d int) (at [2][]float32) {
	n := len(points) / d
	sum := make([]float32, d)
	for i := range n {
		add(sum, 1, points[i*d:])
	}
	for i := range n {
		add(points[i*d:][:d], -1/float32(n), sum)
	}
	v := make([]float32, d)
	for axis := range at {
		at[axis] = make([]float32, n)
		copy(v, points)
		for range powerSteps {
			clear(sum)
			for i := range n {
				point := points[i*d:]
				add(sum, vec.Dot(v, point), point)
			}
			l := float32(math.Sqrt(float64(vec.Dot(sum, sum))))
			if l == 0 {
				break
			}
			clear(v)
			add(v, 1/l, sum)
		}
		for i := range n {
			point := points[i*d:][:d]
			x := vec.Dot(v, point)
			at[axis][i] = x
			add(point, -x, v)
		}
	}
	return at
}

// add adds f·b to dst; b is at least as long.
func add(dst []float32, f float32, b []float32) {
	for c, v := range b[:len(dst)] {
		dst[c] += float32(f * v)
	}
}

// Map lays items out by taste: x and y, parallel to rows, in the plane in
// which their retrieval vectors, at unit length, spread most. The first one lies
// at 0 or more on both axes.
func (e *Engine) Map(rows []catalog.Row) (x, y []float32) {
	d := e.bundle.Retrieval.Out.Cols
	points := make([]float32, len(rows)*d)
	for i, r := range rows {
		row, _ := e.bundle.Retrieval.Out.Row(int(r))
		for c, v := range row {
			points[i*d+c] = float32(v) * e.inverse[r]
		}
	}
	at := pca(points, d)
	return at[0], at[1]
}
