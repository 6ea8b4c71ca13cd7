package main

import (
	"sparrow/build/index"
	"sparrow/wasm/retrieval"
	"sparrow/wasm/vec"
)

var search *retrieval.CellSearch

// cells divides the table into cells, as the builder does, and returns how many there are.
//
//go:wasmexport cells
func cells() int32 {
	model.Cells = index.Cells(&model, index.DefaultIVFOptions(model.Out.Rows))
	search = retrieval.NewCellSearch(&model)
	return int32(len(model.Cells.Bias))
}

// near is scan in the given number of cells.
//
//go:wasmexport near
func near(k, probes int32) {
	top.Reset(int(k))
	search.Best(&top, floats(model.Out.Cols), skip, int(probes))
	outbox = outbox[:0]
	for _, key := range top.Sorted() {
		outbox = append(outbox, vec.At(key))
	}
}
