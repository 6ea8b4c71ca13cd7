//go:build !(goexperiment.simd && go1.27) && !netlib

package simd

const fused = false
