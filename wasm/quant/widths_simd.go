//go:build wasm && goexperiment.simd && go1.27

package quant

import (
	"simd/archsimd"
	"unsafe"
)

// The widths that the builder chooses, with q in registers for all rows, four a turn: a
// function of Go jumps through a table on WebAssembly at each. The caller has checked
// that m is as long as dst says.

func dots32(dst []int32, m []int8, q *[32]int8) {
	q0 := archsimd.LoadInt8x16Array((*[16]int8)(q[0:16]))
	q1 := archsimd.LoadInt8x16Array((*[16]int8)(q[16:32]))
	var x archsimd.Int8x16
	var s archsimd.Int16x8
	var t archsimd.Int32x4
	p := unsafe.Pointer(unsafe.SliceData(m))
	for ; len(dst) >= 4; dst = dst[4:] {
		y := (*[4]int32)(dst)
		x = archsimd.LoadInt8x16Array((*[16]int8)(unsafe.Add(p, 0)))
		s = x.MulWidenLo(q0).Add(x.MulWidenHi(q0))
		t = s.ExtendLo4ToInt32().Add(s.ExtendHi4ToInt32())
		x = archsimd.LoadInt8x16Array((*[16]int8)(unsafe.Add(p, 16)))
		s = x.MulWidenLo(q1).Add(x.MulWidenHi(q1))
		t = t.Add(s.ExtendLo4ToInt32()).Add(s.ExtendHi4ToInt32())
		y[0] = t.GetElem(0) + t.GetElem(1) + t.GetElem(2) + t.GetElem(3)
		x = archsimd.LoadInt8x16Array((*[16]int8)(unsafe.Add(p, 32)))
		s = x.MulWidenLo(q0).Add(x.MulWidenHi(q0))
		t = s.ExtendLo4ToInt32().Add(s.ExtendHi4ToInt32())
		x = archsimd.LoadInt8x16Array((*[16]int8)(unsafe.Add(p, 48)))
		s = x.MulWidenLo(q1).Add(x.MulWidenHi(q1))
		t = t.Add(s.ExtendLo4ToInt32()).Add(s.ExtendHi4ToInt32())
		y[1] = t.GetElem(0) + t.GetElem(1) + t.GetElem(2) + t.GetElem(3)
		x = archsimd.LoadInt8x16Array((*[16]int8)(unsafe.Add(p, 64)))
		s = x.MulWidenLo(q0).Add(x.MulWidenHi(q0))
		t = s.ExtendLo4ToInt32().Add(s.ExtendHi4ToInt32())
		x = archsimd.LoadInt8x16Array((*[16]int8)(unsafe.Add(p, 80)))
		s = x.MulWidenLo(q1).Add(x.MulWidenHi(q1))
		t = t.Add(s.ExtendLo4ToInt32()).Add(s.ExtendHi4ToInt32())
		y[2] = t.GetElem(0) + t.GetElem(1) + t.GetElem(2) + t.GetElem(3)
		x = archsimd.LoadInt8x16Array((*[16]int8)(unsafe.Add(p, 96)))
		s = x.MulWidenLo(q0).Add(x.MulWidenHi(q0))
		t = s.ExtendLo4ToInt32().Add(s.ExtendHi4ToInt32())
		x = archsimd.LoadInt8x16Array((*[16]int8)(unsafe.Add(p, 112)))
		s = x.MulWidenLo(q1).Add(x.MulWidenHi(q1))
		t = t.Add(s.ExtendLo4ToInt32()).Add(s.ExtendHi4ToInt32())
		y[3] = t.GetElem(0) + t.GetElem(1) + t.GetElem(2) + t.GetElem(3)
		p = unsafe.Add(p, 128)
	}
	for r := range dst {
		dst[r] = Dot((*[32]int8)(unsafe.Add(p, r*32))[:], q[:])
	}
}

