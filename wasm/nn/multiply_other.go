//go:build !wasm || !goexperiment.simd || !go1.27

package nn

// Product adds a·b to dst, where a is [M×K], b is [K×N] and dst is [M×N], each value in the
// order of K and each product rounded before it is added, so that every target agrees.
// Four zeros of a, as follow a ReLU and a mask, cost nothing. It panics if a slice is
// shorter than its shape.
func Product(dst, a, b []float32, m, k, n int) { product(dst, a, b, m, k, n) }

// ReLU replaces each x[i] by max(0, x[i]), 0 for what is not a number.
func ReLU(x []float32) { relu(x) }
