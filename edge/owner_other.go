//go:build !js

package main

import (
	"crypto/sha256"
	"net/http"
	"os"
	"path/filepath"
)

const (
	ownerPath = "/owner"
	ownerPage = "owner.html" // of the folder of bundles, as go run ./build report --html writes it
)

// ownerPolicy lets the page have its own styles and nothing else.
const ownerPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// names reports whether a request names one of the keys: as "Authorization: Bearer
// KEY", or as the password that a browser asks for, with any name.
func (k keys) names(r *http.Request) bool {
	if _, password, ok := r.BasicAuth(); ok {
		return k.have(sha256.Sum256([]byte(password)))
	}
	key, ok := bearer(r)
	return ok && k.have(sha256.Sum256([]byte(key)))
}

// owner answers with the report for the owner of the site. It is read each time and
// kept by no one. The password of a browser opens this page alone: changes of the
// overlay take it from no browser.
func (c *changer) owner(w http.ResponseWriter, r *http.Request) {
	if !asks(w, r) {
		return
	}
	h := w.Header()
	h.Set("Content-Security-Policy", ownerPolicy)
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Referrer-Policy", "no-referrer")
	k, err := c.keys()
	switch {
	case err != nil:
		c.unavailable(w, err)
		return
	case len(k) == 0:
		refuse(w, http.StatusForbidden, "this edge has no key for this: start it with "+keyFlag)
		return
	case !k.names(r):
		h.Set("WWW-Authenticate", `Basic realm="Sparrow, key as the password", charset="UTF-8"`)
		refuse(w, http.StatusUnauthorized, "the password is one of the keys of "+keyFlag+"; any name will do")
		return
	}
	page, err := os.ReadFile(filepath.Join(c.bundles, ownerPage))
	switch {
	case os.IsNotExist(err):
		refuse(w, http.StatusNotFound, "there is no report yet: go run ./build report --feedback DIR --bundle DIR --html DIR/"+ownerPage+" writes it into the folder of bundles")
	case err != nil:
		c.unavailable(w, err)
	default:
		reply(w, http.StatusOK, "text/html; charset=utf-8", page)
	}
}
