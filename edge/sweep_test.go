//go:build !js

package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"sparrow/wasm/event"
)

// visitorOf returns the visitor of a secret.
func visitorOf(secret string) event.Visitor {
	sum := sha256.Sum256([]byte(secret))
	return event.Visitor(sum[:16])
}

// likedBy is a good event of a visitor.
func likedBy(v event.Visitor, n int) []byte {
	e := event.Event{ID: id(n), Kind: event.Like, At: noon, Visitor: v, Session: id(9999), Item: "318"}
	return e.Append(nil)
}

// holding counts the files below a folder that hold some bytes. A file that a
// sweeper renames or deletes meanwhile holds none.
func holding(t *testing.T, folder string, what []byte) (files int) {
	t.Helper()
	err := filepath.WalkDir(folder, func(name string, entry os.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		b, err := os.ReadFile(name)
		if errors.Is(err, os.ErrNotExist) {
			return nil
		}
		if bytes.Contains(b, what) {
			files++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestErasureReachesTheDisk: events and dead letters of a visitor are gone from
// the disk after their wish, also those of earlier processes, and what was under
// way at that moment never gets there; other visitors' stay.
func TestErasureReachesTheDisk(t *testing.T) {
	const secret, other = "0123456789abcdef", "fedcba9876543210"
	gone, stays := visitorOf(secret), visitorOf(other)
	folder := t.TempDir()
	received := int64(noon)
	c := testConfig()
	c.now = func() int64 { received++; return received }
	dead := bytes.Replace(likedBy(gone, 3), []byte("like"), []byte("lick"), 1)
	b := event.Batch{Sent: noon, Events: [][]byte{likedBy(gone, 1), likedBy(stays, 2), dead}}

	earlier := openStore(t, folder, time.Now)
	post(newHandler(c, earlier), "/v1/events", b.Append(nil))
	earlier.Close()
	disk := openStore(t, folder, time.Now)
	h := newHandler(c, disk)
	post(h, "/v1/events", b.Append(nil))
	if n := holding(t, folder, gone[:]); n != 2 {
		t.Fatalf("%d files hold the visitor before the wish, want 2", n)
	}
	if w := post(h, "/v1/erase", []byte(secret)); w.Code != 202 {
		t.Fatalf("erase = %d %q", w.Code, w.Body)
	}
	s := sweeper{disk, 90 * 24 * time.Hour, func(err error) { t.Error(err) }}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	go s.run(ctx)
	for deadline := time.Now().Add(20 * time.Second); holding(t, folder, likedBy(gone, 1))+holding(t, folder, dead) > 0; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the visitor's events are never deleted")
		}
	}
	if n := holding(t, folder, gone[:]); n != 1 {
		t.Errorf("%d files hold the visitor's id, want 1, the wish", n)
	}
	if n := holding(t, folder, likedBy(stays, 2)); n != 2 {
		t.Errorf("%d files hold the other visitor's event, want 2", n)
	}
	lateDead := bytes.Replace(likedBy(gone, 10), []byte("like"), []byte("lick"), 1)
	late := event.Batch{Sent: noon, Events: [][]byte{likedBy(gone, 9), lateDead, likedBy(stays, 11)}}
	if w := post(h, "/v1/events", late.Append(nil)); w.Code != 202 || w.Body.String() != "{\"stored\":1,\"dead\":0}\n" {
		t.Errorf("a batch that was under way = %d %q", w.Code, w.Body)
	}
	late.Events = late.Events[:2]
	if w := post(h, "/v1/events", late.Append(nil)); w.Code != 202 || w.Body.String() != "{\"stored\":0,\"dead\":0}\n" {
		t.Errorf("a batch of theirs alone = %d %q", w.Code, w.Body)
	}
	if n := holding(t, folder, gone[:]); n != 1 {
		t.Errorf("%d files hold the visitor's id after late batches, want 1, the wish", n)
	}
	if n := holding(t, folder, likedBy(stays, 11)); n != 1 {
		t.Errorf("%d files hold the other visitor's late event, want 1", n)
	}
}

// TestSweepTakesNothingElse: the file that is written to, others' torn tails
// and files that are no segments stay; what a broken-off rewriting left goes.
func TestSweepTakesNothingElse(t *testing.T) {
	folder, c := t.TempDir(), testClock()
	disk := openStore(t, folder, c.now)
	day := filepath.Join(folder, "events", "2026-11-22")
	torn := append(event.AppendSegment(nil, encode(*site("a"))), 0xc4, 50, 1)
	if err := errors.Join(os.MkdirAll(day, 0o755), os.WriteFile(filepath.Join(day, "01-torn.seg"), torn, 0o644),
		os.WriteFile(filepath.Join(day, "note.txt"), []byte("x"), 0o644), os.WriteFile(filepath.Join(day, "02-x.seg.part"), []byte("x"), 0o644)); err != nil {
		t.Fatal(err)
	}
	if err := disk.Append(t.Context(), site("b")); err != nil {
		t.Fatal(err)
	}
	s := sweeper{disk, 90 * 24 * time.Hour, nil}
	if err := s.sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(filepath.Join(day, "01-torn.seg")); err != nil || !bytes.Equal(b, torn) {
		t.Errorf("the torn segment is %x, %v", b, err)
	}
	if _, err := os.Stat(filepath.Join(day, "note.txt")); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(day, "02-x.seg.part")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the rest of a rewriting: %v", err)
	}
	if names, _ := sites(t, folder); len(names) != 2 {
		t.Errorf("records %q, want a and b", names)
	}
}

// TestSweepDeletesOldDays keeps 2 days: the day before yesterday is kept, as
// its last hour may be younger than that.
func TestSweepDeletesOldDays(t *testing.T) {
	folder, c := t.TempDir(), testClock()
	disk := openStore(t, folder, c.now)
	for range 5 {
		disk.Append(t.Context(), site("x"))
		c.add(24 * time.Hour)
	}
	s := sweeper{disk, 48 * time.Hour, nil}
	if err := s.sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	left, err := filepath.Glob(filepath.Join(folder, "events", "*"))
	if err != nil || len(left) != 2 || filepath.Base(left[0]) != "2026-11-26" || filepath.Base(left[1]) != "2026-11-27" {
		t.Errorf("on 2026-11-28 there are %q, %v, want 2026-11-26 and 2026-11-27", left, err)
	}
}

// TestSweepWhileOthersWrite: nothing is lost when visitors are forgotten while
// requests come in.
func TestSweepWhileOthersWrite(t *testing.T) {
	folder := t.TempDir()
	disk := openStore(t, folder, time.Now)
	s := sweeper{disk, 90 * 24 * time.Hour, nil}
	gone := visitorOf("0123456789abcdef")
	done := make(chan struct{})
	go func() {
		defer close(done)
		for i := range 100 {
			r := &event.Record{Site: "s", Received: noon, Sent: noon, Events: [][]byte{liked(i, noon), likedBy(gone, i)}}
			if err := disk.Append(context.Background(), r); err != nil {
				t.Error(err)
			}
		}
	}()
	wish := &event.Record{Site: "s", Received: noon + 1, Erase: &gone}
	if err := disk.Append(t.Context(), wish); err != nil {
		t.Fatal(err)
	}
	for writing := true; writing; {
		select {
		case <-done:
			writing = false
		default:
		}
		if err := s.sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	events := 0
	for _, name := range segmentFiles(t, folder) {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for record, err := range event.Segment(b) {
			if err != nil {
				t.Error(err)
			}
			events += len(record.Events)
		}
	}
	if n := holding(t, folder, gone[:]); events != 100 || n != 1 {
		t.Errorf("%d events are left and %d files hold the visitor, want 100 and the wish", events, n)
	}
}
