package nn

// product is what [Product] computes, one number at a time: what runs where there is no
// SIMD, and what the tests hold the other against.
func product(dst, a, b []float32, m, k, n int) {
	dst, a, b = dst[:m*n], a[:m*k], b[:k*n]
	for i := range m {
		y, x := dst[i*n:][:n], a[i*k:][:k]
		j := 0
		// Four of K at a time: y is loaded and stored once for all of them.
		for ; j+4 <= k; j += 4 {
			v0, v1, v2, v3 := x[j], x[j+1], x[j+2], x[j+3]
			if v0 == 0 && v1 == 0 && v2 == 0 && v3 == 0 {
				continue
			}
			b0, b1, b2, b3 := b[j*n:][:len(y)], b[(j+1)*n:][:len(y)], b[(j+2)*n:][:len(y)], b[(j+3)*n:][:len(y)]
			for o, s := range y {
				s += float32(v0 * b0[o])
				s += float32(v1 * b1[o])
				s += float32(v2 * b2[o])
				y[o] = s + float32(v3*b3[o])
			}
		}
		for ; j < k; j++ {
			v := x[j]
			for o, w := range b[j*n:][:n] {
				y[o] += float32(v * w)
			}
		}
	}
}

// relu is [ReLU], one number at a time.
func relu(x []float32) {
	for i, v := range x {
		if !(v > 0) {
			x[i] = 0
		}
	}
}
