//go:build !js

package assets

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestUnreadableIsNotMissing: a file that is there and cannot be opened (here a
// link that leads to itself; it may as well be one descriptor too many) is 503
// that nothing remembers, and the reason is told. What cannot be there is none.
func TestUnreadableIsNotMissing(t *testing.T) {
	bundles, folder := writeBundles(t), writeSite(t, nil)
	writeLists(t, bundles)
	spoil := func(name string) {
		if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
		if err := os.Symlink(name, name); err != nil {
			t.Skip(err)
		}
	}
	site, err := NewSite(folder)
	if err != nil {
		t.Fatal(err)
	}
	of := NewBundles(bundles)
	var reasons []error
	site.Failed = func(err error) { reasons = append(reasons, err) }
	of.Failed = site.Failed
	s := Serve(site, of)
	for _, name := range []string{"latest.json", "experiments.json", "trending.json", "popular.json", "users.json", "similar.lists", first + ".bundle", second + ".bundle.br"} {
		spoil(filepath.Join(bundles, name))
	}
	for _, name := range []string{"index.html", "shell.html", "404.html", "movie/1.html", "a/0123.app.wasm"} {
		spoil(filepath.Join(folder, filepath.FromSlash(name)))
	}
	unreadable := []string{"/v1/latest.json", "/v1/experiments.json", "/v1/trending.json", "/v1/popular.json", "/v1/users.json", "/v1/similar/50.json", "/v1/a/" + first + ".bundle",
		"/", "/movie/2", "/nowhere", "/movie/1", "/a/0123.app.wasm"}
	for _, path := range unreadable {
		for _, encoding := range []string{"", "br"} {
			w := get(s, path, "Accept-Encoding", encoding)
			if h := w.Header(); w.Code != http.StatusServiceUnavailable || h.Get("Cache-Control") != "no-store" || h.Get("Retry-After") != "10" || h.Get("ETag") != "" {
				t.Errorf("GET %s = %d %v, want 503, no-store", path, w.Code, h)
			}
		}
	}
	if len(reasons) != 2*len(unreadable) {
		t.Errorf("%d reasons are told for %d answers", len(reasons), 2*len(unreadable))
	}
	for path, want := range map[string]int{
		"/v1/a/" + second + ".bundle": 200, "/zh/nowhere": 404, "/zh/index.html/x.js": 404, "/" + strings.Repeat("long", 1000) + ".js": 404,
		"/v1/a/" + strings.Repeat("f", 64) + ".bundle": 404,
	} {
		if w := get(s, path, "Accept-Encoding", "br"); w.Code != want {
			t.Errorf("GET %.40s = %d, want %d", path, w.Code, want)
		}
	}
	if len(reasons) != 2*len(unreadable) {
		t.Errorf("what is not there is told as a failure: %v", reasons[2*len(unreadable):])
	}
}

// TestListsThatCannotBeRead: an error of the disk is no list that is missing.
func TestListsThatCannotBeRead(t *testing.T) {
	if list, err := findList(failing{}, 1000, "50"); err == nil || list != nil {
		t.Errorf("findList = %q, %v, want the error of reading", list, err)
	}
}

type failing struct{}

func (failing) ReadAt([]byte, int64) (int, error) { return 0, errors.New("input/output error") }

// TestPackingIsTriedAgain: a bundle that could not be read while it was to be
// packed is packed later.
func TestPackingIsTriedAgain(t *testing.T) {
	var p packed
	name := filepath.Join(t.TempDir(), "late.bundle")
	known := func() int { p.lock.Lock(); defer p.lock.Unlock(); return len(p.known) + len(p.order) }
	p.get(name, tagOf([]byte(text)))
	waitFor(t, func() bool { return known() == 0 })
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	waitFor(t, func() bool { _, ok := p.get(name, tagOf([]byte(text))); return ok })
}

// waitFor waits until something holds.
func waitFor(t *testing.T, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !holds(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("it never holds")
		}
	}
}
