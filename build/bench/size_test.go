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
	got, err := firstVisits(site, []byte(list), packer{})
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
	if got, err := firstVisits(site, []byte(list), packer{}); err != nil || got[0].Measured < 4.5 || got[0].Measured > 4.6 {
		t.Errorf("of two files that one pattern fits the larger counts: %v, %v", got, err)
	}
	delete(site, "v1/a/00.bundle")
	if _, err := firstVisits(site, []byte(`{"widget": ["v1/a/*.bundle"]}`), packer{}); err == nil {
		t.Error("a file that is not there was added up")
	}
}

// TestTheSameBytesArePackedOnce, whatever the names of their files.
func TestTheSameBytesArePackedOnce(t *testing.T) {
	packs := packer{}
	for range 2 {
		if n, err := packs.packed(make([]byte, 5000)); err != nil || n > 100 {
			t.Errorf("5000 zeros are packed into %d bytes: %v", n, err)
		}
	}
	if n, err := packs.packed(noise(1000)); err != nil || n != 1000 {
		t.Errorf("noise is packed into %d bytes, want its own 1000: %v", n, err)
	}
	if len(packs) != 2 {
		t.Errorf("%d files were packed, want 2", len(packs))
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
