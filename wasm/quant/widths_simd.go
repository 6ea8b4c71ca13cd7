//go:build wasm && goexperiment.simd && go1.27

package quant

import "simd/archsimd"

// The widths that the builder chooses, with q in registers for all rows. Each function
// is written out: where nothing is inlined, a call a row costs more than what
// it does.

func dots32(dst []int32, m []int8, q *[32]int8) {
	q0 := archsimd.LoadInt8x16Array((*[16]int8)(q[0:16]))
	q1 := archsimd.LoadInt8x16Array((*[16]int8)(q[16:32]))
	for r := range dst {
		row := (*[32]int8)(m[r*32:])
		x0 := archsimd.LoadInt8x16Array((*[16]int8)(row[0:16]))
		s0 := x0.MulWidenLo(q0).Add(x0.MulWidenHi(q0))
		t := s0.ExtendLo4ToInt32().Add(s0.ExtendHi4ToInt32())
		x1 := archsimd.LoadInt8x16Array((*[16]int8)(row[16:32]))
		s1 := x1.MulWidenLo(q1).Add(x1.MulWidenHi(q1))
		t = t.Add(s1.ExtendLo4ToInt32()).Add(s1.ExtendHi4ToInt32())
		dst[r] = t.GetElem(0) + t.GetElem(1) + t.GetElem(2) + t.GetElem(3)
	}
}

func dots64(dst []int32, m []int8, q *[64]int8) {
	q0 := archsimd.LoadInt8x16Array((*[16]int8)(q[0:16]))
	q1 := archsimd.LoadInt8x16Array((*[16]int8)(q[16:32]))
	q2 := archsimd.LoadInt8x16Array((*[16]int8)(q[32:48]))
	q3 := archsimd.LoadInt8x16Array((*[16]int8)(q[48:64]))
	for r := range dst {
		row := (*[64]int8)(m[r*64:])
		x0 := archsimd.LoadInt8x16Array((*[16]int8)(row[0:16]))
		s0 := x0.MulWidenLo(q0).Add(x0.MulWidenHi(q0))
		t := s0.ExtendLo4ToInt32().Add(s0.ExtendHi4ToInt32())
		x1 := archsimd.LoadInt8x16Array((*[16]int8)(row[16:32]))
		s1 := x1.MulWidenLo(q1).Add(x1.MulWidenHi(q1))
		t = t.Add(s1.ExtendLo4ToInt32()).Add(s1.ExtendHi4ToInt32())
		x2 := archsimd.LoadInt8x16Array((*[16]int8)(row[32:48]))
		s2 := x2.MulWidenLo(q2).Add(x2.MulWidenHi(q2))
		t = t.Add(s2.ExtendLo4ToInt32()).Add(s2.ExtendHi4ToInt32())
		x3 := archsimd.LoadInt8x16Array((*[16]int8)(row[48:64]))
		s3 := x3.MulWidenLo(q3).Add(x3.MulWidenHi(q3))
		t = t.Add(s3.ExtendLo4ToInt32()).Add(s3.ExtendHi4ToInt32())
		dst[r] = t.GetElem(0) + t.GetElem(1) + t.GetElem(2) + t.GetElem(3)
	}
}
