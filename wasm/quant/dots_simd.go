//go:build wasm && goexperiment.simd && go1.27

package quant

import "simd/archsimd"

// Dots stores the inner product of q with each row of m in dst, where m is
// [len(dst)×len(q)] in row order. Products and sums are exact integers.
// It panics if the shapes do not match.
//
// Two products are added in 16 bits before they are widened. That holds all
// sums but that of two products of -128 and -128, which [Quantize] makes none
// of; a q that holds a -128 goes the portable way.
func Dots(dst []int32, m, q []int8) {
	if len(m) != len(dst)*len(q) {
		panic("quant: shapes do not match")
	}
	for _, v := range q {
		if v == -128 {
			dotsPortable(dst, m, q)
			return
		}
	}
	switch len(q) {
	case 32:
		dots32(dst, m, (*[32]int8)(q))
	case 64:
		dots64(dst, m, (*[64]int8)(q))
	default:
		for r := range dst {
			dst[r] = Dot(m[r*len(q):][:len(q)], q)
		}
	}
}

// Dot returns the inner product of two rows of integers, exactly. It panics if
// b is shorter than a.
func Dot(a, b []int8) int32 {
	b = b[:len(a)]
	var t archsimd.Int32x4
	for len(a) >= 16 && len(b) >= 16 {
		x, y := archsimd.LoadInt8x16Array((*[16]int8)(a)), archsimd.LoadInt8x16Array((*[16]int8)(b))
		lo, hi := x.MulWidenLo(y), x.MulWidenHi(y)
		t = t.Add(lo.ExtendLo4ToInt32()).Add(lo.ExtendHi4ToInt32())
		t = t.Add(hi.ExtendLo4ToInt32()).Add(hi.ExtendHi4ToInt32())
		a, b = a[16:], b[16:]
	}
	s := t.GetElem(0) + t.GetElem(1) + t.GetElem(2) + t.GetElem(3)
	for i, v := range a {
		s += int32(v) * int32(b[i])
	}
	return s
}
