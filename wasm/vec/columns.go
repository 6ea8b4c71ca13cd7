package vec

// dotColumnsPortable is DotColumns from a column on, for every target: what the
// other variants equal.
func dotColumnsPortable(dst, x, m []float32, from int) {
	n := len(dst)
	if len(m) != len(x)*n {
		panic("vec: shapes do not match")
	}
	clear(dst[from:])
	for c, v := range x {
		row := m[c*n:][:n]
		for j := from; j < n; j++ {
			dst[j] += float32(v * row[j])
		}
	}
}
