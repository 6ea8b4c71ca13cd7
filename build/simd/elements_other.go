//go:build !amd64

package simd

// Add adds x to dst, which is as long or longer.
func Add(dst, x []float32) { addPortable(dst, x) }

// Adam is adamPortable.
func Adam(w, g, a, b []float32, beta1, beta2, size, grow, decay float32) {
	adamPortable(w, g, a, b, beta1, beta2, size, grow, decay)
}
