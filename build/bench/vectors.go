package main

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"

	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/retrieval"
)

// Vectors takes the vectors of items and of some users out of a bundle: what app/e2e/peers
// scans, beside vectors that it draws.
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
	return os.WriteFile(v.Out, vectors(&b.Retrieval, visitors(b, 64)), 0o644)
}

// vectors returns the vectors of items, [N×D], and of users, [U×D], little-endian: N, D and U
// as uint32, N scales, N biases and U·D numbers of users as float32, N·D int8. A number of
// row r is Scale[r] times its integer.
func vectors(m *retrieval.Model, users []float32) []byte {
	var out []byte
	for _, numbers := range []any{[]uint32{uint32(m.Out.Rows), uint32(m.Out.Cols), uint32(len(users) / m.Out.Cols)}, m.Out.Scale, m.Bias, users, m.Out.Data} {
		var err error
		if out, err = binary.Append(out, binary.LittleEndian, numbers); err != nil {
			panic(err) // slices of numbers have a size
		}
	}
	return out
}

// visitors returns the vectors of n users, [n×D]. Each has liked an item that was drawn
// and ten more, each the next one of the item before by a draw from its transitions.
func visitors(b *bundle.Bundle, n int) []float32 {
	rng := rand.New(rand.NewPCG(1, 2))
	d := b.Retrieval.Out.Cols
	encoder, all := retrieval.NewEncoder(&b.Retrieval), make([]float32, n*d)
	for u := range n {
		at := catalog.Row(rng.IntN(b.Retrieval.Out.Rows))
		history := feature.History{{Row: at, Stars: 5}}
		for range 10 {
			next, _, _ := b.Transition.Of(at)
			if len(next) == 0 {
				break
			}
			at = next[rng.IntN(len(next))]
			if !slices.ContainsFunc(history, func(e feature.Event) bool { return e.Row == at }) {
				history = append(history, feature.Event{Row: at, Stars: 5})
			}
		}
		encoder.UserVector(all[u*d:][:d], history)
	}
	return all
}
