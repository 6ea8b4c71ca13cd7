package changes

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestJoinKeepsWhatEitherChanged: of three entries one was changed here, one there, one by both.
func TestJoinKeepsWhatEitherChanged(t *testing.T) {
	const head = `{"version": 1, `
	base := head + `"items": {"a": {"stock": 1}, "b": {"stock": 1}, "c": {"stock": 1}, "gone": {"stock": 1}}}`
	for _, c := range []struct{ name, base, ours, theirs, want string }{
		{"an entry each", base, head + `"items": {"a": {"stock": 0}, "b": {"stock": 1}, "c": {"stock": 5}, "gone": {"stock": 1}}}`,
			head + `"items": {"a": {"stock":1}, "b": {"hidden": true}, "c": {"stock": 6}}, "rules": {"r": {"do": "exclude", "items": ["a"]}}}`,
			`{"version":1,"items":{"a":{"stock":0},"b":{"hidden":true},"c":{"stock":5}},"rules":{"r":{"do":"exclude","items":["a"]}}}`},
		{"the first time", "", head + `"items": {"a": {"stock": 0}}}`, head + `"items": {"a": {"stock": 2}, "b": {"stock": 3}}}`,
			`{"version":1,"items":{"a":{"stock":0},"b":{"stock":3}}}`},
		{"nothing there", base, base, base, string(compact([]byte(base)))},
		{"Redis has lost it", base, base, "", string(compact([]byte(base)))},
		{"deleted here", base, "", base, `{"version":1}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			if c.ours != "" {
				if err := os.WriteFile(filepath.Join(dir, Name), []byte(c.ours), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			f := NewFolder(dir, time.Now)
			ours, joined, err := f.Join([]byte(c.base), []byte(c.theirs))
			if err != nil {
				t.Fatal(err)
			}
			if got := string(compact(joined)); got != c.want {
				t.Errorf("joined %s, want %s", got, c.want)
			}
			if done, err := f.Replace(ours, joined); err != nil || !done {
				t.Fatalf("replaced: %v, %v", done, err)
			}
			if v, err := f.Now(); err != nil || string(v.Text) != string(joined) {
				t.Errorf("the folder has %v, %v", v, err)
			}
			if done, err := f.Replace(newVersion([]byte("{}"), ours.overlay), joined); err != nil || done {
				t.Errorf("an overlay that is another one by now was replaced: %v, %v", done, err)
			}
		})
	}
}

func TestJoinWithoutAnyOverlay(t *testing.T) {
	f := NewFolder(t.TempDir(), time.Now)
	if _, joined, err := f.Join(nil, nil); joined != nil || err != nil {
		t.Errorf("%q, %v", joined, err)
	}
	if _, _, err := f.Join(nil, []byte(`{"version": 1, "items": 7}`)); err == nil || !strings.Contains(err.Error(), "the overlay in Redis") {
		t.Errorf("%v", err)
	}
}
