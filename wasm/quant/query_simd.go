//go:build wasm && goexperiment.simd && go1.27

package quant

import (
	"math"
	"unsafe"
)

// mixed is the query as the assembly takes it: for each 16 elements the eight
// odd ones, then the eight even ones. It reads two elements of a row as one
// number of 16 bits and takes each out where it stands, the odd one by a mask and
// the even one by a shift to the left, so that both are 256 times what they are
// and have their sign.
type mixed struct {
	pairs [64]int16
	ready bool // of a width that the assembly takes
}

func mix(row []int8) (x mixed) {
	x.ready = len(row) == 32 || len(row) == 64
	for i := 0; x.ready && i < len(row); i += 2 {
		at := i&^15 + i%16/2
		x.pairs[at], x.pairs[at+8] = int16(row[i+1]), int16(row[i])
	}
	return x
}

// above32 and above64 do n rows, a multiple of four above 0, of that width: in
// assembly, since package simd has no product that adds pairs, and fused, since
// sums that are stored and read again cost a quarter of the time. A four with a
// score that is not a number counts as above least, and least that is none lets
// all of them through.
//
//go:noescape
func above32(dst *float32, at *int32, m *int8, q *mixed, scales, bias *float32, n int, scale, least float32) int

//go:noescape
func above64(dst *float32, at *int32, m *int8, q *mixed, scales, bias *float32, n int, scale, least float32) int

// Scores stores the score of each row of m in dst, which is [R] as the scales
// and the biases are. It panics if the shapes do not match.
func (q *Query) Scores(dst []float32, m []int8, scales, bias []float32) {
	var at [256]int32
	d, from := len(q.row), 0
	for n := len(dst) &^ 3; q.mixed.ready && from < n; {
		to := min(from+4*len(at), n)
		q.Above(dst[from:to], at[:], m[from*d:to*d], scales[from:to], bias[from:to], float32(math.NaN()))
		from = to
	}
	q.scoresPortable(dst[from:], m[from*d:], scales[from:], bias[from:])
}

// Above stores the scores of those fours of rows of which one is above least in
// dst, one four after the other, and the first row of each in at; it returns how
// many. dst is [R] as the scales and the biases are, at is [R/4], and R is a
// multiple of four. It panics if the shapes do not match.
func (q *Query) Above(dst []float32, at []int32, m []int8, scales, bias []float32, least float32) int {
	n := len(dst)
	m, scales, bias, at = m[:n*len(q.row)], scales[:n], bias[:n], at[:n/4]
	above := above64
	switch {
	case !q.mixed.ready || n%4 != 0:
		return q.abovePortable(dst, at, m, scales, bias, least)
	case n == 0:
		return 0
	case len(q.row) == 32:
		above = above32
	}
	return above(unsafe.SliceData(dst), unsafe.SliceData(at), unsafe.SliceData(m), &q.mixed,
		unsafe.SliceData(scales), unsafe.SliceData(bias), n, q.scale, least)
}
