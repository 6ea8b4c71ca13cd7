package ranking

import (
	"flag"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "record the probes anew")

// TestProbes replays recorded queries: the same bits must come out natively and
// under js/wasm, in the trainer's process and in the browser. If a change of
// scores is meant, run go test -update and commit testdata.
func TestProbes(t *testing.T) {
	const file = "testdata/probes.txt"
	var got strings.Builder
	for seed := range uint64(4) {
		w := newWorld(seed, 12, 5)
		h, c := query(seed, int(seed)*9)
		for i, r := range ranked(w.ranker().Rank, h, c)[:5] {
			fmt.Fprintf(&got, "query %d place %d row %d score %08x\n", seed, i+1, r.Row, math.Float32bits(r.Score))
		}
	}
	if *update {
		if err := os.WriteFile(file, []byte(got.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("recorded:\n%s\nnow:\n%s", want, got.String())
	}
}
