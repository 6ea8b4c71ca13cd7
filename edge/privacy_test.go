//go:build !js

package main

import (
	"bytes"
	"crypto/sha256"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"sparrow/wasm/event"
)

func TestErase(t *testing.T) {
	secret := []byte("0123456789abcdef")
	sum := sha256.Sum256(secret)
	for _, header := range [][]string{nil, {"Sec-GPC", "1"}, {"DNT", "1"}, {"Content-Type", ""}, {"Content-Type", "application/octet-stream"}} {
		var s memStore
		if w := post(newHandler(testConfig(), &s), "/v1/erase", secret, header...); w.Code != 202 || w.Header().Get("Access-Control-Allow-Origin") != "https://shop.example" {
			t.Errorf("%q: %d %q %v", header, w.Code, w.Body, w.Header())
		}
		record := s.only(t)
		if record.Erase == nil || *record.Erase != event.Visitor(sum[:16]) || record.Received != noon {
			t.Errorf("%q: record %+v", header, record)
		}
		if bytes.Contains(s.records[0], secret) {
			t.Error("the secret is kept")
		}
	}
	for _, c := range []struct {
		body   []byte
		header []string
		status int
	}{
		{nil, nil, 400}, {secret[:15], nil, 400}, {append(secret, 'x'), nil, 413}, {secret, []string{"Origin", "null"}, 403},
		{secret, []string{"Content-Encoding", "gzip"}, 415},
	} {
		var s memStore
		if w := post(newHandler(testConfig(), &s), "/v1/erase", c.body, c.header...); w.Code != c.status || len(s.records) > 0 {
			t.Errorf("%q %q = %d, %d kept, want %d", c.body, c.header, w.Code, len(s.records), c.status)
		}
	}
}

// TestNothingOfTheSenderIsKept sends a mark in every header and in the address,
// and looks for it in what is stored, of good batches, bad ones and erasures.
func TestNothingOfTheSenderIsKept(t *testing.T) {
	const mark = "CANARY"
	var s memStore
	config := testConfig()
	senders := trusting(t, "X-Forwarded-For")
	tags := newTagger(t.TempDir(), time.Now, func(err error) { t.Error(err) })
	config.network = func(r *http.Request) event.Network { return tags.tag(senders.of(r)) }
	h := newHandler(config, &s)
	for path, body := range map[string][]byte{"/v1/events": batch(2), "/v1/erase": make([]byte, 16)} {
		r := httptest.NewRequest("POST", path+"?"+mark+"="+mark, bytes.NewReader(body))
		r.RemoteAddr = "198.51.100.77:4242"
		for _, name := range []string{"User-Agent", "Referer", "Cookie", "Authorization", "X-Forwarded-For", "Forwarded", "X-Real-Ip", "Cf-Connecting-Ip", "Cf-Ipcountry",
			"Accept-Language", "Accept", "Sec-Ch-Ua", "Sec-Ch-Ua-Platform", "From", "Via", "Etag", "If-None-Match", "X-Request-Id", "Traceparent"} {
			r.Header.Set(name, mark+" 198.51.100.77")
		}
		r.Header.Set("Origin", "https://shop.example")
		r.Header.Set("Content-Type", "text/plain; x="+mark)
		w := httptest.NewRecorder()
		if h.ServeHTTP(w, r); w.Code != 202 {
			t.Fatalf("%s = %d %q", path, w.Code, w.Body)
		}
	}
	if len(s.records) != 2 {
		t.Fatalf("%d records, want 2", len(s.records))
	}
	for _, record := range s.records {
		for _, trace := range []string{mark, "198.51", "\xc6\x33\x64\x4d", "4242", "shop.example"} {
			if bytes.Contains(record, []byte(trace)) {
				t.Errorf("%q is kept in %x", trace, record)
			}
		}
	}
}

// TestBodyIsReadToItsLimit: of an endless body only so much is read as shows
// that it is too long, whatever length is announced.
func TestBodyIsReadToItsLimit(t *testing.T) {
	for _, announced := range []int64{-1, 1 << 40, event.MaxBody + 1} {
		endless := &counter{}
		r := httptest.NewRequest("POST", "/v1/events", endless)
		r.ContentLength = announced
		r.Header.Set("Origin", "https://shop.example")
		r.Header.Set("Content-Type", "text/plain")
		w := httptest.NewRecorder()
		newHandler(testConfig(), new(memStore)).ServeHTTP(w, r)
		if w.Code != 413 || endless.n > event.MaxBody+1 {
			t.Errorf("announced %d: %d after %d bytes", announced, w.Code, endless.n)
		}
	}
}

// TestAnnouncedLengthTakesNoMemory: a sender who announces 65,000 bytes and sends
// three costs the edge 4 KB; a body that comes is whole, however long.
func TestAnnouncedLengthTakesNoMemory(t *testing.T) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range 100 {
		if _, err := announced(strings.NewReader("abc"), 65_000); err == nil {
			t.Fatal("a body that ends early is whole")
		}
	}
	runtime.ReadMemStats(&after)
	if got := after.TotalAlloc - before.TotalAlloc; got > 100*8<<10 {
		t.Errorf("100 bodies of 3 bytes take %d bytes, at most 8 KB each are allowed", got)
	}
	all := bytes.Repeat([]byte("0123456789"), event.MaxBody/10)
	for _, n := range []int{0, 1, 4095, 4096, 4097, 16384, 16385, 65_000} {
		if got, err := announced(bytes.NewReader(all), n); err != nil || !bytes.Equal(got, all[:n]) {
			t.Errorf("a body of %d bytes is read as %d, %v", n, len(got), err)
		}
	}
}

// TestBodyIsNotReadInVain: what is refused for its headers alone, or must not
// be kept, is not read; a gzip bomb is never unpacked.
func TestBodyIsNotReadInVain(t *testing.T) {
	for _, c := range []struct {
		name, value string
		status      int
	}{{"Content-Encoding", "gzip", 415}, {"Content-Encoding", "br, gzip", 415}, {"Content-Type", "application/json", 415}, {"Sec-Gpc", "1", 204}, {"Dnt", "1", 204}, {"Origin", "null", 403}} {
		endless := &counter{}
		r := httptest.NewRequest("POST", "/v1/events", endless)
		r.Header.Set("Origin", "https://shop.example")
		r.Header.Set("Content-Type", "text/plain")
		r.Header.Set(c.name, c.value)
		w := httptest.NewRecorder()
		newHandler(testConfig(), new(memStore)).ServeHTTP(w, r)
		if w.Code != c.status || endless.n > 0 {
			t.Errorf("%s: %s = %d after %d bytes, want %d after 0", c.name, c.value, w.Code, endless.n, c.status)
		}
	}
}

// counter is an endless body.
type counter struct{ n int }

func (c *counter) Read(b []byte) (int, error) { c.n += len(b); return len(b), nil }
