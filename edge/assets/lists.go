//go:build !js

package assets

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
)

// listsPath is what the addresses of lists begin with. Only there an id may be
// percent-encoded.
const listsPath = "/v1/similar/"

// aWhile is how long a list may be cached: a new bundle makes new lists, and an
// old list is better than no list.
const aWhile = "public, max-age=300, stale-while-revalidate=604800"

// inert has a browser that opens rows as a page run and fetch nothing of them: they are
// parts of other pages.
const inert = "default-src 'none'; style-src 'unsafe-inline'; img-src https: data:; sandbox"

// mostID is how many bytes an id may have.
const mostID = 255

// itemOf returns the id of the item whose list has this address, which is as it
// was sent, percent-encoded, and in which form: .json, or .html for rows. The form is ""
// when no list can have it.
func itemOf(escaped string) (id, form string) {
	name, below := strings.CutPrefix(escaped, listsPath)
	dot := strings.LastIndexByte(name, '.')
	if !below || dot < 0 || strings.Contains(name, "/") || name[dot:] != ".json" && name[dot:] != ".html" {
		return "", ""
	}
	id, err := url.PathUnescape(name[:dot])
	if err != nil || !listable(id) {
		return "", ""
	}
	return id, name[dot:]
}

// list returns the list of an item, nil where it has none. A file of an earlier version is
// as none, and its owner is told what to do.
func (b *Bundles) list(id string) ([]byte, error) {
	list, err := readList(filepath.Join(b.folder, listsFile), id)
	if errors.Is(err, errEarlier) {
		if b.Failed != nil {
			b.Failed(err)
		}
		return nil, nil
	}
	return list, err
}

// similar answers with the list of an item in a form.
func (b *Bundles) similar(w http.ResponseWriter, r *http.Request, id, form string) {
	list, err := b.list(id)
	if err != nil {
		unavailable(w, b.Failed, err)
		return
	}
	b.sendList(w, r, list, form, aWhile)
}

// sendList answers with a list as it is by the overlay, in a form; where nothing is left of
// it, with 204, and where rows are asked for, which a server puts into its page, with 404.
// cache is how long it may be cached where there is no overlay.
func (b *Bundles) sendList(w http.ResponseWriter, r *http.Request, list []byte, form, cache string) {
	h := w.Header()
	var err error
	if list != nil {
		var used bool
		if list, used, err = b.Live.Obey(list); used {
			cache = aMoment
		}
	}
	if err == nil && list != nil && form == ".html" {
		list, err = rows(list)
	}
	switch {
	case err != nil:
		unavailable(w, b.Failed, err)
		return
	case list == nil && form == ".html":
		h.Set("Cache-Control", shortly)
		h.Set("Content-Type", types[".txt"])
		w.WriteHeader(http.StatusNotFound)
		io.WriteString(w, "there is no list of this item\n")
		return
	case list == nil:
		h.Set("Cache-Control", shortly)
		w.WriteHeader(http.StatusNoContent)
		return
	}
	sum := sha256.Sum256(list)
	tag, coding := hex.EncodeToString(sum[:8]), ""
	if prefers(r.Header.Get("Accept-Encoding"), "br") {
		if body := packList(list); len(body) < len(list) {
			list, tag, coding = body, tag+"-br", "br"
		}
	}
	tag = `"` + tag + `"`
	h.Set("Access-Control-Expose-Headers", "ETag")
	h.Set("Cache-Control", cache)
	h.Set("Content-Type", types[form])
	if form == ".html" {
		h.Set("Content-Security-Policy", inert)
	}
	h.Set("ETag", tag)
	h.Set("Vary", "Accept-Encoding")
	if names(r.Header.Get("If-None-Match"), tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	if coding != "" {
		h.Set("Content-Encoding", coding)
	}
	h.Set("Content-Length", strconv.Itoa(len(list)))
	if r.Method == http.MethodGet {
		w.Write(list)
	}
}

// names reports whether an If-None-Match header names the tag, weakly compared.
func names(header, tag string) bool {
	for part := range strings.SplitSeq(header, ",") {
		if part = strings.TrimSpace(part); part == "*" || strings.TrimPrefix(part, "W/") == tag {
			return true
		}
	}
	return false
}

// packers are writers that lists are compressed with, since making one costs more than
// its work. Their quality and window are those that take a list of 3.6 KB to 1 KB
// in a tenth of a millisecond and keep little memory.
var packers = sync.Pool{New: func() any {
	return brotli.NewWriterOptions(nil, brotli.WriterOptions{Quality: 4, LGWin: 14})
}}

// packList returns a list compressed with Brotli.
func packList(list []byte) []byte {
	var b bytes.Buffer
	w := packers.Get().(*brotli.Writer)
	defer packers.Put(w)
	w.Reset(&b)
	w.Write(list) // to memory, which takes everything
	w.Close()
	return b.Bytes()
}
