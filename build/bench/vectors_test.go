package main

import (
	"bytes"
	"testing"

	"sparrow/wasm/quant"
	"sparrow/wasm/retrieval"
)

// TestVectorsAreWrittenInTheOrderThatPeersRead: the bytes by hand, 1 and -2 as float32.
func TestVectorsAreWrittenInTheOrderThatPeersRead(t *testing.T) {
	m := retrieval.Model{Out: quant.Matrix{Rows: 2, Cols: 3, Data: []int8{1, 2, 3, -1, -2, -3}, Scale: []float32{1, -2}}, Bias: []float32{-2, 1}}
	want := []byte{2, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 0, 0, 0, 0xc0, 0, 0, 0x80, 0x3f, 1, 2, 3, 0xff, 0xfe, 0xfd}
	if got := vectors(&m); !bytes.Equal(got, want) {
		t.Errorf("vectors: %v, want %v", got, want)
	}
}
