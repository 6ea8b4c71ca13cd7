//go:build !js

package main

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"

	"sparrow/wasm/event"
)

// memStore keeps records in memory.
type memStore struct {
	lock    sync.Mutex
	records [][]byte
	err     error // what Append returns, when it shall fail
}

func (s *memStore) Append(_ context.Context, record *event.Record) error {
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.err == nil {
		s.records = append(s.records, encode(*record))
	}
	return s.err
}

// only is the one record that is kept.
func (s *memStore) only(t *testing.T) event.Record {
	t.Helper()
	if len(s.records) != 1 {
		t.Fatalf("%d records are kept, want 1", len(s.records))
	}
	record, err := event.DecodeRecord(s.records[0])
	if err != nil {
		t.Fatal(err)
	}
	return record
}

// noon is the edge's clock in tests, in Unix milliseconds.
const noon = 1764000000000

// testConfig is a config that admits shop.example and has no rate limit.
func testConfig() config {
	return config{
		origins: origins{"https://shop.example": "shop"}, now: func() int64 { return noon },
		limit: func(*http.Request, string) int { return 0 }, failed: func(error) {},
	}
}

func id(n int) event.ID {
	return event.ID{1, 0x9a, 14: byte(n >> 8), 15: byte(n), 6: 0x70, 8: 0x80}
}

// liked is a good event.
func liked(n int, at int64) []byte {
	e := event.Event{ID: id(n), Kind: event.Like, At: at, Visitor: event.Visitor{7}, Session: id(9999), Item: "318"}
	return e.Append(nil)
}

// batch is the body of n good events, sent at noon of the edge's clock.
func batch(n int) []byte {
	b := event.Batch{Sent: noon}
	for i := range n {
		b.Events = append(b.Events, liked(i, noon-1000))
	}
	return b.Append(nil)
}

