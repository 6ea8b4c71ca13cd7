package pipeline

import (
	"math/rand/v2"
	"strings"
	"testing"

	"sparrow/build/dataset"
	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/feature"
	"sparrow/wasm/quant"
	"sparrow/wasm/retrieval"
)

// said keeps what a run says.
type said []string

func (s *said) Say(format string, _ ...any) { *s = append(*s, format) }
func (s *said) Stage(string) func(int, int) { return func(int, int) {} }
func (s *said) Stop()                       {}

// pairsOf returns the log of users who chose two of n items.
func pairsOf(users, n int) *dataset.Dataset {
	return dataset.Synthetic(dataset.Shape{Seed: 3, Users: users, Items: n, Interactions: 2 * users, Groups: 5})
}

// crowds returns vectors of n items in crowds of about 600.
func crowds(n, d int) quant.Matrix {
	rng := rand.New(rand.NewPCG(2, uint64(n)))
	centres := make([]float64, n/600*d)
	for i := range centres {
		centres[i] = rng.NormFloat64()
	}
	m := make([]float32, 0, n*d)
	for range n {
		at := rng.IntN(n/600) * d
		for _, v := range centres[at:][:d] {
			m = append(m, float32(v+0.5*rng.NormFloat64()))
		}
	}
	return quant.Quantize(m, n, d)
}

// TestCellsOfABundleFindWhatItSays: with the option a bundle has cells, which come back
// from its bytes, and for users whom the builder did not see an engine finds with them
// as many of the candidates of a scan as the bundle says.
func TestCellsOfABundleFindWhatItSays(t *testing.T) {
	const n, users = 12_000, 150
	b := enginetest.Synthetic(n)
	b.Retrieval.Out = crowds(n, 64)
	b.Retrieval.In = b.Retrieval.Out // what a user likes is in the crowd of what they chose
	data, err := bundle.Encode(b)
	if err != nil {
		t.Fatal(err)
	}
	scanned, err := bundle.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	o := DefaultOptions()
	var p said
	for index, want := range map[string]bool{"auto": false, "scan": false, "cells": true} {
		o.Index = index
		if b.Retrieval.Cells = o.cells(&p, &b.Retrieval, pairsOf(200, n)); (b.Retrieval.Cells != nil) != want {
			t.Fatalf("--index %s: %d items have cells: %t, want %t; %q", index, n, !want, want, p)
		}
	}
	o.Index = "cells"
	b.Retrieval.Cells = o.cells(&p, &b.Retrieval, pairsOf(200, n))
	if data, err = bundle.Encode(b); err != nil {
		t.Fatal(err)
	}
	divided, err := bundle.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	c := divided.Retrieval.Cells
	if c == nil || c.Probes >= len(c.Bias) || c.Recall[c.Probes-1] < cellRecall {
		t.Fatalf("the cells of the bundle: %+v", c)
	}
	divided.Golden = golden(scanned) // whose answers are those of a scan
	if data, err = bundle.Encode(divided); err != nil {
		t.Fatal(err)
	}
	if _, err := engine.Open(data); err != nil {
		t.Errorf("an engine refuses the bundle with cells: %v", err)
	}
	exact, cells := engine.New(scanned), engine.New(divided)
	rng := rand.New(rand.NewPCG(5, 5))
	found, all := 0, 0
	for range users {
		q := engine.Query{History: feature.History{{Row: catalog.Row(rng.IntN(n)), Stars: 5}}, Mix: &retrieval.Mix{}, Filter: engine.Filter{Genre: engine.AllGenres}}
		best := map[catalog.Row]float32{}
		for _, x := range exact.Retrieve(q, engine.Candidates) {
			best[x.Row] = x.Score
		}
		for _, x := range cells.Retrieve(q, engine.Candidates) {
			if score, ok := best[x.Row]; ok {
				found++
				if score != x.Score {
					t.Fatalf("item %d scores %v in its cell, %v in a scan", x.Row, x.Score, score)
				}
			}
		}
		all += engine.Candidates
	}
	if got := float32(found) / float32(all); got < c.Recall[c.Probes-1]-0.01 {
		t.Errorf("%d of %d cells find %.4f of the candidates, the bundle says %.4f", c.Probes, len(c.Bias), got, c.Recall[c.Probes-1])
	}
}

// TestCellsThatDoNotPayAreLeftOut: where what is near is not in few cells, and where
// there is no one to choose their number by.
func TestCellsThatDoNotPayAreLeftOut(t *testing.T) {
	const n, d = 1500, 64
	rng := rand.New(rand.NewPCG(1, 1))
	noise := make([]float32, n*d)
	for i := range noise {
		noise[i] = float32(rng.NormFloat64())
	}
	m := &retrieval.Model{Out: quant.Quantize(noise, n, d), Bias: make([]float32, n), Position: []float32{1}, Level: []float32{1, 1, 1, 1}}
	m.In = m.Out
	o := Options{Index: "cells"}
	for want, log := range map[string]*dataset.Dataset{"would look at": pairsOf(100, n), "no user has two": {Catalog: pairsOf(1, n).Catalog}} {
		var p said
		if c := o.cells(&p, m, log); c != nil || !strings.Contains(strings.Join(p, "\n"), want) {
			t.Errorf("%d of %d cells, said %q, want %q", c.Probes, len(c.Bias), p, want)
		}
	}
}
