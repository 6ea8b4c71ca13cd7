//go:build !amd64

package simd

// Adam is adamPortable.
func Adam(w, g, a, b []float32, beta1, beta2, size, grow, decay float32) {
	adamPortable(w, g, a, b, beta1, beta2, size, grow, decay)
}
