//go:build !(goexperiment.simd && go1.27) && !netlib

package simd

import (
	"unsafe"

	"golang.org/x/sys/cpu"
)

// wide reports whether tile4x32 runs here.
var wide = cpu.X86.HasAVX512F

// tile4x32 is tile4x16 for twice as many columns: [4×32] at c, b [k×32]. It needs AVX-512.
//
//go:noescape
func tile4x32(k int, a unsafe.Pointer, aRow, aStep uintptr, b unsafe.Pointer, bStep uintptr, c unsafe.Pointer, cRow uintptr)
