package main

import (
	"bytes"
	"slices"
	"testing"

	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/quant"
	"sparrow/wasm/retrieval"
)

// TestVectorsAreWrittenInTheOrderThatPeersRead: the bytes by hand, 1 and -2 as float32.
func TestVectorsAreWrittenInTheOrderThatPeersRead(t *testing.T) {
	m := retrieval.Model{Out: quant.Matrix{Rows: 2, Cols: 3, Data: []int8{1, 2, 3, -1, -2, -3}, Scale: []float32{1, -2}}, Bias: []float32{-2, 1}}
	want := []byte{
		2, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0,
		0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 0, 0, 0, 0xc0, 0, 0, 0x80, 0x3f,
		0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 0, 0, 0x80, 0x3f, 1, 2, 3, 0xff, 0xfe, 0xfd,
	}
	if got := vectors(&m, []float32{1, -2, 1}); !bytes.Equal(got, want) {
		t.Errorf("vectors: %v, want %v", got, want)
	}
}

// TestVisitorsAreUsersOfTheModel: with pooling of one event whose weight is 1, a user's vector
// is the row of the item that they liked last, which has a way on to it or none.
func TestVisitorsAreUsersOfTheModel(t *testing.T) {
	in := quant.Matrix{Rows: 3, Cols: 1, Data: []int8{10, 20, 30}, Scale: []float32{1, 1, 1}}
	b := &bundle.Bundle{
		Retrieval:  retrieval.Model{In: in, Out: in, Bias: make([]float32, 3), Position: []float32{1}, Level: []float32{1, 1, 1, 1}},
		Transition: retrieval.Lists{Start: []uint32{0, 1, 1, 1}, Items: []catalog.Row{1}, Weights: []uint8{1}, Scale: []float32{1, 1, 1}},
	}
	got := visitors(b, 50)
	for i, v := range got {
		if v != 20 && v != 30 {
			t.Fatalf("user %d: %v, want the vector of item 1, to which item 0 leads, or of item 2", i, v)
		}
	}
	if !slices.Contains(got, 20) || !slices.Contains(got, 30) || !slices.Equal(got, visitors(b, 50)) {
		t.Errorf("users %v: want some of both, and the same ones again", got)
	}
}
