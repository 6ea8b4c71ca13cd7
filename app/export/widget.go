package main

import (
	"bytes"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"

	"sparrow/app/site"
)

// widget is what pages of other sites load.
type widget struct {
	pinned    string // path of the script under a name that its content decides
	integrity string // of the script, for those who pin it
}

// putWidget adds the widget for pages of other sites: /v1/widget.js, the same
// under a name that never changes, and the frame that it runs in where a page's
// policy allows nothing else. The engine and its worker are the app's.
func putWidget(out *site.Site, static, goroot string) (widget, error) {
	make := func(entry string, define map[string]string) ([]byte, error) {
		return script{entry: entry, module: true, define: define}.bundle(static, goroot)
	}
	sharing, err := make("widget/sharing.js", nil)
	if err != nil {
		return widget{}, err
	}
	policy, err := make("widget/policy.js", nil)
	if err != nil {
		return widget{}, err
	}
	files := map[string]string{
		"__POLICY__": out.Hashed("policy.js", policy), "__ENGINE__": out.Assets()["engine.wasm"], "__WORKER__": out.Assets()["engine-worker.js"],
		"__SHARING__": out.Hashed("sharing.js", sharing),
	}
	for name, path := range files { // relative to the edge, wherever that is
		quoted, err := json.Marshal(strings.TrimPrefix(path, out.Base()+"/"))
		if err != nil {
			return widget{}, err
		}
		files[name] = string(quoted)
	}
	frame, err := make("widget/frame.js", files)
	if err != nil {
		return widget{}, err
	}
	page, err := os.ReadFile(filepath.Join(static, "widget", "frame.html"))
	if err != nil {
		return widget{}, err
	}
	page = bytes.Replace(page, []byte("__FRAME__"), []byte(out.Hashed("frame.js", frame)), 1)
	address := "frame/" + site.Hash(page, []byte(site.FramePolicy)) // kept for good, so that it is there when the edge is not
	out.Put("/"+address+".html", page)
	files["__PAGE__"] = `"` + address + `"`
	body, err := make("widget/widget.js", files)
	if err != nil {
		return widget{}, err
	}
	out.Put("/v1/widget.js", body)
	sum := sha512.Sum384(body)
	return widget{out.Hashed("widget.js", body), "sha384-" + base64.StdEncoding.EncodeToString(sum[:])}, nil
}
