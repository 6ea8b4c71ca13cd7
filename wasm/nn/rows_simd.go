//go:build wasm && goexperiment.simd && go1.27

package nn

import (
	"math"
	"simd/archsimd"
	"unsafe"
)

// What fourRows reads, in the order in which it does: four rows of a with each number four
// times, as a vector is multiplied, and b eight columns after eight. Both reach to the next
// multiple of eight of K, with −0 in a and 0 in b: their product is −0, and a sum to which −0
// is added has the bits that it had. One of each will do: WebAssembly has one thread.
var splats, panels []float32

// spread stores four rows of a at p, of each k the four.
func spread(p, x unsafe.Pointer, k int) {
	width, pad := uintptr(4*k), -k&7
	x1 := unsafe.Add(x, width)
	x2 := unsafe.Add(x1, width)
	x3 := unsafe.Add(x2, width)
	for ; k > 0; k-- {
		store(p, 0, splat(x, 0))
		store(p, 16, splat(x1, 0))
		store(p, 32, splat(x2, 0))
		store(p, 48, splat(x3, 0))
		p = unsafe.Add(p, 64)
		x, x1, x2, x3 = unsafe.Add(x, 4), unsafe.Add(x1, 4), unsafe.Add(x2, 4), unsafe.Add(x3, 4)
	}
	zero := archsimd.BroadcastFloat32x4(float32(math.Copysign(0, -1)))
	for range 4 * pad {
		store(p, 0, zero)
		p = unsafe.Add(p, 16)
	}
}

// pack stores the columns of b at p that fill an eight.
func pack(p, b unsafe.Pointer, k, n int) {
	var zero archsimd.Float32x4
	for o := 0; o+8 <= n; o += 8 {
		w := unsafe.Add(b, 4*o)
		for range k {
			store(p, 0, load(w, 0))
			store(p, 16, load(w, 16))
			p, w = unsafe.Add(p, 32), unsafe.Add(w, 4*n)
		}
		for range -k & 7 {
			store(p, 0, zero)
			store(p, 16, zero)
			p = unsafe.Add(p, 32)
		}
	}
}

