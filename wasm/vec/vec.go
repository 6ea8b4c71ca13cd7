// Package vec is what several packages do with vectors and scores: inner
// products, the best k of a list, and a stable sort. One copy of each serves
// engine.wasm.
package vec

// Dot returns Σ x[i]·y[i] over the elements of x; y is at least as long. The
// products are added one after the other, and each is rounded before it is
// added, so that every target agrees.
func Dot(x, y []float32) float32 {
	y = y[:len(x)]
	var sum float32
	for i, v := range x {
		sum += float32(v * y[i])
	}
	return sum
}

// DotLanes is Dot in four sums, which do not wait for each other: faster, and
// rounded differently.
func DotLanes(x, y []float32) float32 {
	var a, b, c, d float32
	for ; len(x) >= 4 && len(y) >= 4; x, y = x[4:], y[4:] {
		a, b = a+float32(x[0]*y[0]), b+float32(x[1]*y[1])
		c, d = c+float32(x[2]*y[2]), d+float32(x[3]*y[3])
	}
	for k, v := range x {
		a += float32(v * y[k])
	}
	return (a + b) + (c + d)
}
