//go:build goexperiment.simd || netlib

package kernel

const fused = true
