package simd

import (
	"golang.org/x/sys/cpu"

	"sparrow/wasm/nn"
)

// exp8 does what nn.ExpLanes does for 8·blocks values at x, blocks > 0. It
// needs AVX2.
//
//go:noescape
func exp8(x *float32, blocks int, top float32, lanes *[8]float32)

// expLanes is nn.ExpLanes, to the bit, about six times as fast where there is AVX2.
func expLanes(x []float32, top float32, lanes *[8]float32) {
	if blocks := len(x) / 8; blocks > 0 && cpu.X86.HasAVX2 {
		exp8(&x[0], blocks, top, lanes)
		x = x[8*blocks:]
	}
	nn.ExpLanes(x, top, lanes)
}
