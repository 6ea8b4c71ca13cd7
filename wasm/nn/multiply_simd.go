//go:build wasm && goexperiment.simd && go1.27

package nn

import (
	"simd/archsimd"
	"unsafe"
)

// Product adds a·b to dst, where a is [M×K], b is [K×N] and dst is [M×N], each value in the
// order of K and each product rounded before it is added, so that every target agrees.
// b is finite: zeros of a, as follow a ReLU and a mask, may cost nothing. It panics if a
// slice is shorter than its shape.
//
// Four columns lie in the lanes of a vector, so that each value is summed as [product] sums
// it; four rows by eight columns stay in registers over the whole of K. A function of Go
// jumps through a table on WebAssembly, so the inner loops do eight of K a turn.
func Product(dst, a, b []float32, m, k, n int) {
	if k == 0 || m == 0 {
		return
	}
	dst, a, b = dst[:m*n], a[:m*k], b[:k*n]
	wide, i := n&^7, 0
	for ; wide > 0 && i+4 <= m; i += 4 {
		x := unsafe.Pointer(&a[i*k])
		for o := 0; o < wide; o += 8 {
			fourRows(unsafe.Pointer(&dst[i*n+o]), x, unsafe.Pointer(&b[o]), k, n)
		}
	}
	for r := i; wide > 0 && r < m; r++ {
		for o := 0; o < wide; o += 8 {
			oneRow(unsafe.Pointer(&dst[r*n+o]), unsafe.Pointer(&a[r*k]), unsafe.Pointer(&b[o]), k, n)
		}
	}
	for o := wide; o < n; o++ {
		column(dst[o:], a, b[o:], k, n)
	}
}

