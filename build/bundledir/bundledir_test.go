package bundledir

import (
	"os"
	"strings"
	"testing"
)

// TestReadRefusesOtherContent damages a bundle that its name vouches for.
func TestReadRefusesOtherContent(t *testing.T) {
	dir := t.TempDir()
	path, hash, err := Write(t.Context(), dir, []byte("a bundle"))
	if err != nil {
		t.Fatal(err)
	}
	if data, file, err := Read(dir); err != nil || string(data) != "a bundle" || file != path || Hash(data) != hash {
		t.Fatalf("Read = %q, %s, %v, want what was written to %s", data, file, err, path)
	}
	if err := os.WriteFile(path, []byte("b bundle"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Read(dir); err == nil || !strings.Contains(err.Error(), "does not have the content that its name promises") {
		t.Errorf("Read of a damaged bundle: %v", err)
	}
}
