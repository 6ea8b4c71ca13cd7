//go:build !js

package assets

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
)

const (
	first  = "00000000000000000000000000000000000000000000000000000000000000aa"
	second = "00000000000000000000000000000000000000000000000000000000000000bb"
)

// writeBundles writes a builder's folder: the first bundle has no packed
// sibling, the second has one, which is not what packing it would give.
func writeBundles(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	for name, body := range map[string]string{
		"latest.json": `{"bundle":"` + second + `"}`, first + ".bundle": text, second + ".bundle": "0123456789", second + ".bundle.br": "packed",
		second + ".supplement": "what comes later",
		"secret.txt":           "not to be served", "trending.json": "{}",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestBundles(t *testing.T) {
	dir := writeBundles(t)
	s := Serve(nil, NewBundles(dir))
	for _, c := range []struct {
		path        string
		status      int
		body, cache string
	}{
		{"/v1/latest.json", 200, `{"bundle":"` + second + `"}`, shortly},
		{"/v1/trending.json", 200, "{}", aMoment},
		{"/v1/experiments.json", 200, `{"version":1,"layers":[]}`, shortly},
		{"/v1/popular.json", 204, "", shortly},
		{"/v1/users.json", 200, `{"users":[]}`, shortly},
		{"/v1/a/" + first + ".bundle", 200, text, forever},
		{"/v1/a/" + second + ".bundle", 200, "0123456789", forever},
		{"/v1/a/" + second + ".supplement", 200, "what comes later", forever},
		{"/v1/a/" + first + ".supplement", 404, "not found\n", ""},
		{"/v1/a/" + second + ".more", 404, "not found\n", ""},
		{"/v1/a/" + second + ".bundle?v=2", 200, "0123456789", forever},
		{"/v1/a/" + second + ".bundle.br", 404, "not found\n", ""},
		{"/v1/a/" + strings.ToUpper(second) + ".bundle", 404, "not found\n", ""},
		{"/v1/a/" + second[1:] + ".bundle", 404, "not found\n", ""},
		{"/v1/a/" + second + ".bundle/", 404, "not found\n", ""},
		{"/v1/a//" + second + ".bundle", 404, "not found\n", ""},
		{"/v1/a/../" + second + ".bundle", 404, "not found\n", ""},
		{"/v1/%61/" + second + ".bundle", 404, "not found\n", ""},
		{"/v1/" + second + ".bundle", 404, "not found\n", ""},
		{"/v1/secret.txt", 404, "not found\n", ""},
		{"/v1/", 404, "not found\n", ""},
		{"/", 404, "not found\n", ""},
	} {
		w := get(s, c.path)
		if w.Code != c.status || w.Body.String() != c.body || w.Header().Get("Cache-Control") != c.cache {
			t.Errorf("GET %s = %d %.20q %q, want %d %.20q %q", c.path, w.Code, w.Body, w.Header().Get("Cache-Control"), c.status, c.body, c.cache)
		}
		if strings.HasPrefix(c.path, "/v1/") && c.status == 200 && (w.Header().Get("Access-Control-Allow-Origin") != "*" || w.Header().Get("Cross-Origin-Resource-Policy") != "cross-origin") {
			t.Errorf("GET %s may not be read by other sites: %v", c.path, w.Header())
		}
	}
	if err := os.Remove(filepath.Join(dir, "trending.json")); err != nil {
		t.Fatal(err)
	}
	if w := get(s, "/v1/trending.json"); w.Code != 200 || w.Body.String() != `{"version":1,"items":[]}` || w.Header().Get("Content-Type") != "application/json" {
		t.Errorf("trending.json that is not there = %d %q, want one without items", w.Code, w.Body)
	}
	// What the builder writes is served at once.
	third := strings.Repeat("c", 64)
	if err := errors.Join(os.WriteFile(filepath.Join(dir, third+".bundle"), []byte("new"), 0o644),
		os.WriteFile(filepath.Join(dir, "latest.json"), []byte(third), 0o644)); err != nil {
		t.Fatal(err)
	}
	if w := get(s, "/v1/a/"+third+".bundle"); w.Body.String() != "new" {
		t.Errorf("a new bundle = %d %q", w.Code, w.Body)
	}
	if w := get(s, "/v1/latest.json"); w.Body.String() != third {
		t.Errorf("latest.json after a change = %q", w.Body)
	}
}

// TestBundleRanges asks for parts. The bundle is "0123456789".
func TestBundleRanges(t *testing.T) {
	s := Serve(nil, NewBundles(writeBundles(t)))
	path := "/v1/a/" + second + ".bundle"
	tag := get(s, path).Header().Get("ETag")
	for _, c := range []struct {
		name           string
		header         []string
		status         int
		body, contents string
	}{
		{"a part", []string{"Range", "bytes=2-4"}, 206, "234", "bytes 2-4/10"},
		{"from some byte on", []string{"Range", "bytes=8-"}, 206, "89", "bytes 8-9/10"},
		{"the last bytes", []string{"Range", "bytes=-3"}, 206, "789", "bytes 7-9/10"},
		{"beyond the end", []string{"Range", "bytes=8-100"}, 206, "89", "bytes 8-9/10"},
		{"outside", []string{"Range", "bytes=10-"}, 416, "invalid range: failed to overlap\n", "bytes */10"},
		{"of the plain bytes although br is wanted", []string{"Range", "bytes=2-4", "Accept-Encoding", "br"}, 206, "234", "bytes 2-4/10"},
		{"if it is still the same", []string{"Range", "bytes=2-4", "If-Range", tag}, 206, "234", "bytes 2-4/10"},
		{"if it were another", []string{"Range", "bytes=2-4", "If-Range", `"x"`}, 200, "0123456789", ""},
		{"not what the visitor has", []string{"Range", "bytes=2-4", "If-None-Match", tag}, 304, "", ""},
		{"the packed sibling", []string{"Accept-Encoding", "br"}, 200, "packed", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := get(s, path, c.header...)
			if w.Code != c.status || w.Body.String() != c.body || w.Header().Get("Content-Range") != c.contents {
				t.Errorf("= %d %q %q, want %d %q %q", w.Code, w.Body, w.Header().Get("Content-Range"), c.status, c.body, c.contents)
			}
			if c.status < 300 && w.Header().Get("Accept-Ranges") != "bytes" {
				t.Errorf("Accept-Ranges %q", w.Header().Get("Accept-Ranges"))
			}
		})
	}
	if packed := get(s, path, "Accept-Encoding", "br").Header(); packed.Get("ETag") == tag || packed.Get("Content-Encoding") != "br" || packed.Get("Vary") != "Accept-Encoding, Available-Dictionary" {
		t.Errorf("the packed sibling has the headers %v", packed)
	}
}

// TestBundlesOfASite serves the folder that the exporter writes, with the
// bundles one level below.
func TestBundlesOfASite(t *testing.T) {
	dir := t.TempDir()
	if err := errors.Join(os.Mkdir(filepath.Join(dir, "a"), 0o755), os.WriteFile(filepath.Join(dir, "a", first+".bundle"), []byte("model"), 0o644)); err != nil {
		t.Fatal(err)
	}
	if w := get(Serve(nil, NewBundles(dir)), "/v1/a/"+first+".bundle"); w.Code != 200 || w.Body.String() != "model" {
		t.Errorf("= %d %q", w.Code, w.Body)
	}
}

func TestBundleMethods(t *testing.T) {
	s := Serve(nil, NewBundles(writeBundles(t)))
	for method, want := range map[string]int{"HEAD": 200, "OPTIONS": 204, "POST": 405, "PUT": 405, "DELETE": 405} {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest(method, "/v1/a/"+second+".bundle", nil))
		if w.Code != want || method == "HEAD" && (w.Body.Len() > 0 || w.Header().Get("Content-Length") != "10") {
			t.Errorf("%s = %d, %d bytes, %v, want %d", method, w.Code, w.Body.Len(), w.Header(), want)
		}
	}
}

