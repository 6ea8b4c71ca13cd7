package onnx

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"google.golang.org/protobuf/encoding/protowire"
)

// tensor is a TensorProto: constant numbers, as floats or as whole ones.
type tensor struct {
	name   string
	dims   []int64
	floats []float32
	ints   []int64
}

// Types of numbers: TensorProto.DataType.
const (
	typeFloat, typeInt32, typeInt64, typeFloat16, typeDouble, typeBFloat16 = 1, 6, 7, 10, 11, 16
)

// readTensor reads a tensor, whose name is there beside an error, too.
func readTensor(data []byte) (*tensor, error) {
	t := &tensor{}
	kind, outside := uint64(0), false
	var raw []byte
	err := each(data, func(f field) (err error) {
		switch f.number {
		case 1:
			t.dims, err = f.ints(t.dims)
		case 2:
			kind = f.n
		case 4:
			t.floats, err = f.floats(t.floats)
		case 5, 7: // int32_data, int64_data
			t.ints, err = f.ints(t.ints)
		case 8:
			t.name = string(f.data)
		case 9:
			raw = f.data
		case 10: // double_data
			err = t.doubles(f.data)
		case 14:
			outside = f.n != 0
		}
		return err
	})
	switch {
	case err != nil:
		return t, err
	case outside:
		return t, errors.New("its numbers are in another file: save the model as one, onnx.save(model, path, save_as_external_data=False)")
	}
	if raw != nil {
		if err := t.raw(kind, raw); err != nil {
			return t, err
		}
	} else if kind == typeInt32 || kind == typeInt64 {
		t.floats = nil
	} else if kind != typeFloat && kind != typeDouble {
		return t, fmt.Errorf("numbers of type %d", kind)
	}
	return t, t.fits()
}

// fits returns an error unless t has as many numbers as its shape says.
func (t *tensor) fits() error {
	n, have := int64(1), int64(max(len(t.floats), len(t.ints)))
	for _, d := range t.dims {
		if d < 0 || d > 0 && n > have/d {
			return fmt.Errorf("it announces a shape of %v and has %d numbers", t.dims, have)
		}
		n *= d
	}
	if n != have {
		return fmt.Errorf("it announces a shape of %v and has %d numbers", t.dims, have)
	}
	return nil
}

func (t *tensor) doubles(data []byte) error {
	if len(data)%8 != 0 {
		return errors.New("numbers that are cut short")
	}
	for ; len(data) > 0; data = data[8:] {
		v, _ := protowire.ConsumeFixed64(data)
		t.floats = append(t.floats, float32(math.Float64frombits(v)))
	}
	return nil
}

// raw reads numbers as they lie in memory, little-endian.
func (t *tensor) raw(kind uint64, b []byte) error {
	size := map[uint64]int{typeFloat: 4, typeInt32: 4, typeInt64: 8, typeFloat16: 2, typeBFloat16: 2, typeDouble: 8}[kind]
	if size == 0 {
		return fmt.Errorf("numbers of type %d", kind)
	}
	if len(b)%size != 0 {
		return errors.New("numbers that are cut short")
	}
	for ; len(b) > 0; b = b[size:] {
		switch kind {
		case typeFloat:
			t.floats = append(t.floats, math.Float32frombits(binary.LittleEndian.Uint32(b)))
		case typeDouble:
			t.floats = append(t.floats, float32(math.Float64frombits(binary.LittleEndian.Uint64(b))))
		case typeInt32:
			t.ints = append(t.ints, int64(int32(binary.LittleEndian.Uint32(b))))
		case typeInt64:
			t.ints = append(t.ints, int64(binary.LittleEndian.Uint64(b)))
		case typeBFloat16:
			t.floats = append(t.floats, math.Float32frombits(uint32(binary.LittleEndian.Uint16(b))<<16))
		default:
			return errors.New("numbers of 16 bits: export the model in float32")
		}
	}
	return nil
}

// table returns the rows and columns of t, of one or two dimensions: a vector is a row.
func (t *tensor) table() (rows, cols int, ok bool) {
	switch {
	case t.floats == nil:
		return 0, 0, false
	case len(t.dims) == 2:
		return int(t.dims[0]), int(t.dims[1]), true
	case len(t.dims) == 1:
		return 1, int(t.dims[0]), true
	}
	return 0, 0, false
}

// vector returns the numbers of t along its last dimension, where it has no other but of 1.
func (t *tensor) vector() ([]float32, bool) {
	for i, d := range t.dims {
		if i < len(t.dims)-1 && d != 1 {
			return nil, false
		}
	}
	return t.floats, len(t.floats) > 0
}
