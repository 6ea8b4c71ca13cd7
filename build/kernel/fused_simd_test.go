//go:build goexperiment.simd

package kernel

const fused = true
