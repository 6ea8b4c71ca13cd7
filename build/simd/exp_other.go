//go:build !amd64

package simd

import "sparrow/wasm/nn"

func expLanes(x []float32, top float32, lanes *[8]float32) { nn.ExpLanes(x, top, lanes) }
