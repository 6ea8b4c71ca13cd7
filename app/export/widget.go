package main

import (
	"bytes"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"sparrow/app/site"
)

// widget is what pages of other sites load.
type widget struct {
	pinned    string // path of the script under a name that its content decides
	integrity string // of the script, for those who pin it
}

// languages are those of the widget but English, which it always has.
var languages = []string{"ar", "de", "es", "fr", "ja", "pt", "zh"}

// putWidget adds the widget for pages of other sites: /v1/widget.js, the same
// under a name that never changes, the frame that it runs in where a page's
// policy allows nothing else, and its types for those who write such pages. The
// engine's worker is the app's; engine, the URL of its program, is the widget's
// own, so that a page of somebody else's does not download the app.
//
// Whatever runs in a page's origin is inside of the pinned file, or has the hash
// that it names. What most pages never want is fetched by /v1/widget.js when it
// is needed; it names no hashes, for no one compares its own.
func putWidget(out *site.Site, static, goroot, engine string) (widget, error) {
	make := func(s script) ([]byte, error) {
		s.module = true
		return s.bundle(static, goroot)
	}
	below := func(url string) string { return strings.TrimPrefix(url, out.Base()) } // the path without that of the whole site
	apart, inside := map[string]string{}, map[string][]string{}
	for _, name := range []string{"cards", "framed", "group", "lists", "policy", "sharing", "takeover"} {
		body, err := make(script{entry: "widget/" + name + ".js"})
		if err != nil {
			return widget{}, err
		}
		apart[name+".js"] = ".." + below(out.Hashed(name+".js", body))
		if inside[name], err = exportsOf(body); err != nil {
			return widget{}, fmt.Errorf("%s.js: %w", name, err)
		}
	}
	words, err := putLanguages(out, make, inside)
	if err != nil {
		return widget{}, err
	}
	engine, worker := below(engine), below(out.Assets()["engine-worker.js"])
	frame, err := make(script{entry: "widget/frame.js", define: map[string]string{"__ENGINE__": quoted(engine), "__WORKER__": quoted(worker)}})
	if err != nil {
		return widget{}, err
	}
	page, err := os.ReadFile(filepath.Join(static, "widget", "frame.html"))
	if err != nil {
		return widget{}, err
	}
	page = bytes.Replace(page, []byte("__FRAME__"), []byte(out.Hashed("frame.js", frame)), 1)
	address := "/frame/" + site.Hash(page, []byte(site.FramePolicy)) // kept for good, so that it is there when the edge is not
	out.Put(address+".html", page)
	names := map[string]string{"__PAGE__": quoted(address), "__WORKER__": quoted(worker), "__ENGINE__": quoted(engine), "__WORKER_SUM__": `""`, "__ENGINE_SUM__": `""`, "__WORDS__": strconv.Quote(".." + below(words))}
	alias, err := make(script{entry: "widget/widget.js", define: names, apart: apart})
	if err != nil {
		return widget{}, err
	}
	out.Put("/v1/widget.js", alias)
	types, err := os.ReadFile(filepath.Join(static, "widget", "widget.d.ts"))
	if err != nil {
		return widget{}, err
	}
	out.Put("/v1/widget.d.ts", types)
	names["__WORKER_SUM__"] = strconv.Quote(digest(out.File(worker)))
	names["__ENGINE_SUM__"] = strconv.Quote("sha256-" + digest(out.File(engine)))
	pinned, err := make(script{entry: "widget/widget.js", define: names, inside: inside})
	if err != nil {
		return widget{}, err
	}
	sum := sha512.Sum384(pinned)
	return widget{out.Hashed("widget.js", pinned), "sha384-" + base64.StdEncoding.EncodeToString(sum[:])}, nil
}

// putLanguages adds the widget's languages, a script each, and returns how their names begin: one hash of all, so that
// the widget names it once.
func putLanguages(out *site.Site, make func(script) ([]byte, error), inside map[string][]string) (string, error) {
	var bodies [][]byte
	for _, code := range languages {
		body, err := make(script{entry: "widget/words/" + code + ".js"})
		if err != nil {
			return "", err
		}
		bodies = append(bodies, body)
		if inside["words/"+code], err = exportsOf(body); err != nil {
			return "", fmt.Errorf("words/%s.js: %w", code, err)
		}
	}
	begin := "/a/" + site.Hash(bodies...) + "."
	for i, code := range languages {
		out.Put(begin+code+".js", bodies[i])
	}
	return out.Base() + begin, nil
}

// quoted returns a path as JavaScript, relative to the edge, wherever that is.
func quoted(path string) string { return strconv.Quote(strings.TrimPrefix(path, "/")) }

// digest returns the SHA-256 of a file in base64, as integrity metadata has it.
func digest(file []byte) string {
	sum := sha256.Sum256(file)
	return base64.StdEncoding.EncodeToString(sum[:])
}