// fourRows does eight columns of four rows.
func fourRows(y, x, w unsafe.Pointer, k, n int) {
	stride, width := uintptr(4*n), uintptr(4*k)
	y1 := unsafe.Add(y, stride)
	y2 := unsafe.Add(y1, stride)
	y3 := unsafe.Add(y2, stride)
	x1 := unsafe.Add(x, width)
	x2 := unsafe.Add(x1, width)
	x3 := unsafe.Add(x2, width)
	s00, s01, s10, s11 := load(y, 0), load(y, 16), load(y1, 0), load(y1, 16)
	s20, s21, s30, s31 := load(y2, 0), load(y2, 16), load(y3, 0), load(y3, 16)
	var w0, w1, u archsimd.Float32x4
	for ; k >= 8; k -= 8 {
		w0, w1 = load(w, 0), load(w, 16)
		w = unsafe.Add(w, stride)
		u = splat(x, 0)
		s00, s01 = s00.Add(u.Mul(w0)), s01.Add(u.Mul(w1))
		u = splat(x1, 0)
		s10, s11 = s10.Add(u.Mul(w0)), s11.Add(u.Mul(w1))
		u = splat(x2, 0)
		s20, s21 = s20.Add(u.Mul(w0)), s21.Add(u.Mul(w1))
		u = splat(x3, 0)
		s30, s31 = s30.Add(u.Mul(w0)), s31.Add(u.Mul(w1))
		w0, w1 = load(w, 0), load(w, 16)
		w = unsafe.Add(w, stride)
		u = splat(x, 4)
		s00, s01 = s00.Add(u.Mul(w0)), s01.Add(u.Mul(w1))
		u = splat(x1, 4)
		s10, s11 = s10.Add(u.Mul(w0)), s11.Add(u.Mul(w1))
		u = splat(x2, 4)
		s20, s21 = s20.Add(u.Mul(w0)), s21.Add(u.Mul(w1))
		u = splat(x3, 4)
		s30, s31 = s30.Add(u.Mul(w0)), s31.Add(u.Mul(w1))
		w0, w1 = load(w, 0), load(w, 16)
		w = unsafe.Add(w, stride)
		u = splat(x, 8)
		s00, s01 = s00.Add(u.Mul(w0)), s01.Add(u.Mul(w1))
		u = splat(x1, 8)
		s10, s11 = s10.Add(u.Mul(w0)), s11.Add(u.Mul(w1))
		u = splat(x2, 8)
		s20, s21 = s20.Add(u.Mul(w0)), s21.Add(u.Mul(w1))
		u = splat(x3, 8)
		s30, s31 = s30.Add(u.Mul(w0)), s31.Add(u.Mul(w1))
		w0, w1 = load(w, 0), load(w, 16)
		w = unsafe.Add(w, stride)
		u = splat(x, 12)
		s00, s01 = s00.Add(u.Mul(w0)), s01.Add(u.Mul(w1))
		u = splat(x1, 12)
		s10, s11 = s10.Add(u.Mul(w0)), s11.Add(u.Mul(w1))
		u = splat(x2, 12)
		s20, s21 = s20.Add(u.Mul(w0)), s21.Add(u.Mul(w1))
		u = splat(x3, 12)
		s30, s31 = s30.Add(u.Mul(w0)), s31.Add(u.Mul(w1))
		w0, w1 = load(w, 0), load(w, 16)
		w = unsafe.Add(w, stride)
		u = splat(x, 16)
		s00, s01 = s00.Add(u.Mul(w0)), s01.Add(u.Mul(w1))
		u = splat(x1, 16)
		s10, s11 = s10.Add(u.Mul(w0)), s11.Add(u.Mul(w1))
		u = splat(x2, 16)
		s20, s21 = s20.Add(u.Mul(w0)), s21.Add(u.Mul(w1))
		u = splat(x3, 16)
		s30, s31 = s30.Add(u.Mul(w0)), s31.Add(u.Mul(w1))
		w0, w1 = load(w, 0), load(w, 16)
		w = unsafe.Add(w, stride)
		u = splat(x, 20)
		s00, s01 = s00.Add(u.Mul(w0)), s01.Add(u.Mul(w1))
		u = splat(x1, 20)
		s10, s11 = s10.Add(u.Mul(w0)), s11.Add(u.Mul(w1))
		u = splat(x2, 20)
		s20, s21 = s20.Add(u.Mul(w0)), s21.Add(u.Mul(w1))
		u = splat(x3, 20)
		s30, s31 = s30.Add(u.Mul(w0)), s31.Add(u.Mul(w1))
		w0, w1 = load(w, 0), load(w, 16)
		w = unsafe.Add(w, stride)
		u = splat(x, 24)
		s00, s01 = s00.Add(u.Mul(w0)), s01.Add(u.Mul(w1))
		u = splat(x1, 24)
		s10, s11 = s10.Add(u.Mul(w0)), s11.Add(u.Mul(w1))
		u = splat(x2, 24)
		s20, s21 = s20.Add(u.Mul(w0)), s21.Add(u.Mul(w1))
		u = splat(x3, 24)
		s30, s31 = s30.Add(u.Mul(w0)), s31.Add(u.Mul(w1))
		w0, w1 = load(w, 0), load(w, 16)
		w = unsafe.Add(w, stride)
		u = splat(x, 28)
		s00, s01 = s00.Add(u.Mul(w0)), s01.Add(u.Mul(w1))
		u = splat(x1, 28)
		s10, s11 = s10.Add(u.Mul(w0)), s11.Add(u.Mul(w1))
		u = splat(x2, 28)
		s20, s21 = s20.Add(u.Mul(w0)), s21.Add(u.Mul(w1))
		u = splat(x3, 28)
		s30, s31 = s30.Add(u.Mul(w0)), s31.Add(u.Mul(w1))
		x, x1, x2, x3 = unsafe.Add(x, 32), unsafe.Add(x1, 32), unsafe.Add(x2, 32), unsafe.Add(x3, 32)
	}
	for ; k > 0; k-- {
		w0, w1 = load(w, 0), load(w, 16)
		w = unsafe.Add(w, stride)
		u = splat(x, 0)
		s00, s01 = s00.Add(u.Mul(w0)), s01.Add(u.Mul(w1))
		u = splat(x1, 0)
		s10, s11 = s10.Add(u.Mul(w0)), s11.Add(u.Mul(w1))
		u = splat(x2, 0)
		s20, s21 = s20.Add(u.Mul(w0)), s21.Add(u.Mul(w1))
		u = splat(x3, 0)
		s30, s31 = s30.Add(u.Mul(w0)), s31.Add(u.Mul(w1))
		x, x1, x2, x3 = unsafe.Add(x, 4), unsafe.Add(x1, 4), unsafe.Add(x2, 4), unsafe.Add(x3, 4)
	}
	store(y, 0, s00)
	store(y, 16, s01)
	store(y1, 0, s10)
	store(y1, 16, s11)
	store(y2, 0, s20)
	store(y2, 16, s21)
	store(y3, 0, s30)
	store(y3, 16, s31)
}

