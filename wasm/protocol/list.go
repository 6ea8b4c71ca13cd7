package protocol

import (
	"math"

	"sparrow/wasm/wire"
)

// minElement is the length of the shortest element of a list in bytes: a map
// of one pair, a key of one letter, an empty string. The largest element, Card,
// takes about 260 bytes in memory, so decoding takes at most some 65 times the
// length of its input.
const minElement = 4

// list writes a field that holds a list, unless the list is empty.
func list[T any](f *wire.Fields, name string, v []T, write func(*T, *wire.Writer)) {
	if len(v) == 0 {
		return
	}
	w := f.Key(name)
	w.Array(len(v))
	for i := range v {
		write(&v[i], w)
	}
}

// elements reads what list wrote.
func elements[T any](r *wire.Reader, read func(*T, *wire.Reader)) []T {
	n := r.ArrayOf(minElement)
	if n == 0 {
		return nil
	}
	v := make([]T, n)
	for i := range v {
		read(&v[i], r)
	}
	return v
}

// finite reads a number and fails on NaN and infinities, which would poison
// every sum they enter.
func finite(r *wire.Reader) float32 {
	v := float32(r.Float())
	if v-v != 0 {
		r.Fail("number is not finite")
		return 0
	}
	return v
}

// texts writes a field that holds strings, unless there are none.
func texts[S ~string](f *wire.Fields, name string, v []S) {
	if len(v) == 0 {
		return
	}
	w := f.Key(name)
	w.Array(len(v))
	for _, s := range v {
		w.Str(string(s))
	}
}

// strings reads what texts wrote.
func strings[S ~string](r *wire.Reader) []S {
	n := r.Array()
	if n == 0 {
		return nil
	}
	v := make([]S, n)
	for i := range v {
		v[i] = S(r.Str())
	}
	return v
}

// numbers writes a field that holds numbers, unless there are none.
func numbers(f *wire.Fields, name string, v []float32) {
	if len(v) == 0 {
		return
	}
	w := f.Key(name)
	w.Array(len(v))
	for _, x := range v {
		w.Float32(x)
	}
}

// floats reads what numbers wrote.
func floats(r *wire.Reader) []float32 {
	n := r.Array()
	if n == 0 {
		return nil
	}
	v := make([]float32, n)
	for i := range v {
		v[i] = finite(r)
	}
	return v
}

// whole reads an integer that fits an int of 32 bits, as every count does.
func whole(r *wire.Reader) int {
	v := r.Int()
	if v < math.MinInt32 || v > math.MaxInt32 {
		r.Fail("count does not fit 32 bits")
		return 0
	}
	return int(v)
}
