//go:build !js

package assets

import (
	"io"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"sparrow/edge/changes"
	"sparrow/edge/delta"
)

// Bundles serves the builder's folder below /v1/: the bundles by their hash,
// which never change, and the small files and lists beside them, which do. A
// file that the builder writes is served without a restart.
type Bundles struct {
	Failed func(error)     // receives why a file cannot be read, or is not what another names; nil to ignore it
	Live   *changes.Folder // the overlay of the folder

	folder      string
	tags        tags
	packed      packed
	supplements supplements
}

// NewBundles serves folder, as the builder writes it or the exporter.
func NewBundles(folder string) *Bundles {
	return &Bundles{folder: folder, Live: changes.NewFolder(folder, time.Now)}
}

const (
	shortly = "public, max-age=60"
	forever = "public, max-age=31536000, immutable"
)

// nothing is what says that there is no experiment, trend, popular item or person of a data set: an
// ordinary state, and no error in a visitor's console. The first two are files
// that say so themselves, since devices keep what they said before until
// they are told otherwise, and an empty answer may come from anybody on the way.
var nothing = map[string]string{
	"experiments.json": `{"version":1,"layers":[]}`,
	"trending.json":    `{"version":1,"items":[]}`,
	"popular.json":     "",
	"users.json":       `{"users":[]}`,
}

// answer sends a small JSON, or 204 for none.
func answer(w http.ResponseWriter, r *http.Request, body string) {
	if body == "" {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	w.Header().Set("Content-Type", types[".json"])
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method == http.MethodGet {
		io.WriteString(w, body)
	}
}

func (b *Bundles) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("X-Content-Type-Options", "nosniff")
	file, hash := fileOf(r.URL.Path)
	item, form := itemOf(r.URL.EscapedPath())
	if file == "" && form == "" {
		refuse(w, http.StatusNotFound, "not found")
		return
	}
	switch r.Method {
	case http.MethodGet, http.MethodHead:
	case http.MethodOptions:
		h.Set("Access-Control-Allow-Methods", "GET, HEAD")
		h.Set("Access-Control-Allow-Headers", "Range, If-None-Match")
		h.Set("Access-Control-Max-Age", "86400")
		w.WriteHeader(http.StatusNoContent)
		return
	default:
		h.Set("Allow", "GET, HEAD, OPTIONS")
		refuse(w, http.StatusMethodNotAllowed, "only GET and HEAD")
		return
	}
	switch {
	case form != "":
		b.similar(w, r, item, form)
		return
	case file == changes.Name:
		b.overlay(w, r)
		return
	}
	name := filepath.Join(b.folder, file)
	plain, err := b.tags.open(name)
	if missing(err) && hash != "" { // as the exporter lays them out
		name = filepath.Join(b.folder, "a", file)
		plain, err = b.tags.open(name)
	}
	if filepath.Ext(file) == ".supplement" {
		b.compare(hash)
	}
	none, may := nothing[file]
	switch {
	case missing(err) && may:
		h.Set("Cache-Control", shortly)
		answer(w, r, none)
		return
	case missing(err):
		refuse(w, http.StatusNotFound, "not found")
		return
	case err != nil:
		unavailable(w, b.Failed, err)
		return
	}
	defer plain.Close()
	switch file {
	case "latest.json":
		b.compareLatest(plain)
	case "popular.json":
		b.popular(w, r, plain)
		return
	}
	h.Set("Content-Type", types[filepath.Ext(file)])
	h.Set("Access-Control-Expose-Headers", "ETag, Content-Range, Content-Encoding")
	if hash == "" {
		h.Set("Cache-Control", shortly)
		if file == "trending.json" { // which one may write again every few seconds
			h.Set("Cache-Control", aMoment)
		}
		send(w, r, http.StatusOK, plain, forms{})
		return
	}
	h.Set("Cache-Control", forever)
	h.Set("Use-As-Dictionary", delta.Match(delta.Family(file)))
	send(w, r, http.StatusOK, plain, forms{delta: b.tags.beside(name), packed: func() (content, bool) {
		c, err := b.tags.open(name + ".br")
		ok := err == nil
		if !ok {
			c, ok = b.packed.get(name, plain.tag)
		}
		c.tag = plain.tag + "-br"
		return c, ok
	}})
}

// fileOf returns the name of the file that answers exactly this address, and
// the hash if it is of a bundle; "" when no file does.
func fileOf(path string) (file, hash string) {
	name, ok := strings.CutPrefix(path, "/v1/")
	switch {
	case !ok:
		return "", ""
	case name == "latest.json" || name == "experiments.json" || name == "trending.json" || name == "popular.json" || name == "users.json" || name == changes.Name:
		return name, ""
	}
	file, ok = strings.CutPrefix(name, "a/")
	hash, kind, _ := strings.Cut(file, ".")
	if !ok || kind != "bundle" && kind != "supplement" && kind != "links" || len(hash) != 64 || strings.Trim(hash, "0123456789abcdef") != "" {
		return "", ""
	}
	return file, hash
}
