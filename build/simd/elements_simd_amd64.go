//go:build goexperiment.simd && go1.27 && amd64

package simd

import "simd/archsimd"

// Adam is adamPortable, to the bit, sixteen lanes at a time where there is AVX-512.
func Adam(w, g, a, b []float32, beta1, beta2, size, grow, decay float32) {
	if n := len(g) &^ 15; n > 0 && archsimd.X86.AVX512() {
		adamLanes(w[:n], g[:n], a[:n], b[:n], &[6]float32{1 - beta1, 1 - beta2, size, grow, decay, 1e-8})
		w, g, a, b = w[n:], g[n:], a[n:], b[n:]
	}
	adamPortable(w, g, a, b, beta1, beta2, size, grow, decay)
}

// adamLanes is Adam of a multiple of sixteen values. No scalar is alive beside the lanes: the
// compiler would move it by an instruction of SSE, which costs a hundred cycles while the upper
// halves of the registers are in use.
//
//go:noinline
func adamLanes(w, g, a, b []float32, by *[6]float32) {
	lanes := archsimd.BroadcastFloat32x16
	b1, b2, up, root, shrink, epsilon := lanes(by[0]), lanes(by[1]), lanes(by[2]), lanes(by[3]), lanes(by[4]), lanes(by[5])
	for ; len(g) >= 16; w, g, a, b = w[16:], g[16:], a[16:], b[16:] {
		v, m, s, x := archsimd.LoadFloat32x16(g), archsimd.LoadFloat32x16(a), archsimd.LoadFloat32x16(b), archsimd.LoadFloat32x16(w)
		m = m.Add(b1.Mul(v.Sub(m)))
		s = s.Add(b2.Mul(v.Mul(v).Sub(s)))
		m.Store(a)
		s.Store(b)
		step := up.Mul(m).Div(root.Mul(s.Sqrt()).Add(epsilon))
		x.Sub(step.Add(shrink.Mul(x))).Store(w)
	}
	archsimd.ClearAVXUpperBits()
}
