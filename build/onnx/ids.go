package onnx

import "errors"

// Keras counts ids below 0 from the end of its table: where(id < 0, id + rows, id), of which
// tf2onnx makes sums and products. Ids of a catalog are never below 0, so that all of it is the
// id itself; nothing else is computed of ids.

// scalar returns the only number of a constant.
func (v *value) scalar() (float32, bool) {
	switch {
	case v.kind != isConstant:
		return 0, false
	case len(v.table.floats) == 1:
		return v.table.floats[0], true
	case len(v.table.ints) == 1:
		return float32(v.table.ints[0]), true
	}
	return 0, false
}

// truth is a constant, 1 or 0.
func truth(x bool) value {
	t := &tensor{floats: []float32{0}}
	if x {
		t.floats[0] = 1
	}
	return value{kind: isConstant, table: t}
}

var errIDs = errors.New("ids are for looking up in a table: nothing is computed of them")

func less(_ *writer, _ *node, in []value) (value, error) {
	if len(in) == 2 && in[0].kind == isIDs {
		if c, ok := in[1].scalar(); ok && c <= 0 {
			return truth(false), nil
		}
	}
	return value{}, errIDs
}

func not(w *writer, _ *node, in []value) (value, error) {
	if len(in) == 1 {
		if in[0].kind == isAbsent {
			return w.there(in[0]), nil
		}
		if c, ok := in[0].scalar(); ok {
			return truth(c == 0), nil
		}
	}
	return value{}, errIDs
}

// withIDs is sum or product of ids and a number: 0 or 1 leave the ids or nothing. ids + c may
// only be multiplied by 0.
func withIDs(in []value, product bool) (v value, of bool, err error) {
	if len(in) != 2 || in[0].kind != isIDs && in[1].kind != isIDs {
		return value{}, false, nil
	}
	x, other := in[0], in[1]
	if x.kind != isIDs {
		x, other = other, x
	}
	c, ok := other.scalar()
	switch {
	case !ok:
		return value{}, true, errIDs
	case product && c == 0:
		return truth(false), true, nil
	case product && c == 1, !product && c == 0:
		return x, true, nil
	case !product:
		x.moved = true
		return x, true, nil
	}
	return value{}, true, errIDs
}
