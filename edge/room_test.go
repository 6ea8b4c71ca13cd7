//go:build !js

package main

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sparrow/wasm/event"
)

// TestQuota: beyond the quota feedback is refused for longer than a moment, the
// store is not ready and says why, a wish to be forgotten is taken, nothing is
// deleted; and what makes room is noticed.
func TestQuota(t *testing.T) {
	folder, clock := t.TempDir(), testClock()
	s := openStore(t, folder, clock.now)
	s.room.quota = 100_000
	stored := 0
	var err error
	for ; stored < 1000; stored++ {
		if err = s.Append(t.Context(), site("shop")); err != nil {
			break
		}
	}
	used, _ := held(folder)
	if err == nil || used > 100_000 || used < 90_000 || !strings.Contains(err.Error(), "--feedback-quota") {
		t.Fatalf("of a quota of 100,000 bytes %d are used, and the next record gives %v", used, err)
	}
	var said error
	c := testConfig()
	c.failed, c.stores = func(err error) { said = err }, s.Ready
	h := newHandler(c, s)
	if w := post(h, "/v1/events", batch(50)); w.Code != 503 || w.Header().Get("Retry-After") != "600" || said == nil {
		t.Errorf("events = %d %v, says %v; want 503, in ten minutes again", w.Code, w.Header(), said)
	}
	if w := get(h, "/readyz"); w != 503 {
		t.Errorf("/readyz = %d, want 503", w)
	}
	if w := get(h, "/healthz"); w != 200 {
		t.Errorf("/healthz = %d, want 200", w)
	}
	visitor := event.Visitor{1}
	if err := s.Append(t.Context(), &event.Record{Site: "shop", Received: noon, Erase: &visitor}); err != nil {
		t.Errorf("a wish is refused: %v", err)
	}
	if names, torn := sites(t, folder); len(names) != stored+1 || torn > 0 {
		t.Errorf("%d records are there, %d torn, want %d and the wish", len(names), torn, stored)
	}
	s.Roll()
	for _, name := range segmentFiles(t, folder) {
		os.Remove(name)
	}
	clock.add(measureFull + time.Second)
	if err := s.Append(t.Context(), site("shop")); err != nil {
		t.Errorf("with room again: %v", err)
	}
	if w := get(h, "/readyz"); w != 200 {
		t.Errorf("with room again /readyz = %d", w)
	}
}

func get(h http.Handler, path string) int {
	r, _ := http.NewRequest("GET", path, nil)
	w := &status{header: http.Header{}}
	h.ServeHTTP(w, r)
	return w.code
}

// status is a response of which its code is of interest.
type status struct {
	header http.Header
	code   int
}

func (s *status) Header() http.Header         { return s.header }
func (s *status) WriteHeader(code int)        { s.code = code }
func (s *status) Write(b []byte) (int, error) { return len(b), nil }

func TestSize(t *testing.T) {
	for text, want := range map[string]size{"0": 0, "10GB": 10e9, "500MB": 500e6, "1.5 tb": 1.5e12, "64k": 64e3, "7": 7, "7B": 7} {
		var s size
		if err := s.UnmarshalText([]byte(text)); err != nil || s != want {
			t.Errorf("%q is %d, %v, want %d", text, s, err, want)
		}
	}
	for _, text := range []string{"", "GB", "-1GB", "10XB", "10GBGB", "NaN", "1e30", "10 apples"} {
		var s size
		if err := s.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q is taken for %d", text, s)
		}
	}
}

// TestVanishedFolder deletes the folder of an edge that runs, and puts another in
// its place: neither is written to, what comes is answered with 503, and once the
// folder is back it is stored.
func TestVanishedFolder(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "feedback")
	origin, _ := startEdge(t, "--feedback", folder, "--rate", "0")
	ask := func() int {
		t.Helper()
		response, err := send(origin, bytes.NewReader(batch(1)))
		if err != nil {
			t.Fatal(err)
		}
		return response.StatusCode
	}
	ready := func() int {
		t.Helper()
		response, err := http.Get(origin + "/readyz")
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		return response.StatusCode
	}
	if got := ask(); got != 202 {
		t.Fatalf("at first = %d", got)
	}
	aside := folder + ".aside"
	if err := os.Rename(folder, aside); err != nil {
		t.Fatal(err)
	}
	if got := ask(); got != 503 {
		t.Errorf("without the folder = %d, want 503", got)
	}
	if got := ready(); got != 503 {
		t.Errorf("without the folder /readyz = %d, want 503", got)
	}
	if _, err := os.Stat(folder); err == nil {
		t.Error("a folder was made in its place")
	}
	if err := os.MkdirAll(filepath.Join(folder, "events"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "lock"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := ask(); got != 503 || len(segmentFiles(t, folder)) > 0 {
		t.Errorf("with another folder in its place = %d, %q; want 503 and nothing written", got, segmentFiles(t, folder))
	}
	if err := os.Rename(folder, folder+".other"); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(aside, folder); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(20 * time.Second); ask() != 202; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the folder is back, and feedback is still refused")
		}
	}
	if names, _ := sites(t, folder); len(names) != 2 {
		t.Errorf("%d records are there, want the first and the last", len(names))
	}
}

// TestVanishedSegment deletes the segment that is being written, which the store
// would otherwise go on writing to.
func TestVanishedSegment(t *testing.T) {
	folder := t.TempDir()
	s := openStore(t, folder, testClock().now)
	if err := s.Append(t.Context(), site("a")); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Dir(segmentFiles(t, folder)[0])); err != nil {
		t.Fatal(err)
	}
	if err := s.Append(t.Context(), site("b")); err == nil {
		t.Error("what went into a deleted file is acknowledged")
	}
	if err := s.Append(t.Context(), site("c")); err != nil {
		t.Errorf("the next record: %v", err)
	}
	if names, _ := sites(t, folder); len(names) != 1 || names[0] != "c" {
		t.Errorf("%q are there, want c", names)
	}
}
