//go:build !js

package main

import (
	"bytes"
	"io"
	"net/http/httptest"
	"runtime"
	"strconv"
	"testing"

	"sparrow/wasm/event"
)

// FuzzEvents posts any body: it is answered with 202, 400 or 413, what is kept
// can be read again and holds all that was sent, and no more than 4 × the body
// + 1 MiB is allocated.
func FuzzEvents(f *testing.F) {
	f.Add(batch(3))
	f.Add(batch(50))
	f.Add([]byte("\x83\xa1v\x01\xa1t\x05\xa1e\x93\x07\x80\xa2hi"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var s memStore
		h := newHandler(testConfig(), &s)
		r := httptest.NewRequest("POST", "/v1/events", bytes.NewReader(raw))
		r.Header.Set("Origin", "https://shop.example")
		r.Header.Set("Content-Type", "text/plain")
		w := httptest.NewRecorder()
		if got, most := allocated(func() { h.ServeHTTP(w, r) }), uint64(4*len(raw)+1<<20); got > most {
			t.Errorf("%d bytes allocated for %d, at most %d are allowed", got, len(raw), most)
		}
		if w.Code != 202 {
			if len(s.records) > 0 || w.Code != 400 && w.Code != 413 {
				t.Errorf("%d with %d records", w.Code, len(s.records))
			}
			return
		}
		record := s.only(t)
		_, sent, err := event.CheckBatch(raw)
		if err != nil || len(record.Events)+len(record.Dead) != len(sent) {
			t.Errorf("%d events and %d letters of %d, %v", len(record.Events), len(record.Dead), len(sent), err)
		}
		if want := `{"stored":` + strconv.Itoa(len(record.Events)) + `,"dead":` + strconv.Itoa(len(record.Dead)) + "}\n"; w.Body.String() != want {
			t.Errorf("answer %q, want %q", w.Body, want)
		}
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			t.Error(err)
		}
	})
}

// allocated returns how many bytes do allocates.
func allocated(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}
