// Package quant keeps float32 matrices as int8 with one scale per row, a
// quarter of the bytes at less than a hundredth of the ranking quality, and
// multiplies them exactly: the inner loop that every answer waits for.
package quant

import (
	"math"
	"math/bits"
)

// Matrix is an [R×C] matrix in row order: the value at (r, c) is
// Scale[r] · Data[r·C+c]. Data holds values in [-127, 127]; a scale is finite
// and not negative, and is 0 only for a row of zeros.
type Matrix struct {
	Rows, Cols int
	Data       []int8    // [R×C]
	Scale      []float32 // [R]
}

// Quantize returns m, an [rows×cols] matrix in row order, as [QuantizeTo] does
// with the most levels that an int8 has: 127 on either side of 0.
func Quantize(m []float32, rows, cols int) Matrix { return QuantizeTo(m, rows, cols, 127) }

// QuantizeTo returns m, an [rows×cols] matrix in row order, with each row scaled
// so that its largest magnitude becomes levels, which are 1 to 127, and rounded
// to the nearest integer, halves away from zero. Half the levels are twice the
// error, and once compressed one bit a value less.
//
// Scales are rounded up, to one significant bit more than levels has: more would
// not be seen beside the error of the values. For 127 that is eight, so that the
// two low bytes of each are zero and cost nothing once compressed.
// It panics if len(m) is not rows·cols or levels are out of range.
func QuantizeTo(m []float32, rows, cols, levels int) Matrix {
	if len(m) != rows*cols {
		panic("quant: shape does not match the length")
	}
	if levels < 1 || levels > 127 {
		panic("quant: levels must be 1 to 127")
	}
	q := Matrix{Rows: rows, Cols: cols, Data: make([]int8, len(m)), Scale: make([]float32, rows)}
	precision := bits.Len(uint(levels)) + 1
	for r := range rows {
		row := m[r*cols : (r+1)*cols]
		var top float32
		for _, v := range row {
			top = max(top, float32(math.Abs(float64(v))))
		}
		if top == 0 {
			continue
		}
		s := RoundUp(top/float32(levels), precision)
		q.Scale[r] = s
		for c, v := range row {
			q.Data[r*cols+c] = int8(math.Round(float64(v / s)))
		}
	}
	return q
}

// RoundUp returns the smallest float32 ≥ v, v > 0, of so many significant bits, 1
// to 24.
func RoundUp(v float32, precision int) float32 {
	low := uint32(1)<<(24-precision) - 1
	return math.Float32frombits((math.Float32bits(v) + low) &^ low)
}

// Row returns row r, [C], as integers, and its scale. The slice is shared.
func (m *Matrix) Row(r int) ([]int8, float32) {
	return m.Data[r*m.Cols : (r+1)*m.Cols : (r+1)*m.Cols], m.Scale[r]
}

// Dequantize stores row r in dst, which is [C]. It panics if the shapes do not match.
func (m *Matrix) Dequantize(dst []float32, r int) {
	row, s := m.Row(r)
	if len(dst) != len(row) {
		panic("quant: dst has another width")
	}
	for c, v := range row {
		dst[c] = s * float32(v)
	}
}

// Coarse rounds v to 8 significant bits, whose low bytes cost nothing in a
// compressed bundle.
func Coarse(v float32) float32 {
	return math.Float32frombits((math.Float32bits(v) + 0x8000) &^ 0xffff)
}

// CoarseAll returns [Coarse] of each value: an error of at most 0.2 %, and half
// the bytes once compressed.
func CoarseAll(v []float32) []float32 {
	out := make([]float32, len(v))
	for i, x := range v {
		out[i] = Coarse(x)
	}
	return out
}
