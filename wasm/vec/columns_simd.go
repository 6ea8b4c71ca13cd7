//go:build wasm && goexperiment.simd && go1.27

package vec

import "simd/archsimd"

// DotColumns stores [Dot] of x and each column of m in dst, where m is
// [len(x)×len(dst)] in row order. It panics if the shapes do not match.
//
// A lane holds one column, so each sum has the order of Dot and the same bits.
func DotColumns(dst, x, m []float32) {
	n, j := len(dst), 0
	if len(m) != len(x)*n {
		panic("vec: shapes do not match")
	}
	for ; j+16 <= n && len(x) > 0; j += 16 {
		var s0, s1, s2, s3 archsimd.Float32x4
		at := j
		for _, v := range x {
			y, u := (*[16]float32)(m[at:]), archsimd.BroadcastFloat32x4(v)
			s0 = s0.Add(archsimd.LoadFloat32x4Array((*[4]float32)(y[0:4])).Mul(u))
			s1 = s1.Add(archsimd.LoadFloat32x4Array((*[4]float32)(y[4:8])).Mul(u))
			s2 = s2.Add(archsimd.LoadFloat32x4Array((*[4]float32)(y[8:12])).Mul(u))
			s3 = s3.Add(archsimd.LoadFloat32x4Array((*[4]float32)(y[12:16])).Mul(u))
			at += n
		}
		to := (*[16]float32)(dst[j:])
		s0.StoreArray((*[4]float32)(to[0:4]))
		s1.StoreArray((*[4]float32)(to[4:8]))
		s2.StoreArray((*[4]float32)(to[8:12]))
		s3.StoreArray((*[4]float32)(to[12:16]))
	}
	dotColumnsPortable(dst, x, m, j)
}
