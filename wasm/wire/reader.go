package wire

import (
	"errors"
	"math"
	"strconv"
	"unicode/utf8"
)

// Reader reads one value after the other from a byte slice. Its first error
// sticks: from then on every method returns a zero value, so that a decoder
// asks for [Reader.Err] once, at its end. Loops over a map or an array end by
// themselves: no header may announce more than the rest of the input can hold.
type Reader struct {
	b   []byte
	at  int
	err error
}

// NewReader returns a reader of b. What [Reader.Bin] returns shares memory with b.
func NewReader(b []byte) *Reader { return &Reader{b: b} }

// Err returns the first error, or nil.
func (r *Reader) Err() error { return r.err }

// Rest returns how many bytes are left, 0 after an error.
func (r *Reader) Rest() int {
	if r.err != nil {
		return 0
	}
	return len(r.b) - r.at
}

// Fail makes text the reader's error, with the offset of the next byte, unless
// there is an error already.
func (r *Reader) Fail(text string) { r.failAt(r.at, text) }

func (r *Reader) failAt(at int, text string) {
	if r.err == nil {
		r.err = errors.New("byte " + strconv.Itoa(at) + ": " + text)
	}
}

// End fails unless every byte has been read.
func (r *Reader) End() {
	if n := r.Rest(); n > 0 {
		r.Fail(strconv.Itoa(n) + " bytes after the end")
	}
}

// take returns the next n bytes, or nil after an error or when they are not there.
func (r *Reader) take(n uint64, what string) []byte {
	if r.err != nil {
		return nil
	}
	if n > uint64(len(r.b)-r.at) {
		r.Fail(what + " needs " + strconv.FormatUint(n, 10) + " bytes, " + strconv.Itoa(len(r.b)-r.at) + " are left")
		return nil
	}
	b := r.b[r.at : r.at+int(n) : r.at+int(n)]
	r.at += int(n)
	return b
}

// tag reads the first byte of a value; ok is false after an error.
func (r *Reader) tag(what string) (t byte, ok bool) {
	b := r.take(1, what)
	if b == nil {
		return 0, false
	}
	return b[0], true
}

// size reads a big-endian length of n bytes, 1 to 8.
func (r *Reader) size(n uint64, what string) uint64 {
	var v uint64
	for _, c := range r.take(n, what) {
		v = v<<8 | uint64(c)
	}
	return v
}

// wrong reports that the value that begins at offset at is not what was asked for.
func (r *Reader) wrong(at int, t byte, want string) {
	r.failAt(at, "want "+want+", got type 0x"+strconv.FormatUint(uint64(t), 16))
}

// count checks that n elements of at least width bytes each can follow.
func (r *Reader) count(at int, n, width uint64, what string) int {
	if r.err == nil && n > uint64(len(r.b)-r.at)/width {
		r.failAt(at, what+" of "+strconv.FormatUint(n, 10)+" is longer than the "+strconv.Itoa(len(r.b)-r.at)+" bytes left")
	}
	if r.err != nil {
		return 0
	}
	return int(n)
}

// Map reads the header of a map and returns how many pairs follow.
func (r *Reader) Map() int {
	at := r.at
	t, ok := r.tag("map")
	switch {
	case !ok:
		return 0
	case t&0xf0 == 0x80:
		return r.count(at, uint64(t&0x0f), 2, "map")
	case t == 0xde:
		return r.count(at, r.size(2, "map"), 2, "map")
	case t == 0xdf:
		return r.count(at, r.size(4, "map"), 2, "map")
	}
	r.wrong(at, t, "map")
	return 0
}

// Array reads the header of an array and returns how many elements follow.
func (r *Reader) Array() int { return r.ArrayOf(1) }

// ArrayOf is Array for elements of at least width bytes each, and fails when
// fewer are left. A decoder that makes room for all elements at once thereby
// allocates at most their size in memory / width times the input.
func (r *Reader) ArrayOf(width int) int {
	at := r.at
	t, ok := r.tag("array")
	switch {
	case !ok:
		return 0
	case t&0xf0 == 0x90:
		return r.count(at, uint64(t&0x0f), uint64(width), "array")
	case t == 0xdc:
		return r.count(at, r.size(2, "array"), uint64(width), "array")
	case t == 0xdd:
		return r.count(at, r.size(4, "array"), uint64(width), "array")
	}
	r.wrong(at, t, "array")
	return 0
}

