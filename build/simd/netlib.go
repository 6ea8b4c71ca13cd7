//go:build netlib

package simd

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
	"gonum.org/v1/netlib/blas/netlib"
)

// With this tag every product goes to the BLAS library that the program is linked with.
func init() { blas32.Use(netlib.Implementation{}) }

// AddProduct is addProductPortable, which is that library's now.
func AddProduct(dst, a, b blas32.General, t blas.Transpose) { addProductPortable(dst, a, b, t) }
