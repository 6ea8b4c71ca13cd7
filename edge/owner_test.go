//go:build !js

package main

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// ownerStep is a request for the report. worker/tests/owner.test.mjs has the same.
type ownerStep struct {
	name, method, path string
	user, password     string // of a browser
	key                string // of a program
	status             int
	says               string
}

func TestOwner(t *testing.T) {
	c, dir := testChanger(t, writeKeys(t, oldKey, newKey))
	run := func(steps []ownerStep) {
		t.Helper()
		for _, s := range steps {
			r := httptest.NewRequest(s.method, s.path, nil)
			if s.password != "" {
				r.SetBasicAuth(s.user, s.password)
			}
			if s.key != "" {
				r.Header.Set("Authorization", "Bearer "+s.key)
			}
			w := httptest.NewRecorder()
			c.ServeHTTP(w, r)
			if w.Code != s.status || !strings.Contains(w.Body.String(), s.says) {
				t.Errorf("%s: %s %s = %d %q, want %d %q", s.name, s.method, s.path, w.Code, w.Body, s.status, s.says)
			}
			h := w.Header()
			if strings.Contains(w.Body.String(), oldKey) || h.Get("Cache-Control") != "no-store" {
				t.Errorf("%s: it may be kept, or shows a key: %v %q", s.name, h, w.Body)
			}
			if asks := strings.HasPrefix(h.Get("WWW-Authenticate"), "Basic "); asks != (s.status == 401) {
				t.Errorf("%s: %d, and the browser asks for a password: %v", s.name, s.status, asks)
			}
			if s.status == 200 && !strings.Contains(h.Get("Content-Security-Policy"), "default-src 'none'") {
				t.Errorf("%s: the page may load what it likes: %v", s.name, h)
			}
		}
	}
	run([]ownerStep{{"before there is a report", "GET", "/owner", "me", oldKey, "", 404, "go run ./build report"}})
	if err := os.WriteFile(filepath.Join(dir, ownerPage), []byte("<!doctype html>figures"), 0o600); err != nil {
		t.Fatal(err)
	}
	run([]ownerStep{
		{"the key in use", "GET", "/owner", "me", oldKey, "", 200, "figures"},
		{"the next one, and no name", "GET", "/owner", "", newKey, "", 200, "figures"},
		{"a program", "GET", "/owner", "", "", oldKey, 200, "figures"},
		{"no key", "GET", "/owner", "", "", "", 401, "any name will do"},
		{"another key", "GET", "/owner", "me", strings.Repeat("c3", 32), "", 401, "any name will do"},
		{"a part of a key", "GET", "/owner", "me", oldKey[:63], "", 401, "any name will do"},
		{"the key as the name", "GET", "/owner", oldKey, "x", "", 401, "any name will do"},
		{"another method", "POST", "/owner", "me", oldKey, "", 405, "only GET"},
	})
	for _, path := range []string{"/owner.html", "/v1/owner.html", "/%6fwner", "/owner/", "/v1/../owner.html"} {
		if w := ask(c, "GET", path, oldKey, ""); w.Code == 200 || strings.Contains(w.Body.String(), "figures") {
			t.Errorf("%s = %d %q: the report has one address", path, w.Code, w.Body)
		}
	}
}

// TestABrowsersPasswordChangesNothing: what a browser sends by itself must not change
// the overlay, or any page could.
func TestABrowsersPasswordChangesNothing(t *testing.T) {
	c, _ := testChanger(t, writeKeys(t, oldKey))
	r := httptest.NewRequest("PUT", "/v1/live", strings.NewReader(`{"items":{"a":{"hidden":true}}}`))
	r.SetBasicAuth("me", oldKey)
	w := httptest.NewRecorder()
	if c.ServeHTTP(w, r); w.Code != 401 {
		t.Errorf("PUT /v1/live with a browser's password = %d %q, want 401", w.Code, w.Body)
	}
}

// TestOwnerWithoutAKey: an edge without keys shows no one the report.
func TestOwnerWithoutAKey(t *testing.T) {
	c, dir := testChanger(t, "")
	if err := os.WriteFile(filepath.Join(dir, ownerPage), []byte("figures"), 0o600); err != nil {
		t.Fatal(err)
	}
	if w := ask(c, "GET", "/owner", oldKey, ""); w.Code != 403 || !strings.Contains(w.Body.String(), keyFlag) {
		t.Errorf("GET /owner = %d %q, want 403 and the flag", w.Code, w.Body)
	}
}
