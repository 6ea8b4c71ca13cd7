//go:build !(goexperiment.simd && go1.27) && !netlib

#include "textflag.h"

// func tile4x32(k int, a unsafe.Pointer, aRow, aStep uintptr, b unsafe.Pointer, bStep uintptr, c unsafe.Pointer, cRow uintptr)
//
// Z0 to Z7 hold the four rows of c, two registers a row; Z8 and Z9 hold the
// current row of b; Z10 one value of a, sixteen times.
TEXT ·tile4x32(SB), NOSPLIT, $0-64
	MOVQ k+0(FP), CX
	MOVQ a+8(FP), SI
	MOVQ aRow+16(FP), R8
	MOVQ aStep+24(FP), R9
	MOVQ b+32(FP), DI
	MOVQ bStep+40(FP), R10
	MOVQ c+48(FP), DX
	MOVQ cRow+56(FP), R11
	LEAQ (R8)(R8*2), R12
	LEAQ (R11)(R11*2), R13

	VMOVUPS (DX), Z0
	VMOVUPS 64(DX), Z1
	VMOVUPS (DX)(R11*1), Z2
	VMOVUPS 64(DX)(R11*1), Z3
	VMOVUPS (DX)(R11*2), Z4
	VMOVUPS 64(DX)(R11*2), Z5
	VMOVUPS (DX)(R13*1), Z6
	VMOVUPS 64(DX)(R13*1), Z7

step:
	VMOVUPS (DI), Z8
	VMOVUPS 64(DI), Z9

	VBROADCASTSS (SI), Z10
	VMULPS Z8, Z10, Z11
	VMULPS Z9, Z10, Z12
	VADDPS Z11, Z0, Z0
	VADDPS Z12, Z1, Z1

	VBROADCASTSS (SI)(R8*1), Z10
	VMULPS Z8, Z10, Z13
	VMULPS Z9, Z10, Z14
	VADDPS Z13, Z2, Z2
	VADDPS Z14, Z3, Z3

	VBROADCASTSS (SI)(R8*2), Z10
	VMULPS Z8, Z10, Z11
	VMULPS Z9, Z10, Z12
	VADDPS Z11, Z4, Z4
	VADDPS Z12, Z5, Z5

	VBROADCASTSS (SI)(R12*1), Z10
	VMULPS Z8, Z10, Z13
	VMULPS Z9, Z10, Z14
	VADDPS Z13, Z6, Z6
	VADDPS Z14, Z7, Z7

	ADDQ R9, SI
	ADDQ R10, DI
	DECQ CX
	JNZ  step

	VMOVUPS Z0, (DX)
	VMOVUPS Z1, 64(DX)
	VMOVUPS Z2, (DX)(R11*1)
	VMOVUPS Z3, 64(DX)(R11*1)
	VMOVUPS Z4, (DX)(R11*2)
	VMOVUPS Z5, 64(DX)(R11*2)
	VMOVUPS Z6, (DX)(R13*1)
	VMOVUPS Z7, 64(DX)(R13*1)
	VZEROUPPER
	RET