// oneRow does eight columns of a row.
func oneRow(y, x, w unsafe.Pointer, k, n int) {
	stride := uintptr(4 * n)
	s, t := load(y, 0), load(y, 16)
	for ; k >= 8; k -= 8 {
		if zero(x) == 0 {
			w = unsafe.Add(w, 8*stride)
			x = unsafe.Add(x, 32)
			continue
		}
		w1 := unsafe.Add(w, stride)
		w2 := unsafe.Add(w1, stride)
		w3 := unsafe.Add(w2, stride)
		u := splat(x, 0)
		s, t = s.Add(u.Mul(load(w, 0))), t.Add(u.Mul(load(w, 16)))
		u = splat(x, 4)
		s, t = s.Add(u.Mul(load(w1, 0))), t.Add(u.Mul(load(w1, 16)))
		u = splat(x, 8)
		s, t = s.Add(u.Mul(load(w2, 0))), t.Add(u.Mul(load(w2, 16)))
		u = splat(x, 12)
		s, t = s.Add(u.Mul(load(w3, 0))), t.Add(u.Mul(load(w3, 16)))
		w = unsafe.Add(w3, stride)
		w1 = unsafe.Add(w, stride)
		w2 = unsafe.Add(w1, stride)
		w3 = unsafe.Add(w2, stride)
		u = splat(x, 16)
		s, t = s.Add(u.Mul(load(w, 0))), t.Add(u.Mul(load(w, 16)))
		u = splat(x, 20)
		s, t = s.Add(u.Mul(load(w1, 0))), t.Add(u.Mul(load(w1, 16)))
		u = splat(x, 24)
		s, t = s.Add(u.Mul(load(w2, 0))), t.Add(u.Mul(load(w2, 16)))
		u = splat(x, 28)
		s, t = s.Add(u.Mul(load(w3, 0))), t.Add(u.Mul(load(w3, 16)))
		w, x = unsafe.Add(w3, stride), unsafe.Add(x, 32)
	}
	for ; k > 0; k-- {
		u := splat(x, 0)
		s, t = s.Add(u.Mul(load(w, 0))), t.Add(u.Mul(load(w, 16)))
		w, x = unsafe.Add(w, stride), unsafe.Add(x, 4)
	}
	store(y, 0, s)
	store(y, 16, t)
}

// column does one column of all rows, four side by side, which do not wait for each other.
func column(dst, a, b []float32, k, n int) {
	rows := len(a) / k
	i := 0
	for ; i+4 <= rows; i += 4 {
		x0, x1, x2, x3 := a[i*k:][:k], a[(i+1)*k:][:k], a[(i+2)*k:][:k], a[(i+3)*k:][:k]
		s0, s1, s2, s3 := dst[i*n], dst[(i+1)*n], dst[(i+2)*n], dst[(i+3)*n]
		for j, v := range x0 {
			w := b[j*n]
			s0 += float32(v * w)
			s1 += float32(x1[j] * w)
			s2 += float32(x2[j] * w)
			s3 += float32(x3[j] * w)
		}
		dst[i*n], dst[(i+1)*n], dst[(i+2)*n], dst[(i+3)*n] = s0, s1, s2, s3
	}
	for ; i < rows; i++ {
		s := dst[i*n]
		for j, v := range a[i*k:][:k] {
			s += float32(v * b[j*n])
		}
		dst[i*n] = s
	}
}

// zero returns 0 if eight floats are zeros of either sign.
func zero(x unsafe.Pointer) uint64 {
	a, b := *(*uint64)(x), *(*uint64)(unsafe.Add(x, 8))
	c, d := *(*uint64)(unsafe.Add(x, 16)), *(*uint64)(unsafe.Add(x, 24))
	return (a | b | c | d) & 0x7fffffff7fffffff
}

func load(p unsafe.Pointer, at uintptr) archsimd.Float32x4 {
	return archsimd.LoadFloat32x4Array((*[4]float32)(unsafe.Add(p, at)))
}

func splat(p unsafe.Pointer, at uintptr) archsimd.Float32x4 {
	return archsimd.BroadcastFloat32x4(*(*float32)(unsafe.Add(p, at)))
}

func store(p unsafe.Pointer, at uintptr, v archsimd.Float32x4) {
	v.StoreArray((*[4]float32)(unsafe.Add(p, at)))
}

// ReLU replaces each x[i] by max(0, x[i]), 0 for what is not a number.
func ReLU(x []float32) {
	var none archsimd.Float32x4
	for len(x) >= 16 {
		p := unsafe.Pointer(&x[0])
		a, b, c, d := load(p, 0), load(p, 16), load(p, 32), load(p, 48)
		store(p, 0, a.Masked(a.Greater(none)))
		store(p, 16, b.Masked(b.Greater(none)))
		store(p, 32, c.Masked(c.Greater(none)))
		store(p, 48, d.Masked(d.Greater(none)))
		x = x[16:]
	}
	relu(x)
}
