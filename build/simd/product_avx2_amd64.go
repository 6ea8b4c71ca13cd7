//go:build !(goexperiment.simd && go1.27) && !netlib

package simd

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
)

// AddProduct is addProductPortable, to the bit, and faster where there is AVX2.
func AddProduct(dst, a, b blas32.General, t blas.Transpose) { addProduct8(dst, a, b, t) }
