//go:build !js

package assets

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sparrow/edge/delta"
)

// program returns a file of 200 KB and its next version.
func program(t *testing.T) (before, after []byte) {
	t.Helper()
	r := rand.New(rand.NewPCG(3, 4))
	before = make([]byte, 200_000)
	for i := range before {
		before[i] = byte('a' + r.IntN(8))
	}
	return before, slices.Concat(before[:70_000], []byte("one function more"), before[70_000:])
}

// available returns the headers of a browser that has a dictionary.
func available(dictionary []byte) []string {
	sum := delta.Sum(dictionary)
	return []string{"Accept-Encoding", "gzip, br, dcb, dcz", "Available-Dictionary", ":" + base64.StdEncoding.EncodeToString(sum[:]) + ":"}
}

// writeDelta writes the delta of a file in dir, and returns its name.
func writeDelta(t *testing.T, dir, name string, before, after []byte) string {
	t.Helper()
	packed, err := delta.Make(before, after)
	if err != nil || packed == nil {
		t.Fatalf("no delta: %v", err)
	}
	name = delta.Name(name, delta.Sum(before))
	if err := os.WriteFile(filepath.Join(dir, name), packed, 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

// TestDeltas asks a site for a program and bundles for a model: who has the
// version before gets a delta of it, everyone else what they got without.
func TestDeltas(t *testing.T) {
	before, after := program(t)
	const name, bundle = "0123456789abcdef.app.wasm", second + ".bundle"
	folder := writeSite(t, map[string]string{"a/" + name: string(after), "a/0123456789abcdef.small.js": "small"})
	bundles := writeBundles(t)
	for file, body := range map[string][]byte{bundle: after, bundle + ".br": []byte("packed")} {
		if err := os.WriteFile(filepath.Join(bundles, file), body, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	made := []string{"/a/" + writeDelta(t, filepath.Join(folder, "a"), name, before, after), "/v1/a/" + writeDelta(t, bundles, bundle, before, after)}
	site, err := NewSite(folder)
	if err != nil {
		t.Fatal(err)
	}
	s := Serve(site, NewBundles(bundles))
	for i, path := range []string{"/a/" + name, "/v1/a/" + bundle} {
		has := available(before)
		w := get(s, path, has...)
		h := w.Header()
		if h.Get("Content-Encoding") != "dcz" || w.Code != http.StatusOK || h.Get("Content-Length") != fmt.Sprint(w.Body.Len()) {
			t.Fatalf("GET %s with the version before = %d %v", path, w.Code, h)
		}
		if file, err := delta.Apply(before, w.Body.Bytes(), len(after)); err != nil || !bytes.Equal(file, after) {
			t.Errorf("GET %s: the delta makes %d bytes, %v", path, len(file), err)
		}
		if w.Body.Len() > 1000 {
			t.Errorf("GET %s: the delta has %d bytes", path, w.Body.Len())
		}
		tag := h.Get("ETag")
		if w := get(s, path, append(has, "If-None-Match", tag)...); w.Code != http.StatusNotModified || w.Body.Len() > 0 {
			t.Errorf("GET %s again = %d, %d bytes; want 304", path, w.Code, w.Body.Len())
		}
		r := httptest.NewRequest("HEAD", path, nil)
		r.Header.Set(has[0], has[1])
		r.Header.Set(has[2], has[3])
		head := httptest.NewRecorder()
		s.ServeHTTP(head, r)
		if head.Code != http.StatusOK || head.Body.Len() > 0 || head.Header().Get("Content-Encoding") != "dcz" || head.Header().Get("Content-Length") != h.Get("Content-Length") {
			t.Errorf("HEAD %s = %d, %d bytes, %v", path, head.Code, head.Body.Len(), head.Header())
		}
		if w := get(s, path, append(has, "Range", "bytes=2-4")...); w.Code != http.StatusPartialContent || w.Body.String() != string(after[2:5]) || w.Header().Get("Content-Encoding") != "" {
			t.Errorf("GET %s in part = %d %q %v, want plain bytes", path, w.Code, w.Body, w.Header())
		}
		for _, c := range []struct {
			name, accept, dictionary string
			coding                   string
		}{
			{"no dictionary", "br, dcz", "", "br"},
			{"one that there is no delta of", "br, dcz", available(after)[3], "br"},
			{"a browser that reads no dcz", "br, dcb", has[3], "br"},
			{"a browser that wants no dcz", "br, dcz;q=0", has[3], "br"},
			{"neither", "gzip", has[3], ""},
			{"no hash", "br, dcz", "::", "br"},
			{"a path", "br, dcz", ":../../../../../../../../../../etc/passwd/.=:", "br"},
			{"a hash in hexadecimal digits", "br, dcz", strings.Repeat("ab", 32), "br"},
			{"a very long one", "br, dcz", ":" + strings.Repeat("A", 1<<20) + "=:", "br"},
			{"two", "br, dcz", has[3] + ", " + has[3], "br"},
		} {
			w := get(s, path, "Accept-Encoding", c.accept, "Available-Dictionary", c.dictionary)
			if w.Code != http.StatusOK || w.Header().Get("Content-Encoding") != c.coding || w.Header().Get("ETag") == tag {
				t.Errorf("GET %s with %s = %d %v, want %q", path, c.name, w.Code, w.Header(), c.coding)
			}
			if got := w.Header().Get("Vary"); got != "Accept-Encoding, Available-Dictionary" {
				t.Errorf("GET %s with %s: Vary %q", path, c.name, got)
			}
			if got, want := w.Header().Get("Use-As-Dictionary"), []string{`match="*.app.wasm"`, `match="*.bundle"`}[i]; got != want {
				t.Errorf("GET %s with %s: Use-As-Dictionary %q, want %q", path, c.name, got, want)
			}
		}
		if w := get(s, made[i]); w.Code != http.StatusNotFound {
			t.Errorf("GET %s = %d, want 404: it is no address", made[i], w.Code)
		}
	}
	// The app asks past the browser's own cache when it got other bytes; bundles are
	// always asked for so.
	if w := get(s, "/a/"+name, append(available(before), "Cache-Control", "no-cache", "Pragma", "no-cache")...); w.Header().Get("Content-Encoding") != "br" {
		t.Errorf("a second try is answered with %q, want br", w.Header().Get("Content-Encoding"))
	}
	if w := get(s, "/v1/a/"+bundle, append(available(before), "Cache-Control", "no-cache")...); w.Header().Get("Content-Encoding") != "dcz" {
		t.Errorf("a bundle is answered with %q, want dcz", w.Header().Get("Content-Encoding"))
	}
	for _, path := range []string{"/a/0123456789abcdef.small.js", "/", "/movie/1", "/v1/latest.json", "/a/0123.app.wasm"} {
		w := get(s, path, available(before)...)
		if h := w.Header(); w.Code != http.StatusOK || h.Get("Use-As-Dictionary") != "" || h.Get("Vary") != "Accept-Encoding" || h.Get("Content-Encoding") == "dcz" {
			t.Errorf("GET %s = %d %v, want nothing of dictionaries", path, w.Code, h)
		}
	}
}
