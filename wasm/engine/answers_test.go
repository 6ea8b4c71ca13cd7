package engine_test

import (
	"crypto/sha256"
	"encoding/binary"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/feature"
)

var update = flag.Bool("update", false, "rewrite testdata/answers.txt")

// TestAnswersAreTheSameBytesOnEveryTarget holds rows and scores, to the bit, to
// what is written in testdata/answers.txt. The same file holds for every
// processor and for WebAssembly with and without SIMD: make test-go runs this
// there too. When an answer is meant to change, or the demo's bundle was made
// again, run go test ./wasm/engine -update.
func TestAnswersAreTheSameBytesOnEveryTarget(t *testing.T) {
	files, err := filepath.Glob("../../data/demo/*.bundle")
	if err != nil || len(files) == 0 {
		t.Fatalf("no bundle in data/demo: %v", err)
	}
	data, err := os.ReadFile(files[len(files)-1])
	if err != nil {
		t.Fatal(err)
	}
	demo, err := bundle.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, b := range []struct {
		name   string
		bundle *bundle.Bundle
	}{{"demo", demo}, {"networked", enginetest.Networked(300)}} {
		e := engine.New(b.bundle)
		for _, events := range []int{0, 1, 3, 20, 100} {
			fmt.Fprintf(&out, "%s, %d events: %x\n", b.name, events, answers(e, events))
		}
	}
	const file = "testdata/answers.txt"
	if *update {
		if err := os.WriteFile(file, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if out.String() != string(want) {
		t.Errorf("the answers are\n%swant\n%s", &out, want)
	}
}

// answers returns a digest of the candidates and lists for a history of events:
// retrieval alone, the ranker, diversity with dislikes, each further model, and
// the models' own scores.
func answers(e *engine.Engine, events int) []byte {
	n := e.Catalog().Len()
	h := make(feature.History, events)
	rows := make([]catalog.Row, events)
	for i := range h {
		rows[i] = catalog.Row((i*37 + 11) % n)
		h[i] = feature.Event{Row: rows[i], Stars: float32(i % 11 / 2), At: e.Statistics().AsOf - 4000*int64(events-i)}
	}
	sum := sha256.New()
	write := func(c feature.Candidate) {
		var b [8]byte
		binary.LittleEndian.PutUint32(b[:], uint32(c.Row))
		binary.LittleEndian.PutUint32(b[4:], math.Float32bits(c.Score))
		sum.Write(b[:])
	}
	for _, c := range e.Retrieve(engine.Query{History: h, K: 20}, 300) {
		write(c)
	}
	queries := []engine.Query{
		{History: h, K: 50, Unranked: true}, {History: h, K: 50}, {History: h, K: 20, Variety: 0.6},
		{History: h, K: 20, Variety: 1, Disliked: []catalog.Row{catalog.Row(n - 1), catalog.Row(n / 2)}},
	}
	for _, name := range e.Models() {
		queries = append(queries, engine.Query{History: h, K: 20, Model: name, Now: e.Statistics().AsOf})
	}
	for _, q := range queries {
		for _, r := range e.Recommend(q) {
			write(r.Candidate)
		}
	}
	if events > 0 {
		golden := e.Judge(rows, 30)
		for i, scores := range golden.Scores {
			for k, s := range scores {
				write(feature.Candidate{Row: golden.Items[k] + catalog.Row(i), Score: s})
			}
		}
	}
	return sum.Sum(nil)
}
