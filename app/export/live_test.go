package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestOverlayBeside(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct{ name, text, want, err string }{
		{"none", "", "{\"version\":1}\n", ""},
		{"one", `{"version":1,"items":{"a":{"stock":0}}}`, `{"version":1,"items":{"a":{"stock":0}}}`, ""},
		{"what is none", `{"version":1,"items":{"a":{"stock":"no"}}}`, "", `items "a", stock`},
	} {
		if c.text != "" {
			if err := os.WriteFile(filepath.Join(dir, "live.json"), []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		got, err := overlayBeside(filepath.Join(dir, "a.bundle"))
		if string(got) != c.want || (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("%s: overlayBeside = %q, %v; want %q, %q", c.name, got, err, c.want, c.err)
		}
	}
}
