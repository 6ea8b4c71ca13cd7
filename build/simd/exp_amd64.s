#include "textflag.h"

// The constants of nn.ExpLanes.
DATA expConstants<>+0(SB)/4, $0xc2a00000  // -80
DATA expConstants<>+4(SB)/4, $0x3fb8aa3b  // log2 e
DATA expConstants<>+8(SB)/4, $0x4b400000  // 3·2^22
DATA expConstants<>+12(SB)/4, $0x3f318000 // the high part of ln 2
DATA expConstants<>+16(SB)/4, $0xb95e8083 // the low part of ln 2
DATA expConstants<>+20(SB)/4, $0x3ab60b61 // 1/720
DATA expConstants<>+24(SB)/4, $0x3c088889 // 1/120
DATA expConstants<>+28(SB)/4, $0x3d2aaaab // 1/24
DATA expConstants<>+32(SB)/4, $0x3e2aaaab // 1/6
DATA expConstants<>+36(SB)/4, $0x3f000000 // 1/2
DATA expConstants<>+40(SB)/4, $0x3f800000 // 1
DATA expConstants<>+44(SB)/4, $127
GLOBL expConstants<>(SB), RODATA|NOPTR, $48

// func exp8(x *float32, blocks int, top float32, lanes *[8]float32)
TEXT ·exp8(SB), NOSPLIT, $0-32
	MOVQ x+0(FP), SI
	MOVQ blocks+8(FP), CX
	VBROADCASTSS top+16(FP), Y4
	MOVQ lanes+24(FP), DI
	VMOVUPS (DI), Y5

	VBROADCASTSS expConstants<>+4(SB), Y6
	VBROADCASTSS expConstants<>+8(SB), Y7
	VBROADCASTSS expConstants<>+12(SB), Y8
	VBROADCASTSS expConstants<>+16(SB), Y9
	VBROADCASTSS expConstants<>+20(SB), Y10
	VBROADCASTSS expConstants<>+24(SB), Y11
	VBROADCASTSS expConstants<>+28(SB), Y12
	VBROADCASTSS expConstants<>+32(SB), Y13
	VBROADCASTSS expConstants<>+36(SB), Y14
	VBROADCASTSS expConstants<>+40(SB), Y15

block:
	VMOVUPS (SI), Y0
	VSUBPS Y4, Y0, Y0 // v = x - top
	VMULPS Y6, Y0, Y1
	VADDPS Y7, Y1, Y1 // t = v·log2 e + 3·2^22
	VSUBPS Y7, Y1, Y2 // n = t - 3·2^22
	VMULPS Y8, Y2, Y3
	VSUBPS Y3, Y0, Y3
	VMULPS Y9, Y2, Y2
	VSUBPS Y2, Y3, Y3 // r = v - n·high - n·low

	VMULPS Y10, Y3, Y2
	VADDPS Y11, Y2, Y2
	VMULPS Y3, Y2, Y2
	VADDPS Y12, Y2, Y2
	VMULPS Y3, Y2, Y2
	VADDPS Y13, Y2, Y2
	VMULPS Y3, Y2, Y2
	VADDPS Y14, Y2, Y2
	VMULPS Y3, Y2, Y2
	VADDPS Y15, Y2, Y2
	VMULPS Y3, Y2, Y2
	VADDPS Y15, Y2, Y2 // p(r)

	VPBROADCASTD expConstants<>+44(SB), Y3
	VPADDD Y3, Y1, Y1
	VPSLLD $23, Y1, Y1 // 2^n
	VMULPS Y1, Y2, Y2
	VBROADCASTSS expConstants<>+0(SB), Y3
	VCMPPS $13, Y3, Y0, Y3 // all bits where v ≥ -80
	VANDPS Y3, Y2, Y2
	VMOVUPS Y2, (SI)
	VADDPS Y2, Y5, Y5

	ADDQ $32, SI
	DECQ CX
	JNZ  block

	VMOVUPS Y5, (DI)
	VZEROUPPER
	RET
