package quant

// Query is a row of integers and its scale, which the rows of a table are
// scored with: each score is scale·scales[r]·(row r · query) + bias[r], as
// [Dots] and [Affine] make it.
type Query struct {
	row   []int8
	scale float32
	mixed mixed // row, as the loops of this target take it
}

// NewQuery returns a query of a row and its scale; it keeps row.
func NewQuery(row []int8, scale float32) Query { return Query{row, scale, mix(row)} }

// Score returns the score of one row, to the bit that of Scores.
func (q *Query) Score(row []int8, scale, bias float32) float32 {
	return float32(float32(q.scale*scale)*float32(Dot(row, q.row))) + bias
}

// scoresPortable is Scores for every target, and what the other variants equal.
func (q *Query) scoresPortable(dst []float32, m []int8, scales, bias []float32) {
	var memory [256]int32
	d := len(q.row)
	for from := 0; from < len(dst); from += len(memory) {
		to := min(from+len(memory), len(dst))
		products := memory[:to-from]
		Dots(products, m[from*d:to*d], q.row)
		Affine(dst[from:to], products, q.scale, scales[from:to], bias[from:to])
	}
}

// abovePortable is Above for every target, and what the other variants equal.
func (q *Query) abovePortable(dst []float32, at []int32, m []int8, scales, bias []float32, least float32) int {
	q.scoresPortable(dst, m, scales, bias)
	n := 0
	for r := 0; r < len(dst); r += 4 {
		four := *(*[4]float32)(dst[r:])
		if four[0] > least || four[1] > least || four[2] > least || four[3] > least {
			*(*[4]float32)(dst[4*n:]) = four
			at[n] = int32(r)
			n++
		}
	}
	return n
}
