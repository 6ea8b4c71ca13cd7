//go:build !js

package main

import (
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

// TestStrangersAreNamed: the owner of a site that is not on the list hears once
// of each origin, with what to add, and its page may read why. What no browser
// writes is not named, and made-up origins are bounded, by the minute and day.
func TestStrangersAreNamed(t *testing.T) {
	config := testConfig()
	now := int64(1)
	config.now = func() int64 { return now }
	var said []string
	config.unknown = &strangers{say: func(origin string) { said = append(said, origin) }}
	h := newHandler(config, new(memStore))
	post := func(method, origin string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, "/v1/events", nil)
		r.Header.Set("Origin", origin)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != 403 {
			t.Errorf("%s from %q = %d, want 403", method, origin, w.Code)
		}
		return w
	}
	for range 3 {
		w := post("POST", "https://books.example:8443")
		if got := w.Header().Get("Access-Control-Allow-Origin"); got != "https://books.example:8443" || !strings.Contains(w.Body.String(), "from https://books.example:8443") {
			t.Errorf("a stranger's page reads %q (allowed for %q)", w.Body, got)
		}
	}
	if w := post("OPTIONS", "https://books.example:8443"); w.Header().Get("Access-Control-Allow-Origin") != "" {
		t.Error("a stranger's preflight passes")
	}
	for _, origin := range []string{"", "null", "https://", "https://a.example/path", "https://a\u202eb.example", "https://a\x1b[2J.example", "https://$(id).example", "https://a'b.example", "https://*.example", "chrome-extension://abc"} {
		if w := post("POST", origin); w.Header().Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("the page of origin %q may read the answer", origin)
		}
	}
	if want := []string{"https://books.example:8443"}; !slices.Equal(said, want) {
		t.Fatalf("it names %q, want %q", said, want)
	}
	for i := range 1000 {
		post("POST", fmt.Sprintf("https://a%d.example", i))
	}
	if len(said) != mostAtOnce {
		t.Errorf("it names %d strangers in a minute, want %d", len(said), mostAtOnce)
	}
	for i := range 1000 {
		now += minuteMs / 5
		post("POST", fmt.Sprintf("https://b%d.example", i))
	}
	if len(said) != mostStrangers {
		t.Errorf("it names %d strangers in a day, want %d", len(said), mostStrangers)
	}
	now += strangersForMs
	if post("POST", "https://books.example:8443"); len(said) != mostStrangers+1 {
		t.Error("a day later nothing is said")
	}
	if line := siteOf("https://" + strings.Repeat("x", 100)); len(line) != 64 {
		t.Errorf("a name of %d bytes, want 64", len(line))
	}
}