// TestBundleIsPackedInTheBackground: the first request gets plain bytes, later
// ones get the packed ones.
func TestBundleIsPackedInTheBackground(t *testing.T) {
	s := Serve(nil, NewBundles(writeBundles(t)))
	path := "/v1/a/" + first + ".bundle"
	if w := get(s, path, "Accept-Encoding", "br"); w.Header().Get("Content-Encoding") != "" || w.Body.String() != text {
		t.Errorf("the first answer is %d %q %.20q", w.Code, w.Header().Get("Content-Encoding"), w.Body)
	}
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		w := get(s, path, "Accept-Encoding", "br")
		if w.Header().Get("Content-Encoding") == "br" {
			body, err := io.ReadAll(brotli.NewReader(w.Body))
			if err != nil || string(body) != text {
				t.Errorf("unpacked %.20q, %v", body, err)
			}
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("it is never packed")
		}
	}
}

// TestARepairedFileIsPackedAgain: bytes that are replaced in place are not answered
// any more, compressed or not.
func TestARepairedFileIsPackedAgain(t *testing.T) {
	dir := writeBundles(t)
	s := Serve(nil, NewBundles(dir))
	repaired := strings.Repeat("repaired ", 100)
	packed := func(want string) {
		t.Helper()
		for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
			w := get(s, "/v1/a/"+first+".bundle", "Accept-Encoding", "br")
			body, err := io.ReadAll(w.Body)
			if w.Header().Get("Content-Encoding") == "br" {
				body, err = io.ReadAll(brotli.NewReader(bytes.NewReader(body)))
			}
			if err != nil || string(body) != want {
				t.Fatalf("unpacked %.20q, %v, want %.20q", body, err, want)
			}
			if w.Header().Get("Content-Encoding") == "br" {
				return
			}
			if time.Now().After(deadline) {
				t.Fatal("it is never packed")
			}
		}
	}
	packed(text)
	if err := os.WriteFile(filepath.Join(dir, first+".bundle"), []byte(repaired), 0o644); err != nil {
		t.Fatal(err)
	}
	packed(repaired)
}

