package wire

import "math"

// Writer appends MessagePack to Buf, each value in its shortest form. The zero
// Writer is ready to use.
type Writer struct{ Buf []byte }

// big appends tag and the lowest n bytes of v, highest first. It takes the
// place of package encoding/binary, which brings reflect along: 12 KB of
// compressed wasm.
func (w *Writer) big(tag byte, v uint64, n int) {
	w.Buf = append(w.Buf, tag)
	for n--; n >= 0; n-- {
		w.Buf = append(w.Buf, byte(v>>(8*n)))
	}
}

// sized appends v in the shortest of the forms whose tags follow each other:
// of one byte, two, four and eight bytes, or from two bytes on when first is 1.
func (w *Writer) sized(tag byte, v uint64, first int) {
	i := first
	for v>>(8<<i) != 0 && i < 3 {
		i++
	}
	w.big(tag+byte(i-first), v, 1<<i)
}

// head appends the length of a value. It panics at 2³² and more.
func (w *Writer) head(tag byte, n, first int) {
	if uint64(n) > math.MaxUint32 {
		panic("wire: a value of 4 GiB or more")
	}
	w.sized(tag, uint64(n), first)
}

// Map appends the header of a map of n pairs, which must follow.
func (w *Writer) Map(n int) {
	if n <= 15 {
		w.Buf = append(w.Buf, 0x80|byte(n))
		return
	}
	w.head(0xde, n, 1)
}

// Array appends the header of an array of n elements, which must follow.
func (w *Writer) Array(n int) {
	if n <= 15 {
		w.Buf = append(w.Buf, 0x90|byte(n))
		return
	}
	w.head(0xdc, n, 1)
}

// Str appends a string.
func (w *Writer) Str(s string) {
	if len(s) <= 31 {
		w.Buf = append(w.Buf, 0xa0|byte(len(s)))
	} else {
		w.head(0xd9, len(s), 0)
	}
	w.Buf = append(w.Buf, s...)
}

// Bin appends a byte string.
func (w *Writer) Bin(b []byte) {
	w.head(0xc4, len(b), 0)
	w.Buf = append(w.Buf, b...)
}

// Int appends an integer.
func (w *Writer) Int(v int64) {
	if v >= 0 {
		w.Uint(uint64(v))
		return
	}
	if v >= -32 {
		w.Buf = append(w.Buf, byte(v))
		return
	}
	i := 0
	for v>>(8<<i-1) != -1 {
		i++
	}
	w.big(0xd0+byte(i), uint64(v), 1<<i)
}

// Uint appends an integer.
func (w *Writer) Uint(v uint64) {
	if v <= 0x7f {
		w.Buf = append(w.Buf, byte(v))
		return
	}
	w.sized(0xcc, v, 0)
}

// Float32 appends a float of four bytes.
func (w *Writer) Float32(v float32) { w.big(0xca, uint64(math.Float32bits(v)), 4) }

// Float64 appends a float of eight bytes.
func (w *Writer) Float64(v float64) { w.big(0xcb, math.Float64bits(v), 8) }

// Bool appends true or false.
func (w *Writer) Bool(v bool) {
	if v {
		w.Buf = append(w.Buf, 0xc3)
	} else {
		w.Buf = append(w.Buf, 0xc2)
	}
}

// Nil appends nil.
func (w *Writer) Nil() { w.Buf = append(w.Buf, 0xc0) }