// Str reads a string. It fails on one that is not UTF-8. A string of one byte,
// as short map keys are, costs no allocation.
func (r *Reader) Str() string { return string(r.Text()) }

// Text reads a string as Str does, without an allocation: what it returns
// shares memory with the input.
func (r *Reader) Text() []byte {
	at := r.at
	t, ok := r.tag("string")
	var n uint64
	switch {
	case !ok:
		return nil
	case t&0xe0 == 0xa0:
		n = uint64(t & 0x1f)
	case t >= 0xd9 && t <= 0xdb:
		n = r.size(1<<(t-0xd9), "string")
	default:
		r.wrong(at, t, "string")
	}
	b := r.take(n, "string")
	if !utf8.Valid(b) {
		r.failAt(at, "string is not UTF-8")
		return nil
	}
	return b
}

// Letter reads a string of one ASCII character, as short map keys are, and
// reports whether there is one. Else it reads nothing and does not fail.
func (r *Reader) Letter() (c byte, ok bool) {
	if r.err == nil && len(r.b)-r.at >= 2 && r.b[r.at] == 0xa1 && r.b[r.at+1] < utf8.RuneSelf {
		r.at += 2
		return r.b[r.at-1], true
	}
	return 0, false
}

// Fixed reads a byte string of n bytes, at most 255, as [Reader.Bin] does, if
// that is what comes next. Else it reads nothing, returns nil and does not fail.
func (r *Reader) Fixed(n int) []byte {
	if r.err == nil && len(r.b)-r.at >= 2+n && r.b[r.at] == 0xc4 && int(r.b[r.at+1]) == n {
		r.at += 2 + n
		return r.b[r.at-n : r.at : r.at]
	}
	return nil
}

// Bin reads a byte string. It shares memory with the input.
func (r *Reader) Bin() []byte {
	at := r.at
	t, ok := r.tag("bin")
	if !ok {
		return nil
	}
	if t < 0xc4 || t > 0xc6 {
		r.wrong(at, t, "bin")
		return nil
	}
	return r.take(r.size(1<<(t-0xc4), "bin"), "bin")
}

// number reads an integer of either sign as its bits; negative tells how to read them.
func (r *Reader) number(at int, t byte) (bits uint64, negative bool) {
	switch {
	case t <= 0x7f:
		return uint64(t), false
	case t >= 0xe0:
		return uint64(int64(int8(t))), true
	case t >= 0xcc && t <= 0xcf:
		return r.size(1<<(t-0xcc), "integer"), false
	case t >= 0xd0 && t <= 0xd3:
		n := uint64(1) << (t - 0xd0)
		shift := 64 - 8*n
		v := int64(r.size(n, "integer")<<shift) >> shift
		return uint64(v), v < 0
	}
	r.wrong(at, t, "integer")
	return 0, false
}

// Int reads an integer. It fails above the largest int64.
func (r *Reader) Int() int64 {
	at := r.at
	t, ok := r.tag("integer")
	if !ok {
		return 0
	}
	bits, negative := r.number(at, t)
	if !negative && bits > math.MaxInt64 {
		r.failAt(at, "integer is too large")
		return 0
	}
	return int64(bits)
}

// Uint reads an integer. It fails below 0.
func (r *Reader) Uint() uint64 {
	at := r.at
	t, ok := r.tag("integer")
	if !ok {
		return 0
	}
	bits, negative := r.number(at, t)
	if negative {
		r.failAt(at, "integer is negative")
		return 0
	}
	return bits
}

// Float reads a float or an integer. NaN and infinities pass.
func (r *Reader) Float() float64 {
	at := r.at
	t, ok := r.tag("number")
	switch {
	case !ok:
		return 0
	case t == 0xca:
		return float64(math.Float32frombits(uint32(r.size(4, "float"))))
	case t == 0xcb:
		return math.Float64frombits(r.size(8, "float"))
	}
	bits, negative := r.number(at, t)
	if negative {
		return float64(int64(bits))
	}
	return float64(bits)
}

// Bool reads true or false.
func (r *Reader) Bool() bool {
	at := r.at
	t, ok := r.tag("bool")
	if ok && t != 0xc2 && t != 0xc3 {
		r.wrong(at, t, "bool")
	}
	return t == 0xc3
}

// Nil reports whether the next value is nil, and if so reads it.
func (r *Reader) Nil() bool {
	if r.Rest() > 0 && r.b[r.at] == 0xc0 {
		r.at++
		return true
	}
	return false
}
