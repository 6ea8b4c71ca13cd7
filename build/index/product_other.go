//go:build !js

package index

import "sparrow/build/simd"

// product adds a·b to dst, where a is [M×K], b is [K×N] and dst is [M×N].
func product(dst, a, b []float32, m, k, n int) { simd.Product(dst, a, b, m, k, n) }
