package nn

import "sparrow/wasm/quant"

// Embed stores row r of table, times scale, in dst, which is [Cols]; a negative
// r means "none" and stores zeros. It panics if the shapes do not match.
func Embed(dst []float32, table *quant.Matrix, scale float32, r int) {
	if r < 0 {
		if len(dst) != table.Cols {
			panic("nn: dst has another width")
		}
		clear(dst)
		return
	}
	table.Dequantize(dst, r)
	for i, v := range dst {
		dst[i] = scale * v
	}
}
