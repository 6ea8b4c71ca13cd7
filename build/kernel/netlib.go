//go:build netlib

package kernel

import (
	"gonum.org/v1/gonum/blas/blas32"
	"gonum.org/v1/netlib/blas/netlib"
)

// With this tag every product goes to the BLAS library that the program is linked with.
func init() { blas32.Use(netlib.Implementation{}) }
