package index

import "sparrow/wasm/nn"

// product adds a·b to dst, where a is [M×K], b is [K×N] and dst is [M×N].
func product(dst, a, b []float32, m, k, n int) { nn.Product(dst, a, b, m, k, n) }
