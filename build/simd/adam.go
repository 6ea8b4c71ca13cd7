package simd

import "math"

// adamPortable moves w against gradient g by one step of Adam, whose decaying
// means of g and g² are a and b: size is the learning rate over the correction of a,
// grow the inverse root of that of b, decay what w shrinks by. All have the length of g.
//
//	a += (1-β₁)·(g - a),  b += (1-β₂)·(g² - b),  w -= size·a/(grow·√b + 1e-8) + decay·w
func adamPortable(w, g, a, b []float32, beta1, beta2, size, grow, decay float32) {
	w, a, b = w[:len(g)], a[:len(g)], b[:len(g)]
	for k, v := range g {
		m := a[k] + float32((1-beta1)*(v-a[k]))
		s := b[k] + float32((1-beta2)*(float32(v*v)-b[k]))
		a[k], b[k] = m, s
		w[k] -= float32(size*m)/(float32(grow*float32(math.Sqrt(float64(s))))+1e-8) + float32(decay*w[k])
	}
}
