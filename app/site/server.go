//go:build !js

package site

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
)

// Server serves the folder Dir as a good static host would: clean addresses,
// prepared compression, immutable assets, revalidation of everything else.
type Server struct {
	Dir   string
	Route func(path string) bool // tells addresses of the app, which answer with the shell
}

var types = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".json": "application/json", ".webmanifest": "application/manifest+json", ".wasm": "application/wasm",
	".svg": "image/svg+xml", ".png": "image/png", ".xml": "application/xml", ".txt": "text/plain; charset=utf-8",
	".bundle": "application/octet-stream",
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	secure(w.Header())
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "only GET and HEAD", http.StatusMethodNotAllowed)
		return
	}
	name, status := s.file(r.URL.Path)
	if name == "" {
		http.Error(w, "not found", http.StatusNotFound)
		return
	}
	s.serve(w, r, name, status)
}

// file is the file that answers the address p, and the status it answers with.
func (s *Server) file(p string) (string, int) {
	if strings.ContainsAny(p, "\\\x00") || path.Clean("/"+p) != strings.TrimSuffix(p, "/") && p != "/" {
		return "", 0
	}
	for _, try := range []string{p, strings.TrimSuffix(p, "/") + ".html", strings.TrimSuffix(p, "/") + "/index.html"} {
		name := filepath.Join(s.Dir, filepath.FromSlash(try))
		if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() && !strings.HasSuffix(name, ".br") {
			return name, http.StatusOK
		}
	}
	prefix := ""
	if p == "/zh" || strings.HasPrefix(p, "/zh/") {
		prefix = "zh/"
	}
	if s.Route(p) {
		return filepath.Join(s.Dir, prefix+"shell.html"), http.StatusOK
	}
	if path.Ext(p) != "" {
		return "", 0
	}
	return filepath.Join(s.Dir, prefix+"404.html"), http.StatusNotFound
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request, name string, status int) {
	body, err := os.ReadFile(name)
	if err != nil {
		http.Error(w, "not found", http.StatusNotFound)
		return
	}
	h := w.Header()
	kind, ok := types[filepath.Ext(name)]
	if !ok {
		kind = "application/octet-stream"
	}
	h.Set("Content-Type", kind)
	h.Set("Vary", "Accept-Encoding")
	sum := sha256.Sum256(body)
	tag := hex.EncodeToString(sum[:8])
	if accepts(r.Header.Get("Accept-Encoding"), "br") {
		if packed, err := os.ReadFile(name + ".br"); err == nil {
			body, tag = packed, tag+"-br"
			h.Set("Content-Encoding", "br")
		}
	}
	tag = `"` + tag + `"`
	if strings.HasPrefix(r.URL.Path, "/a/") || strings.HasPrefix(r.URL.Path, "/v1/a/") {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		h.Set("Cache-Control", "no-cache")
	}
	h.Set("ETag", tag)
	if status == http.StatusOK && matches(r.Header.Get("If-None-Match"), tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method == http.MethodGet {
		w.Write(body)
	}
}

// accepts tells whether an Accept-Encoding header allows coding.
func accepts(header, coding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, weight, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.TrimSpace(name) == coding {
			weight = strings.ReplaceAll(weight, " ", "")
			return weight != "q=0" && weight != "q=0.0"
		}
	}
	return false
}

// matches tells whether an If-None-Match header names tag.
func matches(header, tag string) bool {
	for part := range strings.SplitSeq(header, ",") {
		part = strings.TrimPrefix(strings.TrimSpace(part), "W/")
		if part == tag || part == "*" {
			return true
		}
	}
	return false
}
