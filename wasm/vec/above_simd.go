//go:build wasm && goexperiment.simd && go1.27

package vec

import "simd/archsimd"

// above returns the first i ≥ from whose score is above least, or len(scores).
// Sixteen scores are passed over at a time where none of them is.
func above(scores []float32, least float32, from int) int {
	bar := archsimd.BroadcastFloat32x4(least)
	i := from
	for ; i+16 <= len(scores); i += 16 {
		s := (*[16]float32)(scores[i:])
		low := archsimd.LoadFloat32x4Array((*[4]float32)(s[0:4])).Greater(bar).
			Or(archsimd.LoadFloat32x4Array((*[4]float32)(s[4:8])).Greater(bar))
		high := archsimd.LoadFloat32x4Array((*[4]float32)(s[8:12])).Greater(bar).
			Or(archsimd.LoadFloat32x4Array((*[4]float32)(s[12:16])).Greater(bar))
		any := low.Or(high).ToInt32x4()
		if any.GetElem(0)|any.GetElem(1)|any.GetElem(2)|any.GetElem(3) != 0 {
			if at := abovePortable(s[:], least, 0); at < len(s) {
				return i + at
			}
		}
	}
	return abovePortable(scores, least, i)
}
