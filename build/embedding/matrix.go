package embedding

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"os"
)

// matrix is a table of numbers as it lies in a file, row after row.
type matrix struct {
	path       string
	offset     int64 // where it begins
	rows, cols int
	number     number
	order      binary.ByteOrder
}

// number is a type of numbers: how many bytes one has, and its value.
type number struct {
	bytes int
	value func(b []byte, order binary.ByteOrder) float32
}

var (
	float16  = number{2, func(b []byte, o binary.ByteOrder) float32 { return half(o.Uint16(b)) }}
	brain16  = number{2, func(b []byte, o binary.ByteOrder) float32 { return math.Float32frombits(uint32(o.Uint16(b)) << 16) }}
	float32s = number{4, func(b []byte, o binary.ByteOrder) float32 { return math.Float32frombits(o.Uint32(b)) }}
	float64s = number{8, func(b []byte, o binary.ByteOrder) float32 { return float32(math.Float64frombits(o.Uint64(b))) }}
)

// half returns the value of an IEEE 754 number of 16 bits.
func half(b uint16) float32 {
	sign, exponent, fraction := float32(1), int(b>>10&31), float64(b&1023)
	if b>>15 == 1 {
		sign = -1
	}
	switch exponent {
	case 0:
		return sign * float32(math.Ldexp(fraction, -24))
	case 31:
		if fraction > 0 {
			return float32(math.NaN())
		}
		return sign * float32(math.Inf(1))
	}
	return sign * float32(math.Ldexp(1024+fraction, exponent-25))
}

// file returns m as a file of the given size. It fails where m does not fit that.
func (m matrix) file(size int64) (*File, error) {
	if err := width(m.cols); err != nil {
		return nil, err
	}
	row := int64(m.cols) * int64(m.number.bytes)
	if left := size - m.offset; m.rows < 1 || left < 0 || int64(m.rows) > left/row {
		return nil, fmt.Errorf("it announces %d × %d numbers of %d bytes, and has %d bytes for them: it is empty, cut short or damaged", m.rows, m.cols, m.number.bytes, max(0, left))
	}
	return &File{unit: "row", rows: m.rows, read: m.each}, nil
}

// each reads the rows of m, counted from 1.
func (m matrix) each(row yield) error {
	f, err := os.Open(m.path)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.Seek(m.offset, io.SeekStart); err != nil {
		return err
	}
	in := bufio.NewReaderSize(f, 1<<20)
	raw, v := make([]byte, m.cols*m.number.bytes), make([]float32, m.cols)
	for at := 1; at <= m.rows; at++ {
		if _, err := io.ReadFull(in, raw); err != nil {
			return fmt.Errorf("row %d: %w", at, err)
		}
		for c := range v {
			v[c] = m.number.value(raw[c*m.number.bytes:], m.order)
		}
		if err := row(at, "", v, ""); err != nil {
			return err
		}
	}
	return nil
}
