//go:build !js

package main

import (
	"errors"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"sparrow/wasm/event"
)

// TestSegmentsEndBySize: a segment that cannot take a batch whole is ended, so
// that none is longer than maxSegment.
func TestSegmentsEndBySize(t *testing.T) {
	folder, c := t.TempDir(), testClock()
	disk := openStore(t, folder, c.now)
	const records = maxSegment/event.LongestRecord + 8
	for range records {
		r := &event.Record{Site: "s", Received: noon, Sent: noon, Dead: []event.DeadLetter{{Reason: "long", Raw: make([]byte, event.LongestRecord-100)}}}
		if err := disk.Append(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	files := segmentFiles(t, folder)
	if names, torn := sites(t, folder); len(files) != 2 || len(names) != records || torn > 0 {
		t.Errorf("%d files with %d records, %d torn, want 2 with %d", len(files), len(names), torn, records)
	}
	for _, name := range files {
		if info, err := os.Stat(name); err != nil || info.Size() > maxSegment {
			t.Errorf("%s has %d bytes, %v, at most %d are allowed", name, info.Size(), err, maxSegment)
		}
	}
}

// TestSweepNeedsLittleMemory: wishes of a thousand visitors, half of whom are
// in a segment of 96 MB, are carried out in one pass that allocates less than
// 16 MB, whatever wrote the segment.
func TestSweepNeedsLittleMemory(t *testing.T) {
	folder, c := t.TempDir(), testClock()
	disk := openStore(t, folder, c.now)
	day := filepath.Join(folder, "events", "2026-11-22")
	if err := os.MkdirAll(day, 0o755); err != nil {
		t.Fatal(err)
	}
	file, err := os.Create(filepath.Join(day, "01-long.seg"))
	if err != nil {
		t.Fatal(err)
	}
	visitor := func(n int) event.Visitor { return event.Visitor{1, 2, 3, byte(n >> 8), byte(n)} }
	letter := event.DeadLetter{Reason: "long", Raw: make([]byte, 60_000)}
	for i := range 1600 {
		r := event.Record{Site: "s", Received: noon, Sent: noon, Events: [][]byte{likedBy(visitor(i), i)}, Dead: []event.DeadLetter{letter}}
		if _, err := file.Write(event.AppendSegment(nil, encode(r))); err != nil {
			t.Fatal(err)
		}
	}
	file.Close()
	for i := range 1000 {
		v := visitor(i * 2)
		if err := disk.Append(t.Context(), &event.Record{Site: "s", Received: noon, Erase: &v}); err != nil {
			t.Fatal(err)
		}
	}
	s := sweeper{disk, 90 * 24 * time.Hour, nil}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if err := s.sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	// 800 records are written again: that is garbage, a record at a time.
	if got := after.TotalAlloc - before.TotalAlloc; got > 800*128<<10+16<<20 {
		t.Errorf("the sweep allocates %d MB", got>>20)
	}
	if got := int64(after.HeapSys) - int64(before.HeapSys); got > 16<<20 {
		t.Errorf("the sweep makes the heap %d MB larger", got>>20)
	}
	left := 0
	for record, err := range segment(t, file.Name()) {
		if err != nil {
			t.Fatal(err)
		}
		left += len(record.Events)
	}
	if left != 800 {
		t.Errorf("%d events are left, want 800", left)
	}
}

// segment reads the named segment.
func segment(t *testing.T, name string) iter.Seq2[event.Record, error] {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return event.Segment(b)
}

// TestMoreWishesThanFit: wishes beyond what memory holds are found in the log
// and carried out all the same.
func TestMoreWishesThanFit(t *testing.T) {
	folder, c := t.TempDir(), testClock()
	disk := openStore(t, folder, c.now)
	day := filepath.Join(folder, "events", "2026-11-22")
	first, last := event.Visitor{0xaa}, event.Visitor{0xbb}
	events := event.Record{Site: "s", Received: noon, Sent: noon, Events: [][]byte{likedBy(first, 1), likedBy(event.Visitor{0xcc}, 2), likedBy(last, 3)}}
	stored := event.AppendSegment(nil, encode(events))
	wish := func(v event.Visitor) {
		stored = event.AppendSegment(stored, encode(event.Record{Site: "s", Received: noon, Erase: &v}))
	}
	wish(first)
	for i := range 2*mostWishes + 10 {
		wish(event.Visitor{1, byte(i >> 16), byte(i >> 8), byte(i), 1})
	}
	wish(last)
	name := filepath.Join(day, "01-many.seg")
	if err := errors.Join(os.MkdirAll(day, 0o755), os.WriteFile(name, stored, 0o644)); err != nil {
		t.Fatal(err)
	}
	s := sweeper{disk, 90 * 24 * time.Hour, nil}
	if err := s.sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	for record, err := range segment(t, name) {
		if err != nil || len(record.Events) != 1 {
			t.Errorf("%d events are left in the first record, %v, want the one of another", len(record.Events), err)
		}
		break
	}
	if n := disk.wishes.young.Len() + disk.wishes.old.Len(); n > 2*mostWishes || n < mostWishes {
		t.Errorf("%d wishes are in memory, at most %d are allowed", n, 2*mostWishes)
	}
}

// TestARepeatedWishCostsNothing: the same visitor's second wish is promised and
// neither stored nor swept, until a day has passed.
func TestARepeatedWishCostsNothing(t *testing.T) {
	folder, c := t.TempDir(), testClock()
	disk := openStore(t, folder, c.now)
	wish := func(after time.Duration) int {
		r := &event.Record{Site: "s", Received: noon + after.Milliseconds(), Erase: &event.Visitor{1}}
		if err := disk.Append(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		names, _ := sites(t, folder)
		return len(names)
	}
	for after, want := range []int{1, 1, 1, 2} {
		if got := wish(time.Duration(after) * 8 * time.Hour); got != want {
			t.Errorf("after %d hours there are %d wishes, want %d", after*8, got, want)
		}
	}
}

// TestAFailingSweepGoesOn: a segment that cannot be read keeps the sweep from
// nothing else, ends nothing, and is read when it can be.
func TestAFailingSweepGoesOn(t *testing.T) {
	folder, c := t.TempDir(), testClock()
	disk := openStore(t, folder, c.now)
	gone := event.Visitor{1}
	if err := disk.Append(t.Context(), &event.Record{Site: "s", Received: noon, Sent: noon, Events: [][]byte{likedBy(gone, 1)}}); err != nil {
		t.Fatal(err)
	}
	loop := filepath.Join(filepath.Dir(segmentFiles(t, folder)[0]), "00-loop.seg")
	if err := os.Symlink(loop, loop); err != nil {
		t.Skip(err)
	}
	if err := disk.Append(t.Context(), &event.Record{Site: "s", Received: noon + 1, Erase: &gone}); err != nil {
		t.Fatal(err)
	}
	s := sweeper{disk, 90 * 24 * time.Hour, nil}
	if err := s.sweep(t.Context()); err == nil || !strings.Contains(err.Error(), "00-loop.seg") {
		t.Errorf("sweep = %v, want an error that names the segment", err)
	}
	if n := holding(t, filepath.Dir(loop), likedBy(gone, 1)); n != 0 {
		t.Errorf("%d other files still hold the visitor", n)
	}
	hidden := event.AppendSegment(nil, encode(event.Record{Site: "s", Received: noon, Sent: noon, Events: [][]byte{likedBy(gone, 2)}}))
	if err := errors.Join(os.Remove(loop), os.WriteFile(loop, hidden, 0o644)); err != nil {
		t.Fatal(err)
	}
	if err := s.sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := holding(t, folder, likedBy(gone, 2)); n != 0 {
		t.Error("what could not be read at first is never swept")
	}
}

// TestStrangersWishesMakeNoFiles: wishes that concern nothing leave the segment
// open that they stand in.
func TestStrangersWishesMakeNoFiles(t *testing.T) {
	folder, c := t.TempDir(), testClock()
	disk := openStore(t, folder, c.now)
	s := sweeper{disk, 90 * 24 * time.Hour, nil}
	for i := range 50 {
		r := &event.Record{Site: "s", Received: noon, Erase: &event.Visitor{byte(i), 1}}
		if err := errors.Join(disk.Append(t.Context(), r), s.sweep(t.Context())); err != nil {
			t.Fatal(err)
		}
	}
	if files := segmentFiles(t, folder); len(files) != 1 {
		t.Errorf("50 wishes make %d files, want 1", len(files))
	}
}
