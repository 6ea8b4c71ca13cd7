//go:build wasm && goexperiment.simd && go1.27

package quant

import (
	"simd/archsimd"
	"unsafe"
)

// The widths that the builder chooses, a row a turn, with q in registers for all rows,
// widened once. The caller has checked that m is as long as dst says.

func dots32(dst []int32, m []int8, q *[32]int8) {
	q0 := archsimd.LoadInt8x16Array((*[16]int8)(q[0:]))
	q1 := archsimd.LoadInt8x16Array((*[16]int8)(q[16:]))
	lo0, hi0 := q0.ExtendLo8ToInt16(), q0.ExtendHi8ToInt16()
	lo1, hi1 := q1.ExtendLo8ToInt16(), q1.ExtendHi8ToInt16()
	var x archsimd.Int8x16
	var s archsimd.Int16x8
	var t archsimd.Int32x4
	p := unsafe.Pointer(unsafe.SliceData(m))
	for r := range dst {
		x = archsimd.LoadInt8x16Array((*[16]int8)(unsafe.Add(p, 0)))
		s = x.ExtendLo8ToInt16().Mul(lo0).Add(x.ExtendHi8ToInt16().Mul(hi0))
		t = s.ExtendLo4ToInt32().Add(s.ExtendHi4ToInt32())
		x = archsimd.LoadInt8x16Array((*[16]int8)(unsafe.Add(p, 16)))
		s = x.ExtendLo8ToInt16().Mul(lo1).Add(x.ExtendHi8ToInt16().Mul(hi1))
		t = t.Add(s.ExtendLo4ToInt32()).Add(s.ExtendHi4ToInt32())
		dst[r] = t.GetElem(0) + t.GetElem(1) + t.GetElem(2) + t.GetElem(3)
		p = unsafe.Add(p, 32)
	}
}

func dots64(dst []int32, m []int8, q *[64]int8) {
	q0 := archsimd.LoadInt8x16Array((*[16]int8)(q[0:]))
	q1 := archsimd.LoadInt8x16Array((*[16]int8)(q[16:]))
	q2 := archsimd.LoadInt8x16Array((*[16]int8)(q[32:]))
	q3 := archsimd.LoadInt8x16Array((*[16]int8)(q[48:]))
	lo0, hi0 := q0.ExtendLo8ToInt16(), q0.ExtendHi8ToInt16()
	lo1, hi1 := q1.ExtendLo8ToInt16(), q1.ExtendHi8ToInt16()
	lo2, hi2 := q2.ExtendLo8ToInt16(), q2.ExtendHi8ToInt16()
	lo3, hi3 := q3.ExtendLo8ToInt16(), q3.ExtendHi8ToInt16()
	var x archsimd.Int8x16
	var s archsimd.Int16x8
	var t archsimd.Int32x4
	p := unsafe.Pointer(unsafe.SliceData(m))
	for r := range dst {
		x = archsimd.LoadInt8x16Array((*[16]int8)(unsafe.Add(p, 0)))
		s = x.ExtendLo8ToInt16().Mul(lo0).Add(x.ExtendHi8ToInt16().Mul(hi0))
		t = s.ExtendLo4ToInt32().Add(s.ExtendHi4ToInt32())
		x = archsimd.LoadInt8x16Array((*[16]int8)(unsafe.Add(p, 16)))
		s = x.ExtendLo8ToInt16().Mul(lo1).Add(x.ExtendHi8ToInt16().Mul(hi1))
		t = t.Add(s.ExtendLo4ToInt32()).Add(s.ExtendHi4ToInt32())
		x = archsimd.LoadInt8x16Array((*[16]int8)(unsafe.Add(p, 32)))
		s = x.ExtendLo8ToInt16().Mul(lo2).Add(x.ExtendHi8ToInt16().Mul(hi2))
		t = t.Add(s.ExtendLo4ToInt32()).Add(s.ExtendHi4ToInt32())
		x = archsimd.LoadInt8x16Array((*[16]int8)(unsafe.Add(p, 48)))
		s = x.ExtendLo8ToInt16().Mul(lo3).Add(x.ExtendHi8ToInt16().Mul(hi3))
		t = t.Add(s.ExtendLo4ToInt32()).Add(s.ExtendHi4ToInt32())
		dst[r] = t.GetElem(0) + t.GetElem(1) + t.GetElem(2) + t.GetElem(3)
		p = unsafe.Add(p, 64)
	}
}
