//go:build !js

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestEdgeSaysAtItsStartWhatABundleLacks: of the demo, whose second file is not
// copied.
func TestEdgeSaysAtItsStartWhatABundleLacks(t *testing.T) {
	firsts, err := filepath.Glob("../data/demo/*.bundle")
	if err != nil || len(firsts) != 1 {
		t.Fatal(firsts, err)
	}
	dir := t.TempDir()
	for _, name := range []string{firsts[0], "../data/demo/latest.json"} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(name)), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for folder, want := range map[string]int{dir: 1, "../data/demo": 0} {
		var said []string
		o := options{Bundles: folder}
		o.bundles(func(err error) { said = append(said, err.Error()) })
		if len(said) != want || want == 1 && !strings.Contains(said[0], ".supplement, the second file of a bundle, is missing") {
			t.Errorf("of %s is said %q, want %d lines", folder, said, want)
		}
	}
}
