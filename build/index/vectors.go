package index

import (
	"math"

	"sparrow/wasm/catalog"
)

// Metric says which of two vectors is nearer to a query: the one with the
// larger score.
type Metric uint8

const (
	InnerProduct Metric = iota // score x·q
	Cosine                     // score x·q / (|x|·|q|)
)

// Vectors are N finite vectors of width D, ready to be indexed. A row of zeros
// stands for an item without a vector: no search compares or returns it.
//
// The approximate indexes see each row as a unit vector and ask for the nearest
// one. For the cosine that is x/|x|. For the inner product it is a vector that
// is one wider, and the query gets a zero there:
//
//	x → (x, √(M²-|x|²)) / M,   q → (q, 0) / |q|,   M = the largest |x|.
//
// All rows are then equally long, so the largest inner product, the largest
// cosine and the smallest Euclidean distance are one and the same row. Source:
// Bachrach et al., Speeding up the Xbox recommender system using a Euclidean
// transformation for inner-product spaces, RecSys 2014, theorem 2. Where a few rows are
// much longer than the rest, the rest crowds around one pole and is told apart
// badly: the recall shows it.
type Vectors struct {
	n, d    int
	metric  Metric
	rows    []float32     // [N×D], scaled to unit length for the cosine
	rest    []float32     // [N] √(M²-|x|²) for the inner product, nil for the cosine
	longest float32       // M, 1 for the cosine
	present []catalog.Row // the rows that are not zero, ascending
}

// NewVectors takes m, [N×d] in row order, which must not change afterwards; for
// the cosine it is copied. It panics if the length is no multiple of d or d < 1.
func NewVectors(m []float32, d int, metric Metric) *Vectors {
	if d < 1 || len(m)%d != 0 {
		panic("index: shape does not match the length")
	}
	v := &Vectors{n: len(m) / d, d: d, metric: metric, rows: m, longest: 1}
	lengths := make([]float64, v.n)
	var longest float64
	for r := range lengths {
		if lengths[r] = length(v.row(catalog.Row(r))); lengths[r] > 0 {
			v.present = append(v.present, catalog.Row(r))
			longest = max(longest, lengths[r])
		}
	}
	if metric == Cosine {
		v.rows = make([]float32, len(m))
		for _, r := range v.present {
			divide(v.row(r), m[int(r)*d:][:d], lengths[r])
		}
		return v
	}
	v.longest = float32(longest)
	v.rest = make([]float32, v.n)
	for r, l := range lengths {
		v.rest[r] = float32(math.Sqrt(max(0, float64(longest*longest)-float64(l*l))))
	}
	return v
}

// Len returns N.
func (v *Vectors) Len() int { return v.n }

// row returns row r, [D], shared.
func (v *Vectors) row(r catalog.Row) []float32 { return v.rows[int(r)*v.d:][:v.d] }

// width returns how wide the unit vectors are: D, or D+1 for the inner product.
func (v *Vectors) width() int {
	if v.rest != nil {
		return v.d + 1
	}
	return v.d
}

// unit stores the unit vector of row r in dst, which is [width].
func (v *Vectors) unit(dst []float32, r catalog.Row) {
	divide(dst[:v.d], v.row(r), float64(v.longest))
	if v.rest != nil {
		dst[v.d] = v.rest[r] / v.longest
	}
}

// query returns q as rows are compared with it, unscaled for the inner product
// and of unit length for the cosine, and its length then. It panics if q is not [D].
func (v *Vectors) query(q []float32) ([]float32, float32) {
	if len(q) != v.d {
		panic("index: the query has another width than the vectors")
	}
	l := length(q)
	if v.metric == Cosine && l > 0 {
		unit := make([]float32, v.d)
		divide(unit, q, l)
		return unit, 1
	}
	return q, float32(l)
}

// divide stores x/l in dst, both of one length.
func divide(dst, x []float32, l float64) {
	for i, a := range x {
		dst[i] = float32(float64(a) / l)
	}
}

// length returns |x|. The product of two float32 is exact in float64.
func length(x []float32) float64 {
	var squares float64
	for _, a := range x {
		squares += float64(a) * float64(a)
	}
	return math.Sqrt(squares)
}
