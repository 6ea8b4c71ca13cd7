//go:build wasm && goexperiment.simd && go1.27

#include "textflag.h"

// R0 dst, R1 at, R2 the first of four rows, R3 the query, R4 scales, R5 bias, R6
// the rows that are left, R7 the row's number, R8 how many fours. V0 to V7 the
// query, V13 scale, V14 least.

#define NEXT(r, bytes) \
	Get r; I64Const $bytes; I64Add; Set r

#define QUERY(at, v) \
	Get R3; I32WrapI64; V128Load $at; Set v

// CHUNK leaves the products of 16 elements of a row in four sums; see mixed.
#define CHUNK(at, odd, even) \
	Get R2; I32WrapI64; V128Load $at; Set V12; \
	Get V12; V128Const $-0x00ff00ff00ff0100, $-0x00ff00ff00ff0100; V128And; Get odd; I32x4DotI16x8S; \
	Get V12; I32Const $8; I16x8Shl; Get even; I32x4DotI16x8S; I32x4Add

#define ROW32(at, v) \
	CHUNK(at, V0, V1); CHUNK(at+16, V2, V3); I32x4Add; Set v

#define ROW64(at, v) \
	CHUNK(at, V0, V1); CHUNK(at+16, V2, V3); I32x4Add; \
	CHUNK(at+32, V4, V5); I32x4Add; CHUNK(at+48, V6, V7); I32x4Add; Set v

// FOLD adds lanes of a to each other, and lanes of b: the two exchange what the
// mask selects, then one of them is turned and added to the other.
#define FOLD(a, b, m0, m1, s0, s1, sum) \
	Get a; Get b; V128Xor; V128Const $m0, $m1; V128And; Set V15; \
	Get a; Get V15; V128Xor; Get b; Get V15; V128Xor; V128Const $s0, $s1; I8x16Swizzle; I32x4Add; Set sum

#define ONES(a, b, sum) \
	FOLD(a, b, -0x100000000, -0x100000000, 0x0302010007060504, 0x0b0a09080f0e0d0c, sum)

#define TWOS(a, b, sum) \
	FOLD(a, b, 0, -1, 0x0f0e0d0c0b0a0908, 0x0706050403020100, sum)

#define BEGIN \
	I64Load dst+0(FP); Set R0; \
	I64Load at+8(FP); Set R1; \
	I64Load m+16(FP); Set R2; \
	I64Load q+24(FP); Set R3; \
	I64Load scales+32(FP); Set R4; \
	I64Load bias+40(FP); Set R5; \
	I64Load n+48(FP); Set R6; \
	F32Load scale+56(FP); F32x4Splat; Set V13; \
	F32Load least+60(FP); F32x4Splat; Set V14; \
	I64Const $0; Set R7; \
	I64Const $0; Set R8

// SCORE makes scores of the sums of four rows in V8, keeps them unless all are at
// most least, and goes on to the next four.
#define SCORE(bytes) \
	Get V8; I32Const $8; I32x4ShrS; F32x4ConvertI32x4S; \
	Get R4; I32WrapI64; V128Load $0; Get V13; F32x4Mul; F32x4Mul; \
	Get R5; I32WrapI64; V128Load $0; F32x4Add; Set V8; \
	Get V8; Get V14; F32x4Le; I32x4AllTrue; I32Eqz; \
	If; \
	Get R0; I32WrapI64; Get V8; V128Store $0, $0; NEXT(R0, 16); \
	Get R1; I32WrapI64; Get R7; I64Store32 $0; NEXT(R1, 4); \
	NEXT(R8, 1); \
	End; \
	NEXT(R2, bytes); NEXT(R4, 16); NEXT(R5, 16); NEXT(R7, 4); NEXT(R6, -4)

TEXT ·above32(SB), NOSPLIT, $0-72
	BEGIN
	QUERY(0, V0)
	QUERY(16, V1)
	QUERY(32, V2)
	QUERY(48, V3)
	Loop
	ROW32(0, V8)
	ROW32(32, V9)
	ONES(V8, V9, V10)
	ROW32(64, V8)
	ROW32(96, V9)
	ONES(V8, V9, V11)
	TWOS(V10, V11, V8)
	SCORE(128)
	Get R6
	I64Const $0
	I64Ne
	BrIf $0
	End
	Get SP
	Get R8
	I64Store ret+64(FP)
	RET

TEXT ·above64(SB), NOSPLIT, $0-72
	BEGIN
	QUERY(0, V0)
	QUERY(16, V1)
	QUERY(32, V2)
	QUERY(48, V3)
	QUERY(64, V4)
	QUERY(80, V5)
	QUERY(96, V6)
	QUERY(112, V7)
	Loop
	ROW64(0, V8)
	ROW64(64, V9)
	ONES(V8, V9, V10)
	ROW64(128, V8)
	ROW64(192, V9)
	ONES(V8, V9, V11)
	TWOS(V10, V11, V8)
	SCORE(256)
	Get R6
	I64Const $0
	I64Ne
	BrIf $0
	End
	Get SP
	Get R8
	I64Store ret+64(FP)
	RET