func TestPackedForgetsTheOldest(t *testing.T) {
	var p packed
	for i := range 3 * mostPacked {
		p.get(string(rune('a'+i)), "")
	}
	p.lock.Lock()
	defer p.lock.Unlock()
	if len(p.known) != mostPacked || len(p.order) != mostPacked {
		t.Errorf("%d and %d are known, want %d", len(p.known), len(p.order), mostPacked)
	}
}

// FuzzRoute requests any path: only what is there, spelled exactly, is answered
// with 200 below /v1/, and lists however their id is spelled; nothing outside
// the folders is ever read; query and X-Forwarded-* change nothing; no answer
// takes more than 4 × the address + 1 MiB.
func FuzzRoute(f *testing.F) {
	dir := writeBundles(f)
	inside := map[string]string{"/v1/experiments.json": nothing["experiments.json"], "/v1/latest.json": `{"bundle":"` + second + `"}`, "/v1/trending.json": "{}", "/v1/users.json": nothing["users.json"], "/v1/a/" + first + ".bundle": text, "/v1/a/" + second + ".bundle": "0123456789"}
	lists := writeLists(f, dir)
	siteFolder := f.TempDir()
	for name, body := range map[string]string{"index.html": "home", "404.html": "nothing", "shell.html": "shell", "shell.json": `{"languages":["/zh"],"routes":["/movie/"]}`} {
		if err := os.WriteFile(filepath.Join(siteFolder, name), []byte(body), 0o644); err != nil {
			f.Fatal(err)
		}
	}
	site, err := NewSite(siteFolder)
	if err != nil {
		f.Fatal(err)
	}
	s := Serve(site, NewBundles(dir))
	for path := range inside {
		f.Add(path, "x=1")
	}
	for _, path := range []string{"/", "/movie/1", "/v1/a/%2e%2e/secret.txt", "/v1/a/..%5c" + first + ".bundle", "//v1/latest.json", "/v1/latest.json\x00", "/v1/LATEST.json", "/V1/latest.json", "/v1/a/%00", "/%zz", "/v1/./latest.json",
		"/v1/similar/50.json", "/v1/similar/a%2Fb.json", "/v1/similar/a/b.json", "/v1/similar/%35%30.json", "/v1/similar/霸王别姬.json", "/v1/similar/%zz.json", "/v1/similar/%ff.json", "/v1/similar/..%2flatest.json", "/v1/%73imilar/50.json"} {
		f.Add(path, "")
	}
	f.Fuzz(func(t *testing.T, path, query string) {
		target := "http://edge.example/" + strings.TrimPrefix(path, "/")
		r, err := http.NewRequest("GET", target+"?"+query, nil)
		if err != nil {
			return
		}
		w := httptest.NewRecorder()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		s.ServeHTTP(w, r)
		runtime.ReadMemStats(&after)
		if got, most := after.TotalAlloc-before.TotalAlloc, uint64(4*len(target)+1<<20); got > most {
			t.Errorf("GET %q allocates %d bytes, at most %d are allowed", target, got, most)
		}
		plain := strings.TrimPrefix(target, "http://edge.example")
		if plain, _, _ = strings.Cut(plain, "#"); !strings.Contains(plain, "?") && strings.HasPrefix(plain, "/v1/") {
			want, there := inside[plain]
			if name, list := strings.CutPrefix(plain, listsPath); list && strings.HasSuffix(name, ".json") && !strings.Contains(name, "/") {
				id, _ := url.PathUnescape(strings.TrimSuffix(name, ".json"))
				want, there = lists[id]
			}
			if there != (w.Code == 200) || there && w.Body.String() != want {
				t.Errorf("GET %q = %d %.40q", plain, w.Code, w.Body)
			}
		}
		if strings.Contains(w.Body.String(), "not to be served") {
			t.Errorf("GET %q reads what is not to be served", plain)
		}
		again, _ := http.NewRequest("GET", target, nil)
		again.Header.Set("X-Forwarded-For", "192.0.2.1")
		again.Header.Set("X-Forwarded-Host", "evil.example")
		again.Header.Set("X-Forwarded-Proto", "https")
		again.Header.Set("X-Original-Url", "/v1/latest.json")
		other := httptest.NewRecorder()
		s.ServeHTTP(other, again)
		if r.URL.Path == again.URL.Path && r.URL.RawPath == again.URL.RawPath && (other.Code != w.Code || !bytes.Equal(other.Body.Bytes(), w.Body.Bytes())) {
			t.Errorf("GET %q: query %q or the forwarding headers change %d to %d", plain, query, w.Code, other.Code)
		}
	})
}
