//go:build !js

package site

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

func testServer(t *testing.T) *Server {
	t.Helper()
	s := New()
	text := strings.Repeat("the same words again and again. ", 50)
	s.Put("/index.html", []byte("home "+text))
	s.Put("/shell.html", []byte("shell "+text))
	s.Put("/zh/shell.html", []byte("壳 "+text))
	s.Put("/404.html", []byte("nothing "+text))
	s.Put("/movie/1.html", []byte("movie one "+text))
	s.Put("/genre/(no genres listed).html", []byte("unsorted "+text))
	s.Put("/v1/latest.json", []byte("{}"))
	s.Asset("app.wasm", []byte(text))
	dir := t.TempDir()
	if err := s.Write(dir, 5, func(string) {}); err != nil {
		t.Fatal(err)
	}
	return &Server{Dir: dir, Route: func(p string) bool { return strings.HasPrefix(strings.TrimPrefix(p, "/zh"), "/movie/") }}
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

func TestServer(t *testing.T) {
	s := testServer(t)
	asset := "/a/" + Hash([]byte(strings.Repeat("the same words again and again. ", 50))) + ".app.wasm"
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

func TestServerCompressesAndRevalidates(t *testing.T) {
	s := testServer(t)
	w := get(s, "/movie/1", "Accept-Encoding", "gzip, br;q=1.0")
	if w.Header().Get("Content-Encoding") != "br" {
		t.Fatalf("Content-Encoding %q, want br", w.Header().Get("Content-Encoding"))
	}
	text := make([]byte, 9)
	if _, err := brotli.NewReader(w.Body).Read(text); err != nil || string(text) != "movie one" {
		t.Errorf("decompressed %q, %v", text, err)
	}
	plain := get(s, "/movie/1", "Accept-Encoding", "br;q=0")
	if plain.Header().Get("Content-Encoding") != "" {
		t.Error("br is sent although refused")
	}
	tag := plain.Header().Get("ETag")
	if tag == "" || tag == w.Header().Get("ETag") {
		t.Errorf("tags %q and %q, want two different ones", tag, w.Header().Get("ETag"))
	}
	if again := get(s, "/movie/1", "If-None-Match", tag); again.Code != 304 || again.Body.Len() != 0 {
		t.Errorf("revalidation = %d with %d bytes, want 304 with none", again.Code, again.Body.Len())
	}
	r := httptest.NewRequest("POST", "/", nil)
	post := httptest.NewRecorder()
	if s.ServeHTTP(post, r); post.Code != 405 {
		t.Errorf("POST / = %d, want 405", post.Code)
	}
}

func TestLiveAddsItsScript(t *testing.T) {
	s := New()
	s.Put("/index.html", []byte("<body>home</body>"))
	dir := t.TempDir()
	if err := s.Write(dir, 1, func(string) {}); err != nil {
		t.Fatal(err)
	}
	live := Live(&Server{Dir: dir, Route: func(string) bool { return false }}, dir+"/index.html")
	if w := get(live, "/", "Accept", "text/html"); !strings.Contains(w.Body.String(), "/_live.js") {
		t.Errorf("page %q does not load the script", w.Body)
	}
	if w := get(live, "/_live.js"); !strings.Contains(w.Body.String(), "EventSource") {
		t.Errorf("script %q", w.Body)
	}
}
