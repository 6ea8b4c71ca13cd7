package simd

// Transpose stores the transpose of m, which has rows of cols values, in dst,
// which has rows of stride: at least as many as m has rows. Where m ends there are
// zeros.
func Transpose(dst, m []float32, cols, stride int) {
	rows := len(m) / cols
	for r := range rows {
		for c, v := range m[r*cols:][:cols] {
			dst[c*stride+r] = v
		}
	}
	if rows < stride {
		for c := range cols {
			clear(dst[c*stride:][rows:stride])
		}
	}
}
