//go:build !js

package main

import (
	"bytes"
	"errors"
	"net/http"
	"strings"
	"testing"

	"sparrow/wasm/event"
)

// TestPoison: one bad event of fifty is kept as a letter, the others as events.
func TestPoison(t *testing.T) {
	for name, bad := range map[string][]byte{
		"event: field k names no kind":             []byte(strings.Replace(string(liked(17, noon)), "like", "lick", 1)),
		"event: older than 14 days":                liked(17, noon-14*24*3600*1000-1),
		"event: more than 5 minutes in the future": liked(17, noon+5*60*1000+1),
		"event: byte 0: want map, got type 0x2a":   {42},
		"event: an event lacks i, k, s, t, v":      {0x80},
		"event: byte 0: want map, got type 0xd9":   append([]byte{0xd9, 200}, bytes.Repeat([]byte("x"), 200)...),
		"event: byte 0: want map, got type 0x91":   append(bytes.Repeat([]byte{0x91}, 5000), 0xc0),
	} {
		t.Run(name, func(t *testing.T) {
			b := event.Batch{Sent: noon}
			for i := range 50 {
				if b.Events = append(b.Events, liked(i, noon)); i == 17 {
					b.Events[i] = bad
				}
			}
			var s memStore
			w := post(newHandler(testConfig(), &s), "/v1/events", b.Append(nil))
			if w.Code != 202 || w.Body.String() != "{\"stored\":49,\"dead\":1}\n" {
				t.Errorf("= %d %q", w.Code, w.Body)
			}
			record := s.only(t)
			if len(record.Events) != 49 || len(record.Dead) != 1 {
				t.Fatalf("%d events and %d letters are kept, want 49 and 1", len(record.Events), len(record.Dead))
			}
			if letter := record.Dead[0]; letter.Reason != name || !bytes.Equal(letter.Raw, bad) {
				t.Errorf("letter %q %x, want %q %x", letter.Reason, letter.Raw, name, bad)
			}
		})
	}
}

// TestClockOfTheDeviceDoesNotMatter: only the time between event and sending
// counts.
func TestClockOfTheDeviceDoesNotMatter(t *testing.T) {
	const year = 365 * 24 * 3600 * 1000
	for _, sent := range []int64{noon - year, noon, noon + year} {
		b := event.Batch{Sent: sent, Events: [][]byte{liked(1, sent-14*24*3600*1000), liked(2, sent+5*60*1000)}}
		var s memStore
		if w := post(newHandler(testConfig(), &s), "/v1/events", b.Append(nil)); w.Code != 202 || len(s.only(t).Events) != 2 {
			t.Errorf("sent at %d: %d %q", sent, w.Code, w.Body)
		}
		record := s.only(t)
		e, err := event.Decode(record.Events[1])
		if got, want := record.At(&e), int64(noon+5*60*1000); got != want || err != nil {
			t.Errorf("it happened at %d, %v, want %d", got, err, want)
		}
	}
}

func TestStoreFails(t *testing.T) {
	s := memStore{err: errors.New("disk full")}
	var got error
	c := testConfig()
	c.failed = func(err error) { got = err }
	for path, body := range map[string][]byte{"/v1/events": batch(1), "/v1/erase": make([]byte, 16)} {
		w := post(newHandler(c, &s), path, body)
		if w.Code != 503 || w.Header().Get("Retry-After") == "" || got != s.err || strings.Contains(w.Body.String(), "disk") {
			t.Errorf("%s = %d, Retry-After %q, %q; failed got %v", path, w.Code, w.Header().Get("Retry-After"), w.Body, got)
		}
		if w.Header().Get("Access-Control-Allow-Origin") == "" {
			t.Errorf("%s: the page cannot read the answer", path)
		}
	}
}

func TestLimited(t *testing.T) {
	var s memStore
	c := testConfig()
	c.limit = func(_ *http.Request, site string) int {
		if site != "shop" {
			t.Errorf("limit is called for site %q", site)
		}
		return 7
	}
	for path, body := range map[string][]byte{"/v1/events": batch(1), "/v1/erase": make([]byte, 16)} {
		if w := post(newHandler(c, &s), path, body); w.Code != 429 || w.Header().Get("Retry-After") != "7" || len(s.records) > 0 {
			t.Errorf("%s = %d, Retry-After %q, %d kept", path, w.Code, w.Header().Get("Retry-After"), len(s.records))
		}
	}
}
