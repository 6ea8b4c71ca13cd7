package main

import (
	"path/filepath"
	"testing"

	"sparrow/wasm/engine"
)

// TestMadeUpTitlesAreSearched: the titles of the bundle are found among the others, and so are
// its names in other languages.
func TestMadeUpTitlesAreSearched(t *testing.T) {
	out := filepath.Join(t.TempDir(), "names.bundle")
	if err := (&Names{Bundle: "../../data/demo", Items: 12_000, Out: out}).Run(); err != nil {
		t.Fatal(err)
	}
	b, err := bundleIn(out)
	if err != nil {
		t.Fatal(err)
	}
	e := engine.New(b)
	for _, query := range []string{"toy story", "玩具总动员", "wanjuzongdongyuan"} {
		if hits := e.Search(query, 1); len(hits) != 1 || b.Catalog.IDs[hits[0].Row] != "1" {
			t.Errorf("Search(%q) = %v", query, hits)
		}
	}
	if n := b.Catalog.Len(); n != 12_000 {
		t.Errorf("%d items", n)
	}
	if err := (&Names{Bundle: "../../data/demo", Items: 50, Out: out}).Run(); err == nil {
		t.Error("fewer items than the bundle has")
	}
}
