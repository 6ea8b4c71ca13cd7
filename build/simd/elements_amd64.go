//go:build !(goexperiment.simd && go1.27)

package simd

import "golang.org/x/sys/cpu"

// Adam is adamPortable, to the bit, eight lanes at a time where there is AVX2.
func Adam(w, g, a, b []float32, beta1, beta2, size, grow, decay float32) {
	if n := len(g) &^ 7; n > 0 && cpu.X86.HasAVX2 {
		_, _, _ = w[n-1], a[n-1], b[n-1]
		adam8(n/8, &w[0], &g[0], &a[0], &b[0], &[6]float32{1 - beta1, 1 - beta2, size, grow, decay, 1e-8})
		w, g, a, b = w[n:], g[n:], a[n:], b[n:]
	}
	adamPortable(w, g, a, b, beta1, beta2, size, grow, decay)
}

// adam8 is Adam of blocks > 0 times eight values, where by is 1-β₁, 1-β₂, size, grow, decay
// and 1e-8. It needs AVX2.
//
//go:noescape
func adam8(blocks int, w, grad, a, b *float32, by *[6]float32)
