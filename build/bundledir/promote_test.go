package bundledir

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// put writes a file of a folder, so long before now.
func put(t *testing.T, dir, name, body string, age time.Duration) {
	t.Helper()
	path, at := filepath.Join(dir, name), time.Now().Add(-age)
	if err := errors.Join(os.WriteFile(path, []byte(body), 0o644), os.Chtimes(path, at, at)); err != nil {
		t.Fatal(err)
	}
}

// names returns the names of a folder's files, those of bundles cut to one letter.
func names(t *testing.T, dir string) (all []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		name := e.Name()
		if len(name) > 64 {
			name = name[63:]
		}
		all = append(all, name)
	}
	return all
}

// called returns a hash that ends in c.
func called(c string) string { return strings.Repeat("0", 63) + c }

func TestPromote(t *testing.T) {
	to := t.TempDir()
	from := filepath.Join(to, "next")
	if _, _, err := Write(t.Context(), to, []byte("the last")); err != nil {
		t.Fatal(err)
	}
	if err := AmendLatest(t.Context(), to, map[string]any{"trending": true}); err != nil {
		t.Fatal(err)
	}
	put(t, to, "similar.lists", "old", 0)
	path, hash, err := Write(t.Context(), from+"/", []byte("the next"))
	if err != nil {
		t.Fatal(err)
	}
	put(t, from, "similar.lists", "new", 0)
	put(t, from, "popular.json", "new", 0)
	got, err := Promote(t.Context(), from, to)
	if err != nil || got != hash {
		t.Fatalf("Promote = %s, %v, want %s", got, err, hash)
	}
	if data, file, err := Read(to); err != nil || string(data) != "the next" || filepath.Base(file) != filepath.Base(path) {
		t.Errorf("the newest is %q in %s, %v", data, file, err)
	}
	for name, want := range map[string]string{"similar.lists": "new", "popular.json": "new", "latest.json": `"trending":true`} {
		if text, err := os.ReadFile(filepath.Join(to, name)); err != nil || !strings.Contains(string(text), want) {
			t.Errorf("%s holds %q, %v, want %s", name, text, err, want)
		}
	}
	if _, err := Promote(t.Context(), from, to); err == nil {
		t.Error("a bundle that is gone was promoted")
	}
	if data, _, err := Read(to); err != nil || string(data) != "the next" {
		t.Errorf("after a failure the newest is %q, %v", data, err)
	}
}

// TestTheLastStaysWhereTheListsFail: a disk that is full when the lists come leaves
// the last bundle the newest, and nothing of the next one.
func TestTheLastStaysWhereTheListsFail(t *testing.T) {
	dir := t.TempDir()
	if _, _, err := Write(t.Context(), dir, []byte("the last")); err != nil {
		t.Fatal(err)
	}
	full := func(hash string) error {
		if !exists(filepath.Join(dir, hash+".bundle")) {
			t.Error("lists come before their bundle")
		}
		return errors.New("no space left on device")
	}
	if _, _, err := Write(t.Context(), dir, []byte("the next"), full); err == nil || !strings.Contains(err.Error(), "no space") {
		t.Errorf("Write = %v, want what the lists said", err)
	}
	if data, _, err := Read(dir); err != nil || string(data) != "the last" || CountOthers(dir, "") != 1 {
		t.Errorf("the newest is %q, %v, of %d bundles", data, err, CountOthers(dir, ""))
	}
	if _, _, err := Write(t.Context(), dir, []byte("the last"), full); err == nil {
		t.Error("lists that cannot be written are no error")
	}
	if data, _, err := Read(dir); err != nil || string(data) != "the last" {
		t.Errorf("made again, the newest is %q, %v", data, err)
	}
}

func TestPrune(t *testing.T) {
	const day = 24 * time.Hour
	fill := func(t *testing.T) string {
		dir := t.TempDir()
		for name, age := range map[string]time.Duration{"1": 9 * day, "2": 8 * day, "3": 7 * day, "4": 6 * day, "5": 5 * day} {
			put(t, dir, called(name)+".bundle", name, age)
		}
		put(t, dir, called("2")+".bundle.br", "", 8*day)
		put(t, dir, "latest.json", fmt.Sprintf(`{"bundle":%q,"bytes":1}`, called("4")), 0)
		put(t, dir, ".latest.json-77.part", "", 2*day)
		put(t, dir, ".popular.json-78.part", "", time.Hour)
		put(t, dir, "notes.bundle", "the owner's", 99*day)
		return dir
	}
	experiments := func(hash string) string {
		return fmt.Sprintf(`{"version":1,"layers":[{"arms":[{"name":"a"},{"name":"b","bundle":%q}]}]}`, hash)
	}
	for _, c := range []struct {
		name    string
		more    func(dir string)
		removed int
		want    string
	}{
		{"the last two stay", func(string) {}, 3, "4 5"},
		{"that of latest.json stays, however old", func(dir string) {
			put(t, dir, "latest.json", fmt.Sprintf(`{"bundle":%q}`, called("1")), 0)
		}, 2, "1 4 5"},
		{"an arm of an experiment stays", func(dir string) { put(t, dir, "experiments.json", experiments(called("2")), 0) }, 2, "2 4 5"},
		{"what is younger than a day stays", func(dir string) {
			for _, name := range []string{"6", "7", "8"} {
				put(t, dir, called(name)+".bundle", name, 23*time.Hour)
			}
		}, 4, "4 6 7 8"},
		{"with a torn latest.json all stay", func(dir string) { put(t, dir, "latest.json", "{", 0) }, -1, "1 2 3 4 5"},
		{"with torn experiments all stay", func(dir string) { put(t, dir, "experiments.json", "{", 0) }, -1, "1 2 3 4 5"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := fill(t)
			c.more(dir)
			removed, err := Prune(dir, time.Now())
			if (err != nil) != (c.removed < 0) || err == nil && removed != c.removed {
				t.Errorf("Prune = %d, %v, want %d", removed, err, c.removed)
			}
			var left []string
			for _, name := range names(t, dir) {
				if hash, is := strings.CutSuffix(name, ".bundle"); is && len(hash) == 1 {
					left = append(left, hash)
				}
			}
			if got := strings.Join(left, " "); got != c.want {
				t.Errorf("bundles %s are left, want %s", got, c.want)
			}
			all := names(t, dir)
			for name, want := range map[string]bool{".latest.json-77.part": err != nil, ".popular.json-78.part": true, "notes.bundle": true, "2.bundle.br": slices.Contains(left, "2")} {
				if slices.Contains(all, name) != want {
					t.Errorf("%s: there %v, want %v", name, !want, want)
				}
			}
		})
	}
}
