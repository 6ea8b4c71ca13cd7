package main

import (
	"crypto/sha256"
	"net/http"

	"sparrow/wasm/event"
)

// secretSize is the length of the secret that a visitor's id is the hash of.
const secretSize = 16

// erase stores a visitor's request to forget all their events, those that are
// still under way too: who shares again has another secret. To know the secret
// is to be the visitor. The store deletes the events, and every reader of its
// segments leaves them out. It is taken under GPC and DNT as well.
func (h *intake) erase(w http.ResponseWriter, r *http.Request, site string) {
	if coding := r.Header.Get("Content-Encoding"); coding != "" && coding != "identity" {
		refuse(w, http.StatusUnsupportedMediaType, "send the secret as it is, not compressed")
		return
	}
	if h.limited(w, r, site) {
		return
	}
	secret, err := body(r, secretSize)
	if err == errTooLarge {
		w.Header().Set("Connection", "close")
		refuse(w, http.StatusRequestEntityTooLarge, "a secret has 16 bytes")
		return
	}
	if err != nil || len(secret) != secretSize {
		refuse(w, http.StatusBadRequest, "a secret has 16 bytes")
		return
	}
	sum := sha256.Sum256(secret)
	visitor := event.Visitor(sum[:16])
	if h.keep(w, r, &event.Record{Site: site, Received: h.now(), Erase: &visitor}) {
		reply(w, http.StatusAccepted, typeJSON, []byte("{\"erased\":true}\n"))
	}
}
