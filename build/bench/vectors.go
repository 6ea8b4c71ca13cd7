package main

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"

	"sparrow/wasm/bundle"
	"sparrow/wasm/retrieval"
)

// Vectors takes the vectors of items out of a bundle: what app/e2e/peers scans, beside
// vectors that it draws.
type Vectors struct {
	Bundle string `help:"File of the bundle." required:"" type:"existingfile"`
	Out    string `help:"File to write." required:"" type:"path"`
}

// Run writes the file.
func (v Vectors) Run() error {
	data, err := os.ReadFile(filepath.Clean(v.Bundle))
	if err != nil {
		return err
	}
	b, err := bundle.Decode(data)
	if err != nil {
		return fmt.Errorf("%s: %w", v.Bundle, err)
	}
	return os.WriteFile(v.Out, vectors(&b.Retrieval), 0o644)
}

// vectors returns the vectors that a user's is compared with, [N×D], little-endian: N and D
// as uint32, N scales and N biases as float32, N·D int8. A number of row r is Scale[r]
// times its integer.
func vectors(m *retrieval.Model) []byte {
	out := binary.LittleEndian.AppendUint32(nil, uint32(m.Out.Rows))
	out = binary.LittleEndian.AppendUint32(out, uint32(m.Out.Cols))
	for _, numbers := range []any{m.Out.Scale, m.Bias, m.Out.Data} {
		var err error
		if out, err = binary.Append(out, binary.LittleEndian, numbers); err != nil {
			panic(err) // slices of numbers have a size
		}
	}
	return out
}
