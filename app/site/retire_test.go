//go:build !js

package site

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestWriteKeepsWhatOpenPagesAskFor writes a site four times: pages go at once,
// pictures and files named by their content when they have not been part of it
// for long enough, counted from the first site without them.
func TestWriteKeepsWhatOpenPagesAskFor(t *testing.T) {
	dir := t.TempDir()
	write := func(keep time.Duration, paths ...string) {
		t.Helper()
		s := small(paths...)
		s.Keep = keep
		if err := writeTo(s, dir); err != nil {
			t.Fatal(err)
		}
	}
	holds := func(when string, want ...string) {
		t.Helper()
		want = append(want, ".assetsignore", "index.html")
		slices.Sort(want)
		if got := filesBelow(t, dir); !slices.Equal(got, want) {
			t.Errorf("%s the folder holds %q, want %q", when, got, want)
		}
	}
	// age lets what is retired have been so for longer.
	age := func(by time.Duration) {
		t.Helper()
		root, err := os.OpenRoot(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer root.Close()
		s := Site{Keep: 24 * time.Hour}
		keep := map[string]bool{".assetsignore": true, "index.html": true, "a/2.app.js": true, "movie/2.html": true}
		if err := s.removeOthers(root, keep, time.Now().Add(by)); err != nil {
			t.Fatal(err)
		}
	}
	const day = 24 * time.Hour
	write(day, "/a/1.app.js", "/frame/1.html", "/pictures/1.jpg", "/v1/a/1.bundle", "/movie/1.html")
	old := time.Now().Add(-30 * day) // current for a month, up to now
	for _, name := range []string{"a/1.app.js", "frame/1.html"} {
		if err := os.Chtimes(filepath.Join(dir, name), old, old); err != nil {
			t.Fatal(err)
		}
	}
	write(day, "/a/2.app.js", "/movie/2.html")
	both := []string{".retired", "a/1.app.js", "a/2.app.js", "frame/1.html", "movie/2.html", "pictures/1.jpg", "v1/a/1.bundle"}
	holds("after the next site", both...)
	write(day, "/a/2.app.js", "/movie/2.html")
	age(23 * time.Hour)
	holds("within the day", both...)
	age(25 * time.Hour)
	holds("after the day", "a/2.app.js", "movie/2.html")

	write(day, "/a/1.app.js", "/movie/2.html")
	if err := os.WriteFile(filepath.Join(dir, ".retired"), []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	write(day, "/a/1.app.js", "/movie/2.html")
	holds("with a torn list of what is retired", ".retired", "a/1.app.js", "a/2.app.js", "movie/2.html")
	write(0, "/a/1.app.js")
	holds("where nothing is to stay", "a/1.app.js")
}

// TestWriteNamesNothingThatIsNotThere stops the writing at every file: whatever is
// there then names only what is there, too.
func TestWriteNamesNothingThatIsNotThere(t *testing.T) {
	s := small("/404.html", "/a/1.app.js", "/frame/1.html", "/movie/1.html", "/sw.js", "/v1/a/1.bundle", "/v1/latest.json", "/v1/widget.js", "/zh/index.html")
	parts := s.inOrder()
	var order []string
	for _, part := range parts {
		order = append(order, part...)
	}
	want := []string{"/.assetsignore", "/a/1.app.js", "/frame/1.html", "/v1/a/1.bundle", "/404.html", "/index.html", "/movie/1.html", "/v1/widget.js", "/zh/index.html", "/sw.js", "/v1/latest.json"}
	if !slices.Equal(order, want) {
		t.Fatalf("the order is %q, want %q", order, want)
	}
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "a"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(t.TempDir(), filepath.Join(dir, "a", "1.app.js")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, mark), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "a", "1.app.js.part"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := writeTo(s, dir); err == nil {
		t.Fatal("a script was written though it could not be")
	}
	for _, name := range []string{"index.html", "sw.js", "v1/latest.json"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			t.Errorf("%s is there without the script that it names", name)
		}
	}
}

// TestWriteReplacesTheCompressedFileFirst holds that no page is ever beside the
// compressed form of the page before: a server would send that under the new name.
func TestWriteReplacesTheCompressedFileFirst(t *testing.T) {
	dir := t.TempDir()
	long := func(word string) *Site {
		s := small()
		s.Put("/movie/1.html", []byte(strings.Repeat(word, 100)))
		return s
	}
	if err := writeTo(long("old "), dir); err != nil {
		t.Fatal(err)
	}
	page := filepath.Join(dir, "movie", "1.html")
	before, err := os.ReadFile(page + ".br")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(page+".part", 0o755); err != nil { // the page itself cannot be written
		t.Fatal(err)
	}
	if err := writeTo(long("new "), dir); err == nil {
		t.Fatal("a page was written though it could not be")
	}
	if after, err := os.ReadFile(page + ".br"); err != nil || bytes.Equal(after, before) {
		t.Errorf("the compressed page is still that of before (%v)", err)
	}
	if err := os.Remove(page + ".part"); err != nil {
		t.Fatal(err)
	}
	short := small()
	short.Put("/movie/1.html", []byte("x")) // which has no shorter form
	if err := writeTo(short, dir); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(page + ".br"); err == nil {
		t.Error("a page has the compressed form of the page before")
	}
}
