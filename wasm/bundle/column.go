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

// matrix reads an int8 matrix into m, whose values are those of the file.
func (d *decoder) matrix(m *quant.Matrix, name string) {
	values, scale, cols := d.rows(name)
	if d.Err() != nil {
		return
	}
	m.Rows, m.Cols, m.Data, m.Scale = len(scale), cols, signed(values), scale
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
		if s == 0 && !zero(values[r*cols:(r+1)*cols]) {
			d.Fail(name + ": row " + strconv.Itoa(r) + " has values and no scale")
			return nil, nil, 0
		}
	}
	if i := lowest(values); i >= 0 {
		d.Fail(name + ": row " + strconv.Itoa(i/cols) + " holds -128")
		return nil, nil, 0
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
	if b := v.b; len(b) > 1 { // as almost all are: one byte, or two
		if b[0] < 0x80 {
			v.b = b[1:]
			return uint32(b[0])
		}
		if b[1] < 0x80 {
			v.b = b[2:]
			return uint32(b[0]&0x7f) | uint32(b[1])<<7
		}
	}
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

// texts splits b into n strings, each ended by a line feed, which are those of the
// file. It fails unless b is UTF-8 and holds exactly n.
func (d *decoder) texts(name string, b []byte, n int) []string {
	if d.Err() != nil {
		return nil
	}
	if !utf8.Valid(b) {
		d.Fail(name + ": not UTF-8")
		return nil
	}
	all := text(b)
	out := make([]string, n)
	start, lines := 0, 0
	for end := range len(all) {
		if all[end] != '\n' {
			continue
		}
		if lines < n {
			out[lines] = all[start:end]
		}
		start, lines = end+1, lines+1
	}
	if lines != n || start != len(all) {
		d.Fail(name + ": " + strconv.Itoa(lines) + " lines, want " + strconv.Itoa(n))
		return nil
	}
	return out
}
