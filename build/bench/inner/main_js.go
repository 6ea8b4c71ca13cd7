// Command inner is a program for WebAssembly with the inner loops of the core behind
// exports, compiled as engine.wasm is: what app/e2e/peers measures beside the kernels of
// other libraries. Bytes come in through an inbox and go out through an outbox, as in
// wasm/worker.
package main

import (
	"math"
	"unsafe"

	"sparrow/wasm/nn"
	"sparrow/wasm/quant"
	"sparrow/wasm/retrieval"
	"sparrow/wasm/vec"
)

var (
	inbox  []byte
	unread []byte // of the inbox
	outbox []int32

	model retrieval.Model
	skip  []bool
	top   vec.TopK

	layers []nn.Dense
	biases [][]float32
	values [][]float32
)

// main parks: the exports are called while it waits.
func main() { select {} }

// buffer makes an inbox of n bytes and returns its address.
//
//go:wasmexport buffer
func buffer(n int32) unsafe.Pointer {
	if cap(inbox) < int(n) {
		inbox = make([]byte, n)
	}
	inbox = inbox[:n]
	unread = inbox
	return unsafe.Pointer(unsafe.SliceData(inbox))
}

// address of the outbox.
//
//go:wasmexport outbox
func address() unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(outbox)) }

// floats takes n numbers off the front of the inbox.
func floats(n int) []float32 {
	all := unsafe.Slice((*float32)(unsafe.Pointer(unsafe.SliceData(unread))), n)
	unread = unread[4*n:]
	return all
}

// table keeps an [n×d] matrix from the inbox: n scales, n biases, n·d integers.
//
//go:wasmexport table
func table(n, d int32) {
	rows := int(n)
	scale, bias := floats(rows), floats(rows)
	data := unsafe.Slice((*int8)(unsafe.Pointer(unsafe.SliceData(unread))), rows*int(d))
	inbox = nil // it is kept
	model = retrieval.Model{Out: quant.Matrix{Rows: rows, Cols: int(d), Data: data, Scale: scale}, Bias: bias}
	skip = make([]bool, rows)
}

// scan stores the k best rows for the query in the inbox, d numbers, in the outbox, best
// first.
//
//go:wasmexport scan
func scan(k int32) {
	top.Reset(int(k))
	model.Best(&top, floats(model.Out.Cols), skip)
	outbox = outbox[:0]
	for _, key := range top.Sorted() {
		outbox = append(outbox, vec.At(key))
	}
}

// layer appends a layer of in×out from the inbox: out biases, then the weights in row
// order. The last one has no ReLU.
//
//go:wasmexport layer
func layer(in, out int32) {
	biases = append(biases, floats(int(out)))
	inbox = nil // it is kept
	values = append(values, nil)
	w := floats(int(in * out))
	t := make([]float32, len(w))
	for i := range int(in) {
		for o := range int(out) {
			t[i*int(out)+o] = w[o*int(in)+i]
		}
	}
	layers = append(layers, nn.Dense{In: int(in), Out: int(out), Weight: t})
}

// forward runs the layers over rows inputs in the inbox and stores the outputs, one for
// each, as the bits of floats in the outbox.
//
//go:wasmexport forward
func forward(rows int32) {
	x := floats(int(rows) * layers[0].In)
	for l := range layers {
		d := &layers[l]
		values[l] = nn.Resize(values[l], int(rows)*d.Out)
		y := values[l]
		for r := range int(rows) {
			copy(y[r*d.Out:][:d.Out], biases[l])
		}
		nn.Product(y, x, d.Weight, int(rows), d.In, d.Out)
		if l < len(layers)-1 {
			nn.ReLU(y)
		}
		x = y
	}
	outbox = outbox[:0]
	for _, v := range x {
		outbox = append(outbox, int32(math.Float32bits(v)))
	}
}
