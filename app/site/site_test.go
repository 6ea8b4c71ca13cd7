//go:build !js

package site

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// filesBelow returns the names of all files below dir.
func filesBelow(t *testing.T, dir string) (names []string) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// small returns a site that has what every site has.
func small(more ...string) *Site {
	s := New("")
	for _, path := range append(more, "/.assetsignore", "/index.html") {
		s.Put(path, []byte("ours"))
	}
	return s
}

func writeTo(s *Site, dir string) error { return s.Write(dir, 0, func(string) {}) }

func TestWriteStaysInItsFolder(t *testing.T) {
	for _, path := range []string{"/../x.html", "/a/../../x.html", "/..", "/", "", "/a//b", "/./x", `/..\x`, "/a\x00b", "//etc/x", "/a/"} {
		outer := t.TempDir()
		if err := writeTo(small(path), filepath.Join(outer, "out")); err == nil {
			t.Errorf("a file at %q was written", path)
		}
		for _, name := range filesBelow(t, outer) {
			if !strings.HasPrefix(name, "out/") {
				t.Errorf("a file at %q left %s outside", path, name)
			}
		}
	}
}

func TestWriteFollowsNoLinkOutOfItsFolder(t *testing.T) {
	outer := t.TempDir()
	out, other := filepath.Join(outer, "out"), filepath.Join(outer, "other")
	for _, dir := range []string{out, other} {
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(other, "1.html"), []byte("theirs"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := writeTo(small(), out); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(other, filepath.Join(out, "movie")); err != nil {
		t.Skip("no links here:", err)
	}
	if err := writeTo(small("/movie/1.html"), out); err == nil {
		t.Error("a page was written through a link that leads out")
	}
	if text, _ := os.ReadFile(filepath.Join(other, "1.html")); string(text) != "theirs" {
		t.Errorf("the file behind the link holds %q", text)
	}
}

func TestWriteRemovesNothingButASite(t *testing.T) {
	dir := t.TempDir()
	mine := filepath.Join(dir, "letter.txt")
	if err := os.WriteFile(mine, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := writeTo(small(), dir); err == nil || !strings.Contains(err.Error(), "letter.txt") {
		t.Errorf("a site over a folder of something else: %v", err)
	}
	if got := filesBelow(t, dir); !slices.Equal(got, []string{"letter.txt"}) {
		t.Errorf("the folder holds %q, want only what was there", got)
	}
	if err := os.Remove(mine); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{".git", ".well-known"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name, "x"), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range []*Site{small("/movie/1.html"), small()} { // the second without the page of the first
		if err := writeTo(s, dir); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := filesBelow(t, dir), []string{".assetsignore", ".git/x", ".well-known/x", "index.html"}; !slices.Equal(got, want) {
		t.Errorf("the folder holds %q, want %q", got, want)
	}
}
