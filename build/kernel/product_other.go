//go:build netlib || !amd64

package kernel

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
)

// AddProduct is addProductPortable.
func AddProduct(dst, a, b blas32.General, t blas.Transpose) { addProductPortable(dst, a, b, t) }