// post sends a body as a page of shop.example would; header are names and
// values beside or instead of what such a page sends, "" to leave one out.
func post(h http.Handler, path string, body []byte, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("POST", path, bytes.NewReader(body))
	r.Header.Set("Origin", "https://shop.example")
	r.Header.Set("Content-Type", "text/plain;charset=UTF-8")
	for i := 0; i < len(header); i += 2 {
		if r.Header.Set(header[i], header[i+1]); header[i+1] == "" {
			r.Header.Del(header[i])
		}
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestEventsAreKeptByteForByte(t *testing.T) {
	var s memStore
	body := batch(3)
	w := post(newHandler(testConfig(), &s), "/v1/events", body)
	if w.Code != 202 || w.Body.String() != "{\"stored\":3,\"dead\":0}\n" {
		t.Errorf("= %d %q", w.Code, w.Body)
	}
	record := s.only(t)
	if record.Site != "shop" || record.Received != noon || record.Sent != noon || len(record.Dead) > 0 || record.Erase != nil {
		t.Errorf("record %+v", record)
	}
	_, want, _ := event.CheckBatch(body)
	if !slices.EqualFunc(record.Events, want, func(got []byte, f event.Checked) bool { return bytes.Equal(got, f.Raw) }) {
		t.Errorf("events %x, want %x", record.Events, want)
	}
	for name, want := range map[string]string{"Access-Control-Allow-Origin": "https://shop.example", "Vary": "Origin", "Access-Control-Expose-Headers": "Retry-After",
		"Cache-Control": "no-store", "Content-Type": "application/json"} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// TestEventsAnswers goes through every status that a batch is answered with.
func TestEventsAnswers(t *testing.T) {
	for _, c := range []struct {
		name   string
		body   []byte
		header []string
		status int
		kept   int
	}{
		{"a batch", batch(1), nil, 202, 1},
		{"as msgpack", batch(1), []string{"Content-Type", "application/msgpack"}, 202, 1},
		{"in capitals", batch(1), []string{"Content-Type", "Text/Plain"}, 202, 1},
		{"as JSON", batch(1), []string{"Content-Type", "application/json"}, 415, 0},
		{"as a form", batch(1), []string{"Content-Type", "application/x-www-form-urlencoded"}, 415, 0},
		{"as nothing", batch(1), []string{"Content-Type", ""}, 415, 0},
		{"compressed", batch(1), []string{"Content-Encoding", "gzip"}, 415, 0},
		{"identical", batch(1), []string{"Content-Encoding", "identity"}, 202, 1},
		{"with GPC", batch(1), []string{"Sec-GPC", "1"}, 204, 0},
		{"with DNT", batch(1), []string{"DNT", "1"}, 204, 0},
		{"with DNT: 0", batch(1), []string{"DNT", "0"}, 202, 1},
		{"without an origin", batch(1), []string{"Origin", ""}, 403, 0},
		{"from null", batch(1), []string{"Origin", "null"}, 403, 0},
		{"from an unknown site", batch(1), []string{"Origin", "https://evil.example"}, 403, 0},
		{"from the same name without encryption", batch(1), []string{"Origin", "http://shop.example"}, 403, 0},
		{"from another port", batch(1), []string{"Origin", "https://shop.example:8443"}, 403, 0},
		{"from a name that begins alike", batch(1), []string{"Origin", "https://shop.example.evil.example"}, 403, 0},
		{"from the edge's own pages", batch(1), []string{"Origin", "https://example.com"}, 202, 1},
		{"from its own name, of another kind", batch(1), []string{"Origin", "chrome-extension://example.com"}, 403, 0},
		{"nothing", nil, nil, 400, 0},
		{"text", []byte(`{"events":[]}`), nil, 400, 0},
		{"no events", batch(0), nil, 400, 0},
		{"50 events", batch(50), nil, 202, 1},
		{"51 events", batch(51), nil, 400, 0},
		{"cut short", batch(3)[:100], nil, 400, 0},
		{"64 KB of something", make([]byte, event.MaxBody), nil, 400, 0},
		{"a byte more", make([]byte, event.MaxBody+1), nil, 413, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			var s memStore
			if w := post(newHandler(testConfig(), &s), "/v1/events", c.body, c.header...); w.Code != c.status || len(s.records) != c.kept {
				t.Errorf("= %d %q, %d kept, want %d, %d", w.Code, w.Body, len(s.records), c.status, c.kept)
			}
		})
	}
}

func TestMethodsAndRoutes(t *testing.T) {
	h := newHandler(testConfig(), new(memStore))
	for _, c := range []struct {
		method, path string
		status       int
		allow        string
	}{
		{"GET", "/healthz", 200, ""}, {"HEAD", "/healthz", 200, ""}, {"POST", "/healthz", 405, "GET, HEAD"},
		{"GET", "/v1/events", 405, "OPTIONS, POST"}, {"PUT", "/v1/events", 405, "OPTIONS, POST"}, {"DELETE", "/v1/erase", 405, "OPTIONS, POST"},
		{"OPTIONS", "/v1/events", 204, ""}, {"OPTIONS", "/v1/erase", 204, ""},
		{"POST", "/v1/events/", 404, ""}, {"POST", "/V1/events", 404, ""}, {"POST", "/v1/%65vents", 404, ""}, {"POST", "//v1/events", 404, ""}, {"GET", "/", 404, ""},
	} {
		r := httptest.NewRequest(c.method, c.path, nil)
		r.Header.Set("Origin", "https://shop.example")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != c.status || w.Header().Get("Allow") != c.allow {
			t.Errorf("%s %s = %d, Allow %q, want %d, %q", c.method, c.path, w.Code, w.Header().Get("Allow"), c.status, c.allow)
		}
		if c.method == "OPTIONS" && (w.Header().Get("Access-Control-Allow-Methods") != "POST" || w.Header().Get("Access-Control-Allow-Headers") != "Content-Type") {
			t.Errorf("OPTIONS %s: %v", c.path, w.Header())
		}
	}
	r := httptest.NewRequest("OPTIONS", "/v1/events", nil)
	r.Header.Set("Origin", "https://evil.example")
	w := httptest.NewRecorder()
	if h.ServeHTTP(w, r); w.Code != 403 || w.Header().Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("an unknown site's preflight = %d %v", w.Code, w.Header())
	}
}
