package quant

import "math"

// dotsPortable is Dots for every target, and what the other variants equal.
//
// Wasm computes with 64 bits as fast as with 32, and Go would sign-extend every
// 32-bit result: so the sums are 64 bits wide until the end. Eight elements
// are taken at a time, through array pointers that are checked once.
func dotsPortable(dst []int32, m, q []int8) {
	d := len(q)
	if len(m) != len(dst)*d {
		panic("quant: shapes do not match")
	}
	wide := make([]int64, d)
	for i, v := range q {
		wide[i] = int64(v)
	}
	for r := range dst {
		dst[r] = dotWide(m[r*d:][:d], wide)
	}
}

// dotWide is dotPortable with a q that is widened once for all rows.
func dotWide(a []int8, q []int64) int32 {
	var s, t int64
	for len(a) >= 8 && len(q) >= 8 {
		x, y := (*[8]int8)(a), (*[8]int64)(q)
		s += int64(x[0])*y[0] + int64(x[1])*y[1] + int64(x[2])*y[2] + int64(x[3])*y[3]
		t += int64(x[4])*y[4] + int64(x[5])*y[5] + int64(x[6])*y[6] + int64(x[7])*y[7]
		a, q = a[8:], q[8:]
	}
	for i, v := range q {
		s += int64(a[i]) * v
	}
	return int32(s + t)
}

// dotPortable is Dot for every target, and what the other variants equal.
func dotPortable(a, b []int8) int32 {
	b = b[:len(a)]
	var s, t int64
	for len(a) >= 8 && len(b) >= 8 {
		x, y := (*[8]int8)(a), (*[8]int8)(b)
		s += int64(x[0])*int64(y[0]) + int64(x[1])*int64(y[1]) + int64(x[2])*int64(y[2]) + int64(x[3])*int64(y[3])
		t += int64(x[4])*int64(y[4]) + int64(x[5])*int64(y[5]) + int64(x[6])*int64(y[6]) + int64(x[7])*int64(y[7])
		a, b = a[8:], b[8:]
	}
	for i, v := range a {
		s += int64(v) * int64(b[i])
	}
	return int32(s + t)
}

// InverseNorms returns 1 / length of each row as integers, [R], 0 for a row of
// zeros: Dot of two rows times both of theirs is their cosine.
func (m *Matrix) InverseNorms() []float32 {
	norms := make([]float32, m.Rows)
	for r := range norms {
		row, _ := m.Row(r)
		if squares := Dot(row, row); squares > 0 {
			norms[r] = float32(1 / math.Sqrt(float64(squares)))
		}
	}
	return norms
}
