//go:build !js

package bundle

import (
	"encoding/binary"
	"errors"
	"math"
	"strconv"
	"strings"

	"sparrow/wasm/catalog"
	"sparrow/wasm/quant"
	"sparrow/wasm/ranking"
)

func (e *encoder) keep(err error) {
	if e.err == nil {
		e.err = err
	}
}

func (e *encoder) key(name string) { e.keep(e.EncodeString(name)) }
func (e *encoder) mapOf(n int)     { e.keep(e.EncodeMapLen(n)) }
func (e *encoder) array(n int)     { e.keep(e.EncodeArrayLen(n)) }
func (e *encoder) uint(v uint64)   { e.keep(e.EncodeUint(v)) }

// raw writes b; a nil slice is an empty bin, not nil.
func (e *encoder) raw(b []byte) { e.keep(e.EncodeBytes(append([]byte{}, b...))) }

func (e *encoder) bin(name string, b []byte) {
	e.key(name)
	e.raw(b)
}

// floats writes a column in two bytes a value if nothing is lost, else in four.
func (e *encoder) floats(v []float32) {
	lower := uint32(0)
	for _, x := range v {
		lower |= math.Float32bits(x) & 0xffff
	}
	b := make([]byte, 0, 4*len(v))
	for _, x := range v {
		if lower == 0 {
			b = binary.LittleEndian.AppendUint16(b, uint16(math.Float32bits(x)>>16))
		} else {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
		}
	}
	e.array(2)
	e.uint(uint64(len(v)))
	e.raw(b)
}

func (e *encoder) matrix(m *quant.Matrix) {
	b := make([]byte, len(m.Data))
	for i, v := range m.Data {
		b[i] = byte(v)
	}
	e.array(4)
	e.uint(uint64(m.Rows))
	e.uint(uint64(m.Cols))
	e.raw(b)
	e.floats(m.Scale)
}

func (e *encoder) dense(d *ranking.Dense) {
	e.array(2)
	e.matrix(&d.Weight)
	e.floats(d.Bias)
}

func (e *encoder) hundredths(name string, v []float32) {
	var b []byte
	for r, x := range v {
		h := math.Round(100 * float64(x))
		if !(h >= 0 && h <= 500) || stars(uint16(h)) != x {
			e.keep(errors.New(name + " of item " + strconv.Itoa(r) + " is not rounded to hundredths of 0 to 5 stars"))
			return
		}
		b = binary.LittleEndian.AppendUint16(b, uint16(h))
	}
	e.bin(name, b)
}

// texts writes each text followed by a line feed, which none may hold.
func (e *encoder) texts(name string, texts []string) {
	var b []byte
	for i, s := range texts {
		if strings.Contains(s, "\n") {
			e.keep(errors.New(name + ": text " + strconv.Itoa(i) + " holds a line feed"))
			return
		}
		b = append(append(b, s...), '\n')
	}
	e.bin(name, b)
}

func appendVarint(b []byte, v uint64) []byte { return binary.AppendUvarint(b, v) }

// differences returns ids as differences of whole numbers if every one of them
// is a number in its shortest form.
func differences(ids []catalog.ID) (column []byte, numeric bool) {
	column = []byte{}
	before := int64(0)
	for _, id := range ids {
		v, err := strconv.ParseInt(string(id), 10, 64)
		if err != nil || v < 0 || v > math.MaxInt32 || strconv.FormatInt(v, 10) != string(id) {
			return nil, false
		}
		step := v - before
		column = appendVarint(column, uint64(step<<1^step>>63))
		before = v
	}
	return column, true
}

func plain(ids []catalog.ID) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = string(id)
	}
	return out
}

func pairs(v []int16) []byte {
	var b []byte
	for _, x := range v {
		b = binary.LittleEndian.AppendUint16(b, uint16(x))
	}
	return b
}

// flatten returns how many indices each item has, and all of them.
func flatten[T uint8 | uint16](lists [][]T) (counts, indices []byte) {
	for _, list := range lists {
		counts = appendVarint(counts, uint64(len(list)))
		for _, v := range list {
			indices = appendVarint(indices, uint64(v))
		}
	}
	return counts, indices
}
