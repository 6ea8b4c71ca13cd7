package command

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSample writes a catalog into a folder of its name, and says what comes next.
func TestSample(t *testing.T) {
	out := t.TempDir()
	_, said := call(t, "sample", "music", "--out", out)
	for _, file := range []string{"items.csv", "interactions.csv"} {
		if st, err := os.Stat(filepath.Join(out, "music", file)); err != nil || st.Size() < 100_000 {
			t.Errorf("%s: %v, %v", file, st, err)
		}
	}
	if !strings.Contains(said, "bundle --input "+filepath.Join(out, "music")) {
		t.Errorf("said %q", said)
	}
}
