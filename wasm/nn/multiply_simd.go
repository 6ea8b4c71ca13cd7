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
// it; four rows by eight columns stay in registers over the whole of K, see fourRows.
func Product(dst, a, b []float32, m, k, n int) {
	if k == 0 || m == 0 {
		return
	}
	dst, a, b = dst[:m*n], a[:m*k], b[:k*n]
	y, x, w := start(dst), start(a), start(b)
	stride, width, wide := 4*n, 4*k, n&^7
	for o := wide; o < n; o++ {
		column(unsafe.Add(y, 4*o), x, unsafe.Add(w, 4*o), m, k, n)
	}
	if wide == 0 {
		return
	}
	if m >= 4 {
		turns := (k + 7) / 8
		splats, panels = Resize(splats, 8*16*turns), Resize(panels, 8*turns*wide)
		from, eights := start(splats), start(panels)
		pack(eights, w, k, n)
		for ; m >= 4; m -= 4 {
			spread(from, x, k)
			fourRows(y, from, eights, turns, n)
			y, x = unsafe.Add(y, 4*stride), unsafe.Add(x, 4*width)
		}
	}
	for ; m > 0; m-- {
		for o := 0; o < wide; o += 8 {
			oneRow(unsafe.Add(y, 4*o), x, unsafe.Add(w, 4*o), k, n)
		}
		y, x = unsafe.Add(y, stride), unsafe.Add(x, width)
	}
}

func start(v []float32) unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(v)) }

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
func column(y, x, w unsafe.Pointer, m, k, n int) {
	stride, width := 4*n, 4*k
	for ; m >= 4; m -= 4 {
		x1 := unsafe.Add(x, width)
		x2 := unsafe.Add(x1, width)
		x3 := unsafe.Add(x2, width)
		y1 := unsafe.Add(y, stride)
		y2 := unsafe.Add(y1, stride)
		y3 := unsafe.Add(y2, stride)
		s0, s1, s2, s3 := *(*float32)(y), *(*float32)(y1), *(*float32)(y2), *(*float32)(y3)
		b := w
		for range k {
			v := *(*float32)(b)
			s0 += float32(*(*float32)(x) * v)
			s1 += float32(*(*float32)(x1) * v)
			s2 += float32(*(*float32)(x2) * v)
			s3 += float32(*(*float32)(x3) * v)
			x, x1, x2, x3, b = unsafe.Add(x, 4), unsafe.Add(x1, 4), unsafe.Add(x2, 4), unsafe.Add(x3, 4), unsafe.Add(b, stride)
		}
		*(*float32)(y), *(*float32)(y1), *(*float32)(y2), *(*float32)(y3) = s0, s1, s2, s3
		x, y = x3, unsafe.Add(y3, stride)
	}
	for ; m > 0; m-- {
		s, b := *(*float32)(y), w
		for range k {
			s += float32(*(*float32)(x) * *(*float32)(b))
			x, b = unsafe.Add(x, 4), unsafe.Add(b, stride)
		}
		*(*float32)(y) = s
		y = unsafe.Add(y, stride)
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
