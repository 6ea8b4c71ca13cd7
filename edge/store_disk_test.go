//go:build !js

package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"sparrow/wasm/event"
)

// clock is a time that tests move.
type clock struct {
	lock sync.Mutex
	t    time.Time
}

func (c *clock) now() time.Time { c.lock.Lock(); defer c.lock.Unlock(); return c.t }

func (c *clock) add(d time.Duration) { c.lock.Lock(); defer c.lock.Unlock(); c.t = c.t.Add(d) }

func testClock() *clock { return &clock{t: time.Date(2026, 11, 23, 15, 30, 0, 0, time.UTC)} }

// openStore opens a store that the test closes.
func openStore(t testing.TB, folder string, now func() time.Time) *diskStore {
	t.Helper()
	s, err := newDiskStore(folder, now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// site is a record that is recognized by its site's name.
func site(name string) *event.Record {
	return &event.Record{Site: name, Received: noon, Sent: noon, Events: [][]byte{liked(len(name), noon)}}
}

// segmentFiles lists the segments below a folder.
func segmentFiles(t testing.TB, folder string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(folder, "events", "*", "*.seg"))
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// sites reads all segments below a folder: the sites of the records, sorted,
// and how many segments are torn.
func sites(t testing.TB, folder string) (names []string, torn int) {
	t.Helper()
	for _, name := range segmentFiles(t, folder) {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for record, err := range event.Segment(b) {
			switch {
			case errors.Is(err, event.ErrTorn):
				torn++
			case err != nil:
				t.Errorf("%s: %v", name, err)
			default:
				names = append(names, record.Site)
			}
		}
	}
	slices.Sort(names)
	return names, torn
}

func TestDiskStoreNamesItsFiles(t *testing.T) {
	folder, c := t.TempDir(), testClock()
	s := openStore(t, folder, c.now)
	for _, name := range []string{"a", "b"} {
		if err := s.Append(t.Context(), site(name)); err != nil {
			t.Fatal(err)
		}
	}
	c.add(time.Hour)
	s.Append(t.Context(), site("c"))
	c.add(9 * time.Hour)
	s.Append(t.Context(), site("d"))
	files := segmentFiles(t, folder)
	want := []string{"2026-11-23/15-20261123T153000Z-", "2026-11-23/16-20261123T153000Z-", "2026-11-24/01-20261123T153000Z-"}
	for i, w := range want {
		if len(files) != 3 || !strings.Contains(filepath.ToSlash(files[i]), w) {
			t.Fatalf("files %q, want three with %q", files, want)
		}
	}
	if names, torn := sites(t, folder); !slices.Equal(names, []string{"a", "b", "c", "d"}) || torn > 0 {
		t.Errorf("records %q, %d torn", names, torn)
	}
}

// TestDiskStoreIsDurableBeforeItSaysSo: a record can be read from the file as
// soon as Append has returned, by any reader.
func TestDiskStoreIsDurableBeforeItSaysSo(t *testing.T) {
	folder := t.TempDir()
	s := openStore(t, folder, time.Now)
	var group sync.WaitGroup
	var lock sync.Mutex
	for w := range 8 {
		group.Go(func() {
			for i := range 25 {
				name := strconv.Itoa(w) + "-" + strconv.Itoa(i)
				if err := s.Append(context.Background(), site(name)); err != nil {
					t.Error(err)
				}
				lock.Lock()
				if names, _ := sites(t, folder); !slices.Contains(names, name) {
					t.Errorf("%s is acknowledged and not there", name)
				}
				lock.Unlock()
			}
		})
	}
	group.Wait()
	if names, torn := sites(t, folder); len(names) != 200 || torn > 0 {
		t.Errorf("%d records, %d torn, want 200 and 0", len(names), torn)
	}
}

// TestDiskStoreCutAnywhere stops the store at every byte of what it wrote, as a
// power cut would: whatever had been acknowledged by then can be read, the rest
// is one torn tail, and a store that is opened on what is left loses nothing of
// it.
func TestDiskStoreCutAnywhere(t *testing.T) {
	folder := t.TempDir()
	s := openStore(t, folder, time.Now)
	type acknowledged struct{ size, records int }
	var acks []acknowledged
	for i := range 4 {
		if err := s.Append(t.Context(), site(strings.Repeat("x", i+1))); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(segmentFiles(t, folder)[0])
		if err != nil {
			t.Fatal(err)
		}
		acks = append(acks, acknowledged{int(info.Size()), i + 1})
	}
	whole, err := os.ReadFile(segmentFiles(t, folder)[0])
	if err != nil {
		t.Fatal(err)
	}
	for n := range len(whole) + 1 {
		want := 0
		tail := n > 0
		for _, a := range acks {
			if a.size <= n {
				want = a.records
				tail = a.size < n
			}
		}
		left := t.TempDir()
		day := filepath.Join(left, "events", "2026-11-23")
		if err := errors.Join(os.MkdirAll(day, 0o755), os.WriteFile(filepath.Join(day, "15-before.seg"), whole[:n], 0o644)); err != nil {
			t.Fatal(err)
		}
		if names, torn := sites(t, left); len(names) != want || (torn == 1) != tail {
			t.Fatalf("cut at %d: %d records and %d torn, want %d and %t", n, len(names), torn, want, tail)
		}
		if n%10 > 0 {
			continue // opening costs an fsync
		}
		next := openStore(t, left, time.Now)
		if err := next.Append(t.Context(), site("next")); err != nil {
			t.Fatal(err)
		}
		next.Close()
		if names, _ := sites(t, left); len(names) != want+1 || names[0] != "next" {
			t.Fatalf("cut at %d and opened again: %q, want %d and the next", n, names, want)
		}
	}
}

// TestDiskStoreAfterAFailedWrite: a sender that was answered with an error may
// send again, and what was acknowledged stays.
func TestDiskStoreAfterAFailedWrite(t *testing.T) {
	folder := t.TempDir()
	s := openStore(t, folder, time.Now)
	if err := s.Append(t.Context(), site("a")); err != nil {
		t.Fatal(err)
	}
	s.current.Close() // behind its back: the next write fails, the one after begins a file
	if err := s.Append(t.Context(), site("lost")); err == nil {
		t.Fatal("a record is acknowledged without a file")
	}
	if err := s.Append(t.Context(), site("a2")); err != nil {
		t.Fatal(err)
	}
	if err := s.Roll(); err != nil {
		t.Fatal(err)
	}
	// The folder goes away: no file can be begun.
	events := filepath.Join(folder, "events")
	if err := os.Rename(events, events+".away"); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(events, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := s.Append(t.Context(), site("b")); err == nil {
		t.Fatal("a record is acknowledged without a disk")
	}
	if err := errors.Join(os.Remove(events), os.Rename(events+".away", events)); err != nil {
		t.Fatal(err)
	}
	if err := s.Append(t.Context(), site("c")); err != nil {
		t.Fatal(err)
	}
	if names, torn := sites(t, folder); !slices.Equal(names, []string{"a", "a2", "c"}) || torn > 0 {
		t.Errorf("records %q, %d torn, want a, a2 and c", names, torn)
	}
}

// TestDiskStoreDoesNotReadItsRecords: a wish wakes the sweeper because the
// record holds it. These bytes cannot be decoded, as 0xc1 begins no value: a
// store that read what it has just written would find no wish in them.
func TestDiskStoreDoesNotReadItsRecords(t *testing.T) {
	s := openStore(t, t.TempDir(), time.Now)
	if err := s.Append(t.Context(), site("a")); err != nil {
		t.Fatal(err)
	}
	if len(s.wishes.wake) != 0 {
		t.Error("a record without a wish wakes the sweeper")
	}
	unreadable := &event.Record{Site: "s", Received: noon, Events: [][]byte{{0xc1}}, Erase: &event.Visitor{7}}
	if err := s.Append(t.Context(), unreadable); err != nil {
		t.Fatal(err)
	}
	if len(s.wishes.wake) != 1 {
		t.Error("a wish does not wake the sweeper")
	}
}

func TestDiskStoreIsOnePerFolder(t *testing.T) {
	folder := t.TempDir()
	s := openStore(t, folder, time.Now)
	if second, err := newDiskStore(folder, time.Now); err == nil {
		second.Close()
		t.Error("a second store opens on the same folder")
	}
	s.Close()
	if err := s.Append(t.Context(), site("late")); !errors.Is(err, errClosed) {
		t.Errorf("Append after Close = %v, want errClosed", err)
	}
	second, err := newDiskStore(folder, time.Now)
	if err != nil {
		t.Fatalf("after Close: %v", err)
	}
	second.Close()
}

// BenchmarkDiskStore measures what the shared fsync saves.
func BenchmarkDiskStore(b *testing.B) {
	for _, writers := range []int{1, 64} {
		b.Run("writers="+strconv.Itoa(writers), func(b *testing.B) {
			s := openStore(b, b.TempDir(), time.Now)
			record := site("bench")
			b.SetParallelism(writers)
			b.RunParallel(func(p *testing.PB) {
				for p.Next() {
					if err := s.Append(context.Background(), record); err != nil {
						b.Error(err)
					}
				}
			})
		})
	}
}
