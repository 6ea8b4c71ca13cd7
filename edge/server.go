package main

import (
	"net/http"
	"strconv"

	"sparrow/wasm/event"
)

// serverSite is the name in the log of what the owner's own programs send.
const serverSite = "server"

// serverEvents stores what the owner's server or app says that people did, in one record and
// one durable write. It takes all events of a request or none; a reader keeps one of each id, so
// that a request may be sent again whatever became of it.
func (h *intake) serverEvents(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", "POST")
		refuse(w, http.StatusMethodNotAllowed, "only POST")
		return
	}
	if h.limited(w, r, serverSite) || !h.server.admit(w, r, h.serverFlag) {
		return
	}
	if coding := r.Header.Get("Content-Encoding"); coding != "" && coding != "identity" {
		refuse(w, http.StatusUnsupportedMediaType, "send JSON as it is, not compressed")
		return
	}
	raw, err := body(r, event.MaxBody)
	if err == errTooLarge {
		w.Header().Set("Connection", "close") // and does not read on
		refuse(w, http.StatusRequestEntityTooLarge, "a request has at most 65536 bytes and 50 events: send them in several")
		return
	}
	if err != nil {
		refuse(w, http.StatusBadRequest, "the body ended early")
		return
	}
	now := h.now()
	events, erase, err := readServerEvents(raw, now)
	if err != nil {
		refuse(w, http.StatusUnprocessableEntity, err.Error()+"; nothing is stored: mend it and send all of them again")
		return
	}
	record := event.Record{Site: serverSite, Received: now, Erase: erase}
	if erase == nil {
		record.Sent, record.Events = now, events
	}
	switch {
	case !h.keep(w, r, &record):
	case erase != nil:
		reply(w, http.StatusAccepted, typeJSON, []byte("{\"erased\":true}\n"))
	default:
		reply(w, http.StatusAccepted, typeJSON, []byte(`{"stored":`+strconv.Itoa(len(events))+"}\n"))
	}
}
