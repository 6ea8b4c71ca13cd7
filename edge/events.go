package main

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"sparrow/wasm/event"
)

// How far an event's time may be from that of sending, both on the device's
// clock.
const (
	oldest = 14 * 24 * 60 * 60 * 1000 // ms before
	newest = 5 * 60 * 1000            // ms after
)

var (
	errOld    = errors.New("event: older than 14 days")
	errFuture = errors.New("event: more than 5 minutes in the future")
)

// events stores a batch: the good events as they came, the bad ones as dead
// letters with the reason, in one record and one durable write.
func (h *intake) events(w http.ResponseWriter, r *http.Request, site string) {
	if r.Header.Get("Sec-Gpc") == "1" || r.Header.Get("Dnt") == "1" {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	if !batchType(r.Header) {
		refuse(w, http.StatusUnsupportedMediaType, "send a batch as text/plain or application/msgpack, not compressed")
		return
	}
	if h.limited(w, r, site) {
		return
	}
	raw, err := body(r, event.MaxBody)
	if err == errTooLarge {
		w.Header().Set("Connection", "close") // and does not read on
		refuse(w, http.StatusRequestEntityTooLarge, "a batch has at most 65536 bytes")
		return
	}
	if err != nil {
		refuse(w, http.StatusBadRequest, "the body ended early")
		return
	}
	sent, found, err := event.CheckBatch(raw)
	if err != nil {
		refuse(w, http.StatusBadRequest, err.Error())
		return
	}
	record := event.Record{Site: site, Received: h.now(), Sent: sent, Events: make([][]byte, 0, len(found))}
	if h.network != nil {
		record.Network = h.network(r)
	}
	for _, f := range found {
		if err := wrong(f, sent); err != nil {
			record.Dead = append(record.Dead, event.DeadLetter{Reason: err.Error(), Raw: f.Raw})
			continue
		}
		record.Events = append(record.Events, f.Raw)
	}
	if !h.keep(w, r, &record) {
		return
	}
	text := append(make([]byte, 0, 32), `{"stored":`...)
	text = strconv.AppendInt(text, int64(len(record.Events)), 10)
	text = append(text, `,"dead":`...)
	text = strconv.AppendInt(text, int64(len(record.Dead)), 10)
	reply(w, http.StatusAccepted, typeJSON, append(text, "}\n"...))
}

// wrong returns what is wrong with an event that was sent at the moment sent,
// or nil.
func wrong(f event.Checked, sent int64) error {
	switch {
	case f.Err != nil:
		return f.Err
	case f.At < sent-oldest:
		return errOld
	case f.At > sent+newest:
		return errFuture
	}
	return nil
}

// batchType reports whether the headers announce a batch, not compressed.
func batchType(h http.Header) bool {
	if coding := h.Get("Content-Encoding"); coding != "" && coding != "identity" {
		return false
	}
	kind, _, _ := strings.Cut(h.Get("Content-Type"), ";")
	kind = strings.ToLower(strings.TrimSpace(kind))
	return kind == "text/plain" || kind == "application/msgpack"
}
