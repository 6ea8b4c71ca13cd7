//go:build !js

package assets

import (
	"bytes"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/andybalholm/brotli"
)

// writeSite writes a small site to a new folder.
func writeSite(t *testing.T, more map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	files := map[string]string{
		"index.html": "home " + text, "shell.html": "shell " + text, "zh/shell.html": "壳 " + text, "404.html": "nothing " + text, "zh/404.html": "没有 " + text,
		"movie/1.html": "movie one " + text, "zh/index.html": "首页", "genre/(no genres listed).html": "unsorted " + text, "v1/latest.json": "{}", "a/0123.app.wasm": text,
		"shell.json": `{"languages":["/zh"],"routes":["/browse","/movie/"]}`,
		"_headers":   "# of every answer\n/*\n  Content-Security-Policy: default-src 'none'\n  Cache-Control: no-cache\n\n/a/*\n  ! Cache-Control\n  Cache-Control: public, max-age=31536000, immutable\n",
	}
	maps.Copy(files, more)
	for name, body := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(body), 0o644)); err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		w := brotli.NewWriterLevel(&b, 5)
		w.Write([]byte(body))
		if err := errors.Join(w.Close(), os.WriteFile(name+".br", b.Bytes(), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

var text = strings.Repeat("the same words again and again. ", 50)

func testSite(t *testing.T) *Site {
	t.Helper()
	s, err := NewSite(writeSite(t, nil))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func get(s http.Handler, path string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("GET", path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

func TestSite(t *testing.T) {
	s := testSite(t)
	const asset = "/a/0123.app.wasm"
	for _, test := range []struct {
		path   string
		status int
		begins string
		kind   string
		cache  string
	}{
		{"/", 200, "home", "text/html; charset=utf-8", "no-cache"},
		{"/movie/1", 200, "movie one", "text/html; charset=utf-8", "no-cache"},
		{"/movie/2", 200, "shell", "text/html; charset=utf-8", "no-cache"},
		{"/zh/movie/2", 200, "壳", "text/html; charset=utf-8", "no-cache"},
		{"/genre/%28no%20genres%20listed%29", 200, "unsorted", "text/html; charset=utf-8", "no-cache"},
		{"/zh", 200, "首页", "text/html; charset=utf-8", "no-cache"},
		{"/browse", 200, "shell", "text/html; charset=utf-8", "no-cache"},
		{"/browse/more", 404, "nothing", "text/html; charset=utf-8", "no-cache"},
		{"/movie/", 404, "nothing", "text/html; charset=utf-8", "no-cache"},
		{"/zh/nowhere", 404, "没有", "text/html; charset=utf-8", "no-cache"},
		{"/_headers", 404, "", "text/html; charset=utf-8", ""},
		{"/.assetsignore", 404, "not found", "text/plain; charset=utf-8", ""},
		{"/movie/1.html.br", 200, "shell", "", ""},
		{"/nowhere", 404, "nothing", "text/html; charset=utf-8", "no-cache"},
		{"/nowhere.js", 404, "not found", "text/plain; charset=utf-8", ""},
		{asset, 200, "the same", "application/wasm", "public, max-age=31536000, immutable"},
		{asset + ".br", 404, "", "", ""},
		{"/v1/latest.json", 200, "{}", "application/json", "no-cache"},
		{"/../server_test.go", 404, "", "", ""},
		{"/%2e%2e/%2e%2e/etc/passwd", 404, "", "", ""},
		{"/a/..%2f..%2fsecret", 404, "", "", ""},
	} {
		w := get(s, test.path)
		if w.Code != test.status || !strings.HasPrefix(w.Body.String(), test.begins) {
			t.Errorf("GET %s = %d %.20q, want %d %q", test.path, w.Code, w.Body, test.status, test.begins)
		}
		if got := w.Header().Get("Content-Type"); test.kind != "" && got != test.kind {
			t.Errorf("GET %s has type %q, want %q", test.path, got, test.kind)
		}
		if got := w.Header().Get("Cache-Control"); test.cache != "" && got != test.cache {
			t.Errorf("GET %s has Cache-Control %q, want %q", test.path, got, test.cache)
		}
		if !strings.Contains(w.Header().Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("GET %s has no content policy", test.path)
		}
	}
}

func TestSiteCompressesAndRevalidates(t *testing.T) {
	s := testSite(t)
	w := get(s, "/movie/1", "Accept-Encoding", "gzip, br;q=1.0")
	if w.Header().Get("Content-Encoding") != "br" || w.Header().Get("Vary") != "Accept-Encoding" {
		t.Fatalf("Content-Encoding %q, Vary %q, want br, Accept-Encoding", w.Header().Get("Content-Encoding"), w.Header().Get("Vary"))
	}
	if got, want := w.Header().Get("Content-Length"), strconv.Itoa(w.Body.Len()); got != want {
		t.Errorf("Content-Length %s, want %s", got, want)
	}
	body, err := io.ReadAll(brotli.NewReader(w.Body))
	if err != nil || string(body) != "movie one "+text {
		t.Errorf("decompressed %.20q, %v", body, err)
	}
	plain := get(s, "/movie/1", "Accept-Encoding", "br;q=0")
	if plain.Header().Get("Content-Encoding") != "" {
		t.Error("br is sent although refused")
	}
	tag := plain.Header().Get("ETag")
	if tag == "" || tag == w.Header().Get("ETag") {
		t.Errorf("tags %q and %q, want two different ones", tag, w.Header().Get("ETag"))
	}
	for _, none := range []string{tag, "W/" + tag, `"x", ` + tag, "*"} {
		if again := get(s, "/movie/1", "If-None-Match", none); again.Code != 304 || again.Body.Len() != 0 {
			t.Errorf("If-None-Match %s = %d with %d bytes, want 304 with none", none, again.Code, again.Body.Len())
		}
	}
	if again := get(s, "/movie/1", "If-None-Match", `"other"`); again.Code != 200 {
		t.Errorf("If-None-Match of another = %d, want 200", again.Code)
	}
	r := httptest.NewRequest("POST", "/", nil)
	post := httptest.NewRecorder()
	if s.ServeHTTP(post, r); post.Code != 405 || post.Header().Get("Allow") != "GET, HEAD" {
		t.Errorf("POST / = %d, Allow %q, want 405", post.Code, post.Header().Get("Allow"))
	}
	r = httptest.NewRequest("HEAD", "/movie/1", nil)
	head := httptest.NewRecorder()
	if s.ServeHTTP(head, r); head.Code != 200 || head.Body.Len() != 0 || head.Header().Get("Content-Length") != strconv.Itoa(len("movie one "+text)) || head.Header().Get("ETag") != tag {
		t.Errorf("HEAD = %d, %d bytes, %v", head.Code, head.Body.Len(), head.Header())
	}
}

func TestSiteSeesThatAFileHasChanged(t *testing.T) {
	dir := writeSite(t, nil)
	s, err := NewSite(dir)
	if err != nil {
		t.Fatal(err)
	}
	before := get(s, "/movie/1").Header().Get("ETag")
	if err := os.WriteFile(filepath.Join(dir, "movie", "1.html"), []byte("another text"), 0o644); err != nil {
		t.Fatal(err)
	}
	if after := get(s, "/movie/1"); after.Header().Get("ETag") == before || after.Body.String() != "another text" {
		t.Errorf("after a change: tag %s as before, body %.20q", before, after.Body)
	}
}

// TestManyAtOnce asks for the same files from many sides.
func TestManyAtOnce(t *testing.T) {
	s := Serve(testSite(t), NewBundles(writeBundles(t)))
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 20 {
				for path, want := range map[string]int{"/": 200, "/movie/1": 200, "/browse": 200, "/nowhere": 404, "/v1/latest.json": 200, "/v1/a/" + first + ".bundle": 200} {
					if w := get(s, path, "Accept-Encoding", "br"); w.Code != want || w.Header().Get("Content-Length") != strconv.Itoa(w.Body.Len()) {
						t.Errorf("GET %s = %d, %d bytes, %v, want %d", path, w.Code, w.Body.Len(), w.Header(), want)
					}
				}
			}
		})
	}
	group.Wait()
}

func TestBrokenSite(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"index.html": nil, "below an address": {"index.html": "x", "_headers": "  Name: value\n"}, "at its end": {"index.html": "x", "_headers": "/a/*/b\n"},
		"shell.json": {"index.html": "x", "shell.json": "{"},
	} {
		dir := t.TempDir()
		for file, body := range files {
			if err := os.WriteFile(filepath.Join(dir, file), []byte(body), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := NewSite(dir); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("NewSite = %v, want an error about %s", err, name)
		}
	}
}

func TestPrefersBrotli(t *testing.T) {
	for header, want := range map[string]bool{
		"": false, "gzip": false, "br": true, "gzip, br": true, "BR": true, "br;q=0": false, "br; q=0.000": false, "br;q=0.1": true,
		"*": true, "*;q=0": false, "br;q=0, *": false, "gzip;q=1, *;q=0.5": true, "br;q=0.5, identity": false, "br;q=0.5, identity;q=0.5": true,
		"identity": false, "br;q=x": false, "brotli": false, "br, identity;q=0": true,
	} {
		if got := prefers(header, "br"); got != want {
			t.Errorf("prefers(%q, br) = %t, want %t", header, got, want)
		}
	}
}

func TestReloadAddsItsScript(t *testing.T) {
	dir := writeSite(t, map[string]string{"index.html": "<body>home</body>"})
	s, err := NewSite(dir)
	if err != nil {
		t.Fatal(err)
	}
	reload := Reload(s, filepath.Join(dir, "index.html"))
	if w := get(reload, "/", "Accept", "text/html"); !strings.Contains(w.Body.String(), "/_live.js") {
		t.Errorf("page %q does not load the script", w.Body)
	}
	if w := get(reload, "/_live.js"); !strings.Contains(w.Body.String(), "EventSource") {
		t.Errorf("script %q", w.Body)
	}
}

// TestSiteFollowsItsFolder writes other headers and routes while a site is served:
// both hold from then on, and broken ones leave those of before.
func TestSiteFollowsItsFolder(t *testing.T) {
	s := testSite(t)
	var failed error
	s.Failed = func(err error) { failed = err }
	put := func(name, body string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(s.folder, name), []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	const policy = "Content-Security-Policy"
	if w := get(s, "/lab"); w.Code != 404 || w.Header().Get(policy) != "default-src 'none'" {
		t.Fatalf("GET /lab = %d, %v", w.Code, w.Header())
	}
	put("_headers", "/*\n  Content-Security-Policy: img-src https://covers.example\n")
	put("shell.json", `{"languages":["/zh"],"routes":["/lab","/movie/"]}`)
	if w := get(s, "/lab"); w.Code != 200 || w.Header().Get(policy) != "img-src https://covers.example" {
		t.Errorf("after a change GET /lab = %d, %v", w.Code, w.Header())
	}
	if failed != nil {
		t.Errorf("the change failed: %v", failed)
	}
	put("_headers", "no address\n  nor a header\n")
	if w := get(s, "/lab"); w.Code != 200 || w.Header().Get(policy) != "img-src https://covers.example" || failed == nil {
		t.Errorf("with a broken file GET /lab = %d, %v, said: %v", w.Code, w.Header(), failed)
	}
}