func dots64(dst []int32, m []int8, q *[64]int8) {
	q0 := archsimd.LoadInt8x16Array((*[16]int8)(q[0:16]))
	q1 := archsimd.LoadInt8x16Array((*[16]int8)(q[16:32]))
	q2 := archsimd.LoadInt8x16Array((*[16]int8)(q[32:48]))
	q3 := archsimd.LoadInt8x16Array((*[16]int8)(q[48:64]))
	var x archsimd.Int8x16
	var s archsimd.Int16x8
	var t archsimd.Int32x4
	p := unsafe.Pointer(unsafe.SliceData(m))
	for ; len(dst) >= 4; dst = dst[4:] {
		y := (*[4]int32)(dst)
		x = archsimd.LoadInt8x16Array((*[16]int8)(unsafe.Add(p, 0)))
		s = x.MulWidenLo(q0).Add(x.MulWidenHi(q0))
		t = s.ExtendLo4ToInt32().Add(s.ExtendHi4ToInt32())
		x = archsimd.LoadInt8x16Array((*[16]int8)(unsafe.Add(p, 16)))
		s = x.MulWidenLo(q1).Add(x.MulWidenHi(q1))
		t = t.Add(s.ExtendLo4ToInt32()).Add(s.ExtendHi4ToInt32())
		x = archsimd.LoadInt8x16Array((*[16]int8)(unsafe.Add(p, 32)))
		s = x.MulWidenLo(q2).Add(x.MulWidenHi(q2))
		t = t.Add(s.ExtendLo4ToInt32()).Add(s.ExtendHi4ToInt32())
		x = archsimd.LoadInt8x16Array((*[16]int8)(unsafe.Add(p, 48)))
		s = x.MulWidenLo(q3).Add(x.MulWidenHi(q3))
		t = t.Add(s.ExtendLo4ToInt32()).Add(s.ExtendHi4ToInt32())
		y[0] = t.GetElem(0) + t.GetElem(1) + t.GetElem(2) + t.GetElem(3)
		x = archsimd.LoadInt8x16Array((*[16]int8)(unsafe.Add(p, 64)))
		s = x.MulWidenLo(q0).Add(x.MulWidenHi(q0))
		t = s.ExtendLo4ToInt32().Add(s.ExtendHi4ToInt32())
		x = archsimd.LoadInt8x16Array((*[16]int8)(unsafe.Add(p, 80)))
		s = x.MulWidenLo(q1).Add(x.MulWidenHi(q1))
		t = t.Add(s.ExtendLo4ToInt32()).Add(s.ExtendHi4ToInt32())
		x = archsimd.LoadInt8x16Array((*[16]int8)(unsafe.Add(p, 96)))
		s = x.MulWidenLo(q2).Add(x.MulWidenHi(q2))
		t = t.Add(s.ExtendLo4ToInt32()).Add(s.ExtendHi4ToInt32())
		x = archsimd.LoadInt8x16Array((*[16]int8)(unsafe.Add(p, 112)))
		s = x.MulWidenLo(q3).Add(x.MulWidenHi(q3))
		t = t.Add(s.ExtendLo4ToInt32()).Add(s.ExtendHi4ToInt32())
		y[1] = t.GetElem(0) + t.GetElem(1) + t.GetElem(2) + t.GetElem(3)
		x = archsimd.LoadInt8x16Array((*[16]int8)(unsafe.Add(p, 128)))
		s = x.MulWidenLo(q0).Add(x.MulWidenHi(q0))
		t = s.ExtendLo4ToInt32().Add(s.ExtendHi4ToInt32())
		x = archsimd.LoadInt8x16Array((*[16]int8)(unsafe.Add(p, 144)))
		s = x.MulWidenLo(q1).Add(x.MulWidenHi(q1))
		t = t.Add(s.ExtendLo4ToInt32()).Add(s.ExtendHi4ToInt32())
		x = archsimd.LoadInt8x16Array((*[16]int8)(unsafe.Add(p, 160)))
		s = x.MulWidenLo(q2).Add(x.MulWidenHi(q2))
		t = t.Add(s.ExtendLo4ToInt32()).Add(s.ExtendHi4ToInt32())
		x = archsimd.LoadInt8x16Array((*[16]int8)(unsafe.Add(p, 176)))
		s = x.MulWidenLo(q3).Add(x.MulWidenHi(q3))
		t = t.Add(s.ExtendLo4ToInt32()).Add(s.ExtendHi4ToInt32())
		y[2] = t.GetElem(0) + t.GetElem(1) + t.GetElem(2) + t.GetElem(3)
		x = archsimd.LoadInt8x16Array((*[16]int8)(unsafe.Add(p, 192)))
		s = x.MulWidenLo(q0).Add(x.MulWidenHi(q0))
		t = s.ExtendLo4ToInt32().Add(s.ExtendHi4ToInt32())
		x = archsimd.LoadInt8x16Array((*[16]int8)(unsafe.Add(p, 208)))
		s = x.MulWidenLo(q1).Add(x.MulWidenHi(q1))
		t = t.Add(s.ExtendLo4ToInt32()).Add(s.ExtendHi4ToInt32())
		x = archsimd.LoadInt8x16Array((*[16]int8)(unsafe.Add(p, 224)))
		s = x.MulWidenLo(q2).Add(x.MulWidenHi(q2))
		t = t.Add(s.ExtendLo4ToInt32()).Add(s.ExtendHi4ToInt32())
		x = archsimd.LoadInt8x16Array((*[16]int8)(unsafe.Add(p, 240)))
		s = x.MulWidenLo(q3).Add(x.MulWidenHi(q3))
		t = t.Add(s.ExtendLo4ToInt32()).Add(s.ExtendHi4ToInt32())
		y[3] = t.GetElem(0) + t.GetElem(1) + t.GetElem(2) + t.GetElem(3)
		p = unsafe.Add(p, 256)
	}
	for r := range dst {
		dst[r] = Dot((*[64]int8)(unsafe.Add(p, r*64))[:], q[:])
	}
}
