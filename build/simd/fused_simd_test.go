//go:build goexperiment.simd || netlib

package simd

const fused = true
