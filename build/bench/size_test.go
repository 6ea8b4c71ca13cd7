package main

import (
	"math/rand/v2"
	"testing"
	"testing/fstest"
)

// TestFirstVisitsAddUpWhatTheyDownload: noise does not shrink and zeros do, so
// that the sums are known.
func TestFirstVisitsAddUpWhatTheyDownload(t *testing.T) {
	site := fstest.MapFS{
		"a/00.app.js": {Data: noise(1000)}, "a/00.app.js.br": {Data: noise(990)}, "for-you.html": {Data: make([]byte, 5000)},
		"v1/a/00.bundle": {Data: noise(3000)}, "movie/1.html": {Data: noise(99)},
	}
	list := `{"app": ["a/*.app.js", "for-you.html", "v1/a/*.bundle"], "widget": ["v1/a/*.bundle"]}`
	got, err := firstVisits(site, []byte(list))
	if err != nil {
		t.Fatal(err)
	}
	if app := got[0].Measured; app < 4 || app > 4.1 {
		t.Errorf("a first visit to the app: %v KB, want 4 and what brotli makes of zeros", app)
	}
	if widget := got[3].Measured; widget != 3 {
		t.Errorf("a first visit to a page with the widget: %v KB, want 3", widget)
	}
	site["a/01.app.js"] = &fstest.MapFile{Data: noise(1500)}
	if got, err := firstVisits(site, []byte(list)); err != nil || got[0].Measured < 4.5 || got[0].Measured > 4.6 {
		t.Errorf("of two files that one pattern fits the larger counts: %v, %v", got, err)
	}
	delete(site, "v1/a/00.bundle")
	if _, err := firstVisits(site, []byte(`{"widget": ["v1/a/*.bundle"]}`)); err == nil {
		t.Error("a file that is not there was added up")
	}
}

// noise returns n bytes that brotli cannot shrink.
func noise(n int) []byte {
	rng := rand.New(rand.NewPCG(1, uint64(n)))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(rng.Uint32())
	}
	return b
}
