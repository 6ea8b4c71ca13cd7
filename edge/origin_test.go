//go:build !js

package main

import (
	"bytes"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestAStrangersNameIsNotSelf: a page of a name that its owner has pointed here
// has that name for its origin and its host. It is refused, with what to do if
// the name is no stranger's.
func TestAStrangersNameIsNotSelf(t *testing.T) {
	config := testConfig()
	var err error
	if config.hosts, err = parseHosts([]string{"Movies.example", "other.example:8443"}); err != nil {
		t.Fatal(err)
	}
	var said []string
	config.refused = func(err error) { said = append(said, err.Error()) }
	for host, want := range map[string]int{
		"localhost": 202, "localhost:8080": 202, "app.localhost:8080": 202, "127.0.0.1:8080": 202, "[::1]:8080": 202, "192.168.1.5": 202, "[2001:db8::1]": 202,
		"movies.example": 202, "MOVIES.example:443": 202, "movies.example.": 202, "other.example": 202,
		"evil.example": 403, "evil.example:8080": 403, "localhost.evil.example": 403, "127.0.0.1.evil.example": 403, "movies.example.evil.example": 403, "evilmovies.example": 403, "xlocalhost": 403,
	} {
		var s memStore
		for path, body := range map[string][]byte{"/v1/events": batch(1), "/v1/erase": make([]byte, 16)} {
			r := httptest.NewRequest("POST", path, bytes.NewReader(body))
			r.Host = host
			r.Header.Set("Origin", "https://"+host)
			r.Header.Set("Content-Type", "text/plain")
			w := httptest.NewRecorder()
			newHandler(config, &s).ServeHTTP(w, r)
			if w.Code != want || (want == 403) != strings.Contains(w.Body.String(), "--host \"") {
				t.Errorf("%s of host %s = %d %q, want %d", path, host, w.Code, w.Body, want)
			}
		}
	}
	if len(said) != 14 || !strings.Contains(strings.Join(said, "\n"), `start it with --host "evil.example`) {
		t.Errorf("it says %q", said)
	}
	r := httptest.NewRequest("POST", "/v1/events", bytes.NewReader(batch(1)))
	r.Host = "evil.example"
	r.Header.Set("Origin", "https://shop.example") // a page that may send, through a name that is not known
	r.Header.Set("Content-Type", "text/plain")
	w := httptest.NewRecorder()
	if newHandler(config, new(memStore)).ServeHTTP(w, r); w.Code != 202 {
		t.Errorf("a page of the list = %d %q", w.Code, w.Body)
	}
	for _, bad := range []string{"", "https://movies.example", "movies.example/", "*.example", "u@movies.example", ":8080"} {
		if h, err := parseHosts([]string{bad}); err == nil {
			t.Errorf("parseHosts(%q) = %v, want an error", bad, h)
		}
	}
}

func TestParseOrigins(t *testing.T) {
	got, err := parseOrigins([]string{"https://shop.example=shop", " http://localhost:3000=dev "})
	if err != nil || len(got) != 2 || got["https://shop.example"] != "shop" || got["http://localhost:3000"] != "dev" {
		t.Errorf("parseOrigins = %v, %v", got, err)
	}
	for _, bad := range []string{"", "shop", "https://shop.example", "https://shop.example=", "https://shop.example=self", "shop.example=shop", "ftp://shop.example=shop",
		"https://shop.example/=shop", "https://shop.example/x=shop", "https://Shop.example=shop", "https://*.example=shop", "https://u@shop.example=shop", "https://s.example=" + strings.Repeat("x", 65)} {
		if o, err := parseOrigins([]string{bad}); err == nil {
			t.Errorf("parseOrigins(%q) = %v, want an error", bad, o)
		}
	}
	if _, err := parseOrigins([]string{"https://a.example=a", "https://a.example=b"}); err == nil {
		t.Error("one origin with two names is accepted")
	}
}
