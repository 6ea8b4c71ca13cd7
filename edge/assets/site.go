//go:build !js

package assets

import (
	"crypto/sha256"
	"fmt"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"

	"sparrow/edge/delta"
)

// Site serves the folder of a written site: clean addresses, prepared
// compression, revalidation. The folder itself holds the headers of its files
// (_headers) and the addresses that the app routes itself (shell.json).
type Site struct {
	Items  *Bundles    // that know which items there are; nil to show the app at any address of an item
	Failed func(error) // receives why a file cannot be read; nil to ignore it

	folder string
	rules  rules
	tags   tags
}

// NewSite reads the folder's _headers and shell.json, which may change later.
func NewSite(folder string) (*Site, error) {
	if _, err := os.Stat(filepath.Join(folder, "index.html")); err != nil {
		return nil, fmt.Errorf("%s holds no site (go run ./app/export writes one): %w", folder, err)
	}
	s := &Site{folder: folder}
	_, err := s.rules.read(folder)
	return s, err
}

var types = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".json": "application/json", ".webmanifest": "application/manifest+json", ".wasm": "application/wasm",
	".svg": "image/svg+xml", ".png": "image/png", ".xml": "application/xml", ".txt": "text/plain; charset=utf-8", ".ts": "text/plain; charset=utf-8",
	".bundle": "application/octet-stream", ".supplement": "application/octet-stream", ".links": "application/octet-stream",
}

func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	now, err := s.rules.read(s.folder)
	if now == nil {
		unavailable(w, s.Failed, err)
		return
	}
	if err != nil && s.Failed != nil {
		s.Failed(err)
	}
	now.headers.apply(h, r.URL.Path)
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		h.Set("Allow", "GET, HEAD")
		refuse(w, http.StatusMethodNotAllowed, "only GET and HEAD")
		return
	}
	name, plain, status, err := s.find(r.URL.Path, &now.shell)
	if err != nil {
		unavailable(w, s.Failed, err)
		return
	}
	if name == "" {
		refuse(w, http.StatusNotFound, "not found")
		return
	}
	defer plain.Close()
	kind, ok := types[filepath.Ext(name)]
	if !ok {
		kind = "application/octet-stream"
	}
	h.Set("Content-Type", kind)
	other := forms{packed: func() (content, bool) {
		c, err := s.tags.open(name + ".br")
		c.tag = plain.tag + "-br"
		return c, err == nil // else the plain bytes do
	}}
	if family := familyOf(r.URL.Path); family != "" && plain.size >= delta.MinBytes {
		h.Set("Use-As-Dictionary", delta.Match(family))
		other.delta = s.tags.beside(name)
		if whole(r) {
			other.delta = func([sha256.Size]byte) (content, bool) { return content{}, false }
		}
	}
	send(w, r, status, plain, other)
}

// familyOf returns the family of a file that is named by its content, whose next
// version a browser may have as a delta; "" for every other address.
func familyOf(p string) string {
	name, ok := strings.CutPrefix(p, "/a/")
	if !ok {
		return ""
	}
	return delta.Family(name)
}

// whole reports whether a request must be answered without a dictionary: that of
// a browser which goes past its own cache, as the app does after it got bytes that
// were not those of the name. The dictionary may be what is damaged.
func whole(r *http.Request) bool {
	return strings.Contains(strings.ToLower(r.Header.Get("Cache-Control")), "no-cache")
}

// find returns the file that answers the address p, and the status it answers
// with; no name when there is nothing to answer with, and an error when that
// cannot be found out.
func (s *Site) find(p string, shell *shell) (name string, c content, status int, err error) {
	if strings.ContainsAny(p, "\\\x00") || path.Clean("/"+p) != strings.TrimSuffix(p, "/") && p != "/" {
		return "", c, 0, nil
	}
	open := func(try string, status int) (string, content, int, error) {
		name := filepath.Join(s.folder, filepath.FromSlash(try))
		switch c, err := s.tags.open(name); {
		case err == nil:
			return name, c, status, nil
		case !missing(err):
			return "", c, 0, err
		}
		return "", c, 0, nil
	}
	if !hidden(p) {
		trimmed := strings.TrimSuffix(p, "/")
		for _, try := range []string{p, trimmed + ".html", trimmed + "/index.html"} {
			if name, c, status, err := open(try, http.StatusOK); name != "" || err != nil {
				return name, c, status, err
			}
		}
	}
	if strings.HasPrefix(p+"/", "/.well-known/") { // the host's own: RFC 8615
		return "", c, 0, nil
	}
	folder, route := shell.find(p)
	if route && !s.unknown(shell, p[len(folder):]) {
		return open(folder+"/shell.html", http.StatusOK)
	}
	if path.Ext(p) != "" {
		return "", c, 0, nil
	}
	return open(folder+"/404.html", http.StatusNotFound)
}

// hidden reports whether p names a file that only the server reads, or one that
// no file system has.
func hidden(p string) bool {
	base := path.Base(p)
	if len(base) > longestName {
		return true
	}
	return base == "_headers" || base[0] == '.' || strings.HasSuffix(base, ".br") || strings.HasSuffix(base, delta.Suffix) || strings.HasSuffix(base, ".part")
}

// longestName is how many bytes of a name leave room for .html.br.
const longestName = 255 - len(".html.br")

// refuse answers with one line of text and without Cache-Control, but that
// nothing remembers a failure of ours.
func refuse(w http.ResponseWriter, status int, why string) {
	h := w.Header()
	h.Del("Cache-Control")
	if status >= 500 {
		h.Set("Cache-Control", "no-store")
	}
	h.Set("Content-Type", types[".txt"])
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	w.Write([]byte(why + "\n"))
}
