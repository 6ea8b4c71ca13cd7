package pipeline

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sparrow/build/bundledir"
	"sparrow/build/embedding"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
)

// TestImport makes bundles of vectors whose items lie in two directions that no genre tells,
// with interactions and without. What is similar, and what is recommended, is of one
// direction; items without a vector are placed by their genre, where they have one.
func TestImport(t *testing.T) {
	const n = 40
	for _, c := range []struct{ name, interactions string }{
		{"no interactions", ""},
		{"one each", "user_id,item_id,timestamp\na,i005,5\nb,i005,6\nc,i006,7\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := shop(t, n, c.interactions)
			var vectors strings.Builder
			for i := range n - 2 { // items 38 and 39 have none
				v := [2]string{"1 0.02", "0.02 1"}[i/2%2] // every other pair, so that genres say nothing
				fmt.Fprintf(&vectors, "i%03d %s %.2f\n", i, v, float64(i%7)/50)
			}
			path := filepath.Join(t.TempDir(), "emb.vec")
			if err := os.WriteFile(path, []byte(vectors.String()), 0o644); err != nil {
				t.Fatal(err)
			}
			p := new(says)
			d, _, err := DefaultInput(dir).Read(context.Background(), p)
			if err != nil {
				t.Fatal(err)
			}
			f, err := embedding.Open(path, embedding.Options{})
			if err != nil {
				t.Fatal(err)
			}
			v, err := embedding.Read(t.Context(), f, d.Catalog, 0, 1, func(int, int) {})
			if err != nil {
				t.Fatal(err)
			}
			d.Catalog.Genres[39] = nil
			for r := range d.Catalog.Titles { // so that none is the next part of another
				d.Catalog.Titles[r] = string(rune(0x4e00 + r))
			}
			out := t.TempDir() + "/"
			packed, err := Options{Seed: 1, Index: "auto"}.Import(t.Context(), p, d, v, out)
			if err != nil {
				t.Fatal(err)
			}
			if packed.Vectors == nil || packed.Vectors.Without != 2 || !strings.Contains(strings.Join(p.lines, "\n"), "1 item of those without a vector placed") {
				t.Errorf("%+v, said %q", packed.Vectors, p.lines)
			}
			b, data, err := bundledir.Open(out)
			if err != nil {
				t.Fatal(err)
			}
			if !b.Retrieval.Given || ofContent(b) || Models(b)[0].Name != "given vectors (retrieval)" || !strings.Contains(b.Meta.Card, "those of emb.vec, 3 numbers each") {
				t.Errorf("given is %t, of content %t, models %v, card:\n%s", b.Retrieval.Given, ofContent(b), Models(b), b.Meta.Card)
			}
			for r, zero := range map[int]bool{38: false, 39: true} {
				if scale := b.Retrieval.Out.Scale[r]; (scale == 0) != zero {
					t.Errorf("the vector of item %d has a scale of %v", r, scale)
				}
			}
			e, err := engine.Open(data)
			if err != nil {
				t.Fatal(err)
			}
			answersAll(t, e)
			for r := range catalog.Row(n - 2) {
				for _, s := range e.Similar(r, 5) {
					if s.Row/2%2 != r/2%2 {
						t.Errorf("%d is similar to %d, which lies in another direction", s.Row, r)
					}
				}
			}
			if b.Statistics.Count[5] != uint32(strings.Count(c.interactions, "i005")) {
				t.Errorf("item 5 was chosen %d times", b.Statistics.Count[5])
			}
		})
	}
}
