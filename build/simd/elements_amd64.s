//go:build !(goexperiment.simd && go1.27)

#include "textflag.h"

// func adam8(blocks int, w, grad, a, b *float32, by *[6]float32)
TEXT ·adam8(SB), NOSPLIT, $0-48
	MOVQ blocks+0(FP), CX
	MOVQ w+8(FP), SI
	MOVQ grad+16(FP), DI
	MOVQ a+24(FP), R8
	MOVQ b+32(FP), R9
	MOVQ by+40(FP), R10
	VBROADCASTSS 0(R10), Y8
	VBROADCASTSS 4(R10), Y9
	VBROADCASTSS 8(R10), Y10
	VBROADCASTSS 12(R10), Y11
	VBROADCASTSS 16(R10), Y12
	VBROADCASTSS 20(R10), Y13

block:
	VMOVUPS (DI), Y0
	VMOVUPS (R8), Y1
	VMOVUPS (R9), Y2
	VMOVUPS (SI), Y3

	VSUBPS Y1, Y0, Y4
	VMULPS Y8, Y4, Y4
	VADDPS Y4, Y1, Y1 // a += (1-β₁)·(g - a)
	VMULPS Y0, Y0, Y5
	VSUBPS Y2, Y5, Y5
	VMULPS Y9, Y5, Y5
	VADDPS Y5, Y2, Y2 // b += (1-β₂)·(g² - b)
	VMOVUPS Y1, (R8)
	VMOVUPS Y2, (R9)

	VSQRTPS Y2, Y6
	VMULPS Y11, Y6, Y6
	VADDPS Y13, Y6, Y6
	VMULPS Y10, Y1, Y7
	VDIVPS Y6, Y7, Y7 // size·a/(grow·√b + 1e-8)
	VMULPS Y12, Y3, Y4
	VADDPS Y4, Y7, Y7
	VSUBPS Y7, Y3, Y3 // w -= that + decay·w
	VMOVUPS Y3, (SI)

	ADDQ $32, SI
	ADDQ $32, DI
	ADDQ $32, R8
	ADDQ $32, R9
	DECQ CX
	JNZ  block

	VZEROUPPER
	RET
