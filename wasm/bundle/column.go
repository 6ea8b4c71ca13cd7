package bundle

import (
	"math"
	"strconv"
	"unicode/utf8"

	"sparrow/wasm/quant"
)

// floats reads a column of finite numbers: an array of its length n and a bin
// of 4n bytes, or of 2n bytes when the lower half of every value is zero.
func (d *decoder) floats(name string) []float32 {
	if d.Array() != 2 {
		d.Fail(name + ": want [length, bytes]")
		return nil
	}
	n, b := d.Uint(), d.Bin()
	if d.Err() != nil {
		return nil
	}
	half := n == uint64(len(b))/2 && len(b)%2 == 0
	if !half && (n != uint64(len(b))/4 || len(b)%4 != 0) {
		d.Fail(name + ": " + strconv.Itoa(len(b)) + " bytes do not hold " + strconv.FormatUint(n, 10) + " numbers")
		return nil
	}
	v := make([]float32, n)
	for i := range v {
		bits := uint32(pair(b, i)) << 16
		if !half {
			bits = uint32(pair(b, 2*i+1))<<16 | uint32(pair(b, 2*i))
		}
		v[i] = math.Float32frombits(bits)
		if !isFinite(v[i]) {
			d.Fail(name + ": value " + strconv.Itoa(i) + " is not finite")
			return nil
		}
	}
	return v
}

// pair returns the i-th little-endian number of 16 bits in b.
func pair(b []byte, i int) uint16 { return uint16(b[2*i]) | uint16(b[2*i+1])<<8 }

// matrix reads an int8 matrix into m.
func (d *decoder) matrix(m *quant.Matrix, name string) {
	values, scale, cols := d.rows(name)
	if d.Err() != nil {
		return
	}
	m.Rows, m.Cols, m.Data, m.Scale = len(scale), cols, make([]int8, len(values)), scale
	for i, b := range values {
		m.Data[i] = int8(b)
	}
}

// rows reads what a matrix is made of: an array of rows, columns, a bin of
// rows·columns bytes, which is shared with the file, and a column of scales.
func (d *decoder) rows(name string) (values []byte, scale []float32, cols int) {
	if d.Array() != 4 {
		d.Fail(name + ": want [rows, columns, values, scales]")
		return nil, nil, 0
	}
	rows := d.Uint()
	cols = d.width()
	values = d.Bin()
	scale = d.floats(name)
	if d.Err() != nil {
		return nil, nil, 0
	}
	if rows != uint64(len(scale)) || len(values) != len(scale)*cols {
		d.Fail(name + ": " + strconv.Itoa(len(values)) + " values and " + strconv.Itoa(len(scale)) + " scales do not make " +
			strconv.FormatUint(rows, 10) + " rows of " + strconv.Itoa(cols))
		return nil, nil, 0
	}
	for r, s := range scale {
		if s < 0 {
			d.Fail(name + ": the scale of row " + strconv.Itoa(r) + " is negative")
			return nil, nil, 0
		}
		var any byte
		for _, b := range values[r*cols : (r+1)*cols] {
			any |= b
			if b == 0x80 {
				d.Fail(name + ": row " + strconv.Itoa(r) + " holds -128")
				return nil, nil, 0
			}
		}
		if s == 0 && any != 0 {
			d.Fail(name + ": row " + strconv.Itoa(r) + " has values and no scale")
			return nil, nil, 0
		}
	}
	return values, scale, cols
}

// varints reads whole numbers up to 2³²-1 one by one from a bin: seven bits a
// byte, lowest first, the top bit set on all but the last byte of a number.
type varints struct {
	d    *decoder
	name string
	b    []byte
}

// next returns the next number, or 0 when there is none, which fails.
func (v *varints) next() uint32 {
	var n uint64
	for i, c := range v.b {
		if i == 5 {
			break
		}
		n |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			if n > math.MaxUint32 {
				break
			}
			v.b = v.b[i+1:]
			return uint32(n)
		}
	}
	v.d.Fail(v.name + ": a number is cut short or above 32 bits")
	v.b = nil
	return 0
}

// end fails when numbers are left.
func (v *varints) end() {
	if len(v.b) > 0 {
		v.d.Fail(v.name + ": " + strconv.Itoa(len(v.b)) + " bytes are left over")
	}
}

// texts splits b into n strings, each ended by a line feed. It fails unless b
// is UTF-8 and holds exactly n.
func (d *decoder) texts(name string, b []byte, n int) []string {
	if d.Err() != nil {
		return nil
	}
	lines := 0
	for _, c := range b {
		if c == '\n' {
			lines++
		}
	}
	if lines != n || n > 0 && b[len(b)-1] != '\n' || n == 0 && len(b) > 0 {
		d.Fail(name + ": " + strconv.Itoa(lines) + " lines, want " + strconv.Itoa(n))
		return nil
	}
	if !utf8.Valid(b) {
		d.Fail(name + ": not UTF-8")
		return nil
	}
	all := string(b)
	out := make([]string, n)
	start, i := 0, 0
	for end := range len(all) {
		if all[end] == '\n' {
			out[i] = all[start:end]
			start, i = end+1, i+1
		}
	}
	return out
}
