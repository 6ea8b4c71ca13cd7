//go:build !amd64

package embedding

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
)

func addProduct(dst, a, b blas32.General, t blas.Transpose) { addProductPortable(dst, a, b, t) }