// fourRows does the eights of columns of four rows. A function of Go jumps through a table
// on WebAssembly, and a call goes through memory: so it does eight of K a turn, and all
// columns a call.
func fourRows(y, from, w unsafe.Pointer, turns, n int) {
	stride := uintptr(4 * n)
	for ; n >= 8; n -= 8 {
		y1 := unsafe.Add(y, stride)
		y2 := unsafe.Add(y1, stride)
		y3 := unsafe.Add(y2, stride)
		s00, s01, s10, s11 := load(y, 0), load(y, 16), load(y1, 0), load(y1, 16)
		s20, s21, s30, s31 := load(y2, 0), load(y2, 16), load(y3, 0), load(y3, 16)
		var w0, w1, u archsimd.Float32x4
		x := from
		for range turns {
			w0, w1 = load(w, 0), load(w, 16)
			u = load(x, 0)
			s00, s01 = s00.Add(u.Mul(w0)), s01.Add(u.Mul(w1))
			u = load(x, 16)
			s10, s11 = s10.Add(u.Mul(w0)), s11.Add(u.Mul(w1))
			u = load(x, 32)
			s20, s21 = s20.Add(u.Mul(w0)), s21.Add(u.Mul(w1))
			u = load(x, 48)
			s30, s31 = s30.Add(u.Mul(w0)), s31.Add(u.Mul(w1))
			w0, w1 = load(w, 32), load(w, 48)
			u = load(x, 64)
			s00, s01 = s00.Add(u.Mul(w0)), s01.Add(u.Mul(w1))
			u = load(x, 80)
			s10, s11 = s10.Add(u.Mul(w0)), s11.Add(u.Mul(w1))
			u = load(x, 96)
			s20, s21 = s20.Add(u.Mul(w0)), s21.Add(u.Mul(w1))
			u = load(x, 112)
			s30, s31 = s30.Add(u.Mul(w0)), s31.Add(u.Mul(w1))
			w0, w1 = load(w, 64), load(w, 80)
			u = load(x, 128)
			s00, s01 = s00.Add(u.Mul(w0)), s01.Add(u.Mul(w1))
			u = load(x, 144)
			s10, s11 = s10.Add(u.Mul(w0)), s11.Add(u.Mul(w1))
			u = load(x, 160)
			s20, s21 = s20.Add(u.Mul(w0)), s21.Add(u.Mul(w1))
			u = load(x, 176)
			s30, s31 = s30.Add(u.Mul(w0)), s31.Add(u.Mul(w1))
			w0, w1 = load(w, 96), load(w, 112)
			u = load(x, 192)
			s00, s01 = s00.Add(u.Mul(w0)), s01.Add(u.Mul(w1))
			u = load(x, 208)
			s10, s11 = s10.Add(u.Mul(w0)), s11.Add(u.Mul(w1))
			u = load(x, 224)
			s20, s21 = s20.Add(u.Mul(w0)), s21.Add(u.Mul(w1))
			u = load(x, 240)
			s30, s31 = s30.Add(u.Mul(w0)), s31.Add(u.Mul(w1))
			w0, w1 = load(w, 128), load(w, 144)
			u = load(x, 256)
			s00, s01 = s00.Add(u.Mul(w0)), s01.Add(u.Mul(w1))
			u = load(x, 272)
			s10, s11 = s10.Add(u.Mul(w0)), s11.Add(u.Mul(w1))
			u = load(x, 288)
			s20, s21 = s20.Add(u.Mul(w0)), s21.Add(u.Mul(w1))
			u = load(x, 304)
			s30, s31 = s30.Add(u.Mul(w0)), s31.Add(u.Mul(w1))
			w0, w1 = load(w, 160), load(w, 176)
			u = load(x, 320)
			s00, s01 = s00.Add(u.Mul(w0)), s01.Add(u.Mul(w1))
			u = load(x, 336)
			s10, s11 = s10.Add(u.Mul(w0)), s11.Add(u.Mul(w1))
			u = load(x, 352)
			s20, s21 = s20.Add(u.Mul(w0)), s21.Add(u.Mul(w1))
			u = load(x, 368)
			s30, s31 = s30.Add(u.Mul(w0)), s31.Add(u.Mul(w1))
			w0, w1 = load(w, 192), load(w, 208)
			u = load(x, 384)
			s00, s01 = s00.Add(u.Mul(w0)), s01.Add(u.Mul(w1))
			u = load(x, 400)
			s10, s11 = s10.Add(u.Mul(w0)), s11.Add(u.Mul(w1))
			u = load(x, 416)
			s20, s21 = s20.Add(u.Mul(w0)), s21.Add(u.Mul(w1))
			u = load(x, 432)
			s30, s31 = s30.Add(u.Mul(w0)), s31.Add(u.Mul(w1))
			w0, w1 = load(w, 224), load(w, 240)
			u = load(x, 448)
			s00, s01 = s00.Add(u.Mul(w0)), s01.Add(u.Mul(w1))
			u = load(x, 464)
			s10, s11 = s10.Add(u.Mul(w0)), s11.Add(u.Mul(w1))
			u = load(x, 480)
			s20, s21 = s20.Add(u.Mul(w0)), s21.Add(u.Mul(w1))
			u = load(x, 496)
			s30, s31 = s30.Add(u.Mul(w0)), s31.Add(u.Mul(w1))
			x, w = unsafe.Add(x, 512), unsafe.Add(w, 256)
		}
		store(y, 0, s00)
		store(y, 16, s01)
		store(y1, 0, s10)
		store(y1, 16, s11)
		store(y2, 0, s20)
		store(y2, 16, s21)
		store(y3, 0, s30)
		store(y3, 16, s31)
		y = unsafe.Add(y, 32)
	}
}
