package replay

import (
	"os"
	"path/filepath"
	"testing"

	"sparrow/wasm/protocol"
)

// BenchmarkWeights asks the demo bundle for the probabilities of one list.
func BenchmarkWeights(b *testing.B) {
	files, _ := filepath.Glob("../../data/demo/*.bundle")
	if len(files) != 1 {
		b.Fatalf("data/demo holds %d bundles, want one", len(files))
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		b.Fatal(err)
	}
	p, err := newPolicy(data, 0.5)
	if err != nil {
		b.Fatal(err)
	}
	profile := []protocol.Entry{{ID: "1", Action: protocol.Like, At: 9}, {ID: "318", Action: protocol.Dislike, At: 10}}
	for b.Loop() {
		if _, err := p.weights(profile, 20); err != nil {
			b.Fatal(err)
		}
	}
}
