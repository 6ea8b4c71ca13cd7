//go:build !amd64 && !netlib

package simd

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
)

// AddProduct is addProductPortable.
func AddProduct(dst, a, b blas32.General, t blas.Transpose) { addPlain(dst, a, b, t) }
