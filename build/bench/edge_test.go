package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"sparrow/wasm/event"
)

// TestWeigh stores what an edge must not: of each kind of fault one event.
func TestWeigh(t *testing.T) {
	folder := t.TempDir()
	day := filepath.Join(folder, "events", "2026-11-23")
	if err := os.MkdirAll(day, 0o755); err != nil {
		t.Fatal(err)
	}
	const noon = 1764000000000
	var segment []byte
	put := func(d *device, received int64, raw ...[]byte) {
		r := event.Record{Site: "self", Received: received, Sent: received, Events: raw}
		segment = event.AppendSegment(segment, r.Append(nil))
	}
	stays, gone, stranger := newDevice(), newDevice(), newDevice()
	raw, ids := stays.events(noon)
	stays.sent, stays.kept = ids, ids
	put(stays, noon, raw[1:]...)          // the first is lost
	put(stays, noon+40*86400_000, raw[2]) // and one counts twice, as it comes 40 days later
	put(stays, noon, raw[3])              // this one does not: readers keep one
	raw, gone.sent = gone.events(noon)    // asked to be forgotten, and no wish is stored
	gone.kept, gone.gone = gone.sent[:1], true
	put(gone, noon, raw[0], raw[1])
	raw, _ = stranger.events(noon)
	put(stranger, noon, raw[0], raw[1], raw[2])
	if err := os.WriteFile(filepath.Join(day, "12-a.seg"), segment, 0o644); err != nil {
		t.Fatal(err)
	}
	got, _, err := weigh(context.Background(), folder, []*device{stays, gone})
	if want := (balance{confirmed: perBatch, lost: 1, doubled: 1, foreign: 3, forgotten: 2}); err != nil || got != want {
		t.Errorf("weigh = %+v, %v, want %+v", got, err, want)
	}
	for _, f := range got.figures("", "1") {
		if f.Reached() {
			t.Errorf("%q keeps its bar", f.Name)
		}
	}
}
