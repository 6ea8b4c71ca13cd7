package wire

import (
	"encoding/binary"
	"math"
)

// Writer appends MessagePack to Buf, each value in its shortest form. The zero
// Writer is ready to use.
type Writer struct{ Buf []byte }

// head appends one of the forms of a length: tags[0] is followed by one byte,
// tags[1] by two, tags[2] by four; 0 stands for a form the type does not have.
// It panics at 2³² and more.
func (w *Writer) head(n int, tags [3]byte) {
	switch {
	case n <= math.MaxUint8 && tags[0] != 0:
		w.Buf = append(w.Buf, tags[0], byte(n))
	case n <= math.MaxUint16:
		w.Buf = binary.BigEndian.AppendUint16(append(w.Buf, tags[1]), uint16(n))
	case uint64(n) <= math.MaxUint32:
		w.Buf = binary.BigEndian.AppendUint32(append(w.Buf, tags[2]), uint32(n))
	default:
		panic("wire: a value of 4 GiB or more")
	}
}

// Map appends the header of a map of n pairs, which must follow.
func (w *Writer) Map(n int) {
	if n <= 15 {
		w.Buf = append(w.Buf, 0x80|byte(n))
		return
	}
	w.head(n, [3]byte{0, 0xde, 0xdf})
}

// Array appends the header of an array of n elements, which must follow.
func (w *Writer) Array(n int) {
	if n <= 15 {
		w.Buf = append(w.Buf, 0x90|byte(n))
		return
	}
	w.head(n, [3]byte{0, 0xdc, 0xdd})
}

// Str appends a string.
func (w *Writer) Str(s string) {
	if len(s) <= 31 {
		w.Buf = append(w.Buf, 0xa0|byte(len(s)))
	} else {
		w.head(len(s), [3]byte{0xd9, 0xda, 0xdb})
	}
	w.Buf = append(w.Buf, s...)
}

// Bin appends a byte string.
func (w *Writer) Bin(b []byte) {
	w.head(len(b), [3]byte{0xc4, 0xc5, 0xc6})
	w.Buf = append(w.Buf, b...)
}

// Int appends an integer.
func (w *Writer) Int(v int64) {
	switch {
	case v >= 0:
		w.Uint(uint64(v))
	case v >= -32:
		w.Buf = append(w.Buf, byte(v))
	case v >= math.MinInt8:
		w.Buf = append(w.Buf, 0xd0, byte(v))
	case v >= math.MinInt16:
		w.Buf = binary.BigEndian.AppendUint16(append(w.Buf, 0xd1), uint16(v))
	case v >= math.MinInt32:
		w.Buf = binary.BigEndian.AppendUint32(append(w.Buf, 0xd2), uint32(v))
	default:
		w.Buf = binary.BigEndian.AppendUint64(append(w.Buf, 0xd3), uint64(v))
	}
}

// Uint appends an integer.
func (w *Writer) Uint(v uint64) {
	switch {
	case v <= 0x7f:
		w.Buf = append(w.Buf, byte(v))
	case v <= math.MaxUint8:
		w.Buf = append(w.Buf, 0xcc, byte(v))
	case v <= math.MaxUint16:
		w.Buf = binary.BigEndian.AppendUint16(append(w.Buf, 0xcd), uint16(v))
	case v <= math.MaxUint32:
		w.Buf = binary.BigEndian.AppendUint32(append(w.Buf, 0xce), uint32(v))
	default:
		w.Buf = binary.BigEndian.AppendUint64(append(w.Buf, 0xcf), v)
	}
}

// Float32 appends a float of four bytes.
func (w *Writer) Float32(v float32) {
	w.Buf = binary.BigEndian.AppendUint32(append(w.Buf, 0xca), math.Float32bits(v))
}

// Float64 appends a float of eight bytes.
func (w *Writer) Float64(v float64) {
	w.Buf = binary.BigEndian.AppendUint64(append(w.Buf, 0xcb), math.Float64bits(v))
}

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
