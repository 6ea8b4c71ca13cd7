package bundledir_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sparrow/build/bundledir"
)

func TestLinksAreNamedByLatest(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "latest.json"), []byte(`{"bundle":"b","bytes":1}`), 0o644); err != nil {
		t.Fatal(err)
	}
	if data, _, err := bundledir.Links(dir); data != nil || err != nil {
		t.Errorf("links of a folder without: %q, %v", data, err)
	}
	path, err := bundledir.WriteLinks(t.Context(), dir, []byte("numbers"))
	if err != nil {
		t.Fatal(err)
	}
	data, hash, err := bundledir.Links(dir)
	if string(data) != "numbers" || filepath.Base(path) != hash+".links" || err != nil {
		t.Errorf("Links() = %q, %s, %v, want what was written to %s", data, hash, err, path)
	}
	if text, _ := os.ReadFile(filepath.Join(dir, "latest.json")); !strings.Contains(string(text), `"bundle":"b"`) {
		t.Errorf("latest.json became %s", text)
	}
	if err := os.WriteFile(path, []byte("others"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, _, err := bundledir.Links(dir); err == nil {
		t.Error("links with other content than their name promises are read")
	}
}
