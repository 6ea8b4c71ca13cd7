package archive

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sparrow/build/feedback"
	"sparrow/wasm/catalog"
	"sparrow/wasm/event"
)

// noon is of 2025-11-24; the tests run on the day after that.
const noon = 1764000000000

var today = time.UnixMilli(noon).Add(24 * time.Hour)

// samples are the events of the event's own golden file, as an edge took them in.
func samples(t *testing.T) (events []feedback.Event) {
	t.Helper()
	text, err := os.ReadFile("../../wasm/event/testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct{ Hex string }
	if err := json.Unmarshal(text, &vectors); err != nil || len(vectors) < 18 {
		t.Fatalf("%d vectors, %v", len(vectors), err)
	}
	for i, v := range vectors {
		raw, _ := hex.DecodeString(v.Hex)
		e, err := event.Decode(raw)
		if err != nil {
			t.Fatal(err)
		}
		e.ID[15] = byte(i) // two of them share an id
		events = append(events, feedback.Event{Event: e, Site: "shop", Received: noon + int64(i), At: noon - 700, Network: event.Network{byte(i)}})
	}
	return events
}

// back makes the event of a row again.
func back(t *testing.T, x row) (e feedback.Event) {
	t.Helper()
	fill := func(dst []byte, digits string) {
		if n, err := hex.Decode(dst, []byte(digits)); err != nil || n != len(dst) {
			t.Fatalf("%q: %d bytes, %v", digits, n, err)
		}
	}
	fill(e.ID[:], x.ID)
	fill(e.Visitor[:], x.Visitor)
	fill(e.Session[:], x.Session)
	for dst, digits := range map[*string][]byte{x.Network: e.Network[:], x.Bundle: e.Bundle[:], x.Cause: e.Cause[:]} {
		if dst != nil {
			fill(digits, *dst)
		}
	}
	e.Site, e.Received, e.At, e.Kind, e.Seq = x.Site, x.Received, x.At, event.Kind(x.Kind), uint32(x.Seq)
	e.Event.At = x.At - x.Received + x.Sent // as the README says
	e.Item, e.Layer, e.Of = catalog.ID(value(x.Item)), value(x.Layer), event.Kind(value(x.Of))
	e.Stars, e.Value, e.Count = value(x.Stars), uint32(value(x.Value)), uint32(value(x.Count))
	copy(e.Currency[:], value(x.Currency))
	if x.List != nil {
		e.Place = &event.Place{List: *x.List, Position: uint16(value(x.Position)), Source: value(x.Source), Team: value(x.Team), Propensity: value(x.Propensity)}
	}
	for _, a := range x.Arms {
		e.Arms = append(e.Arms, event.Arm(a))
	}
	return e
}

func value[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

func mustWrite(t *testing.T, folder string, log *feedback.Log, want Report) {
	t.Helper()
	if r, err := Write(t.Context(), folder, log, today); err != nil || r != want {
		t.Fatalf("Write = %+v, %v; want %+v", r, err, want)
	}
}

// TestWrite: each field of each event comes back out of the file of its day; the
// day that is not over is in none.
func TestWrite(t *testing.T) {
	folder, events := t.TempDir(), samples(t)
	late := events[0]
	late.Received = today.UnixMilli()
	late.ID[0]++
	log := &feedback.Log{Events: append(events, late)}
	mustWrite(t, folder, log, Report{Written: 1, Events: len(events)})
	rows, err := read(filepath.Join(folder, "2025-11-24.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	var got []feedback.Event
	for _, x := range rows {
		got = append(got, back(t, x))
	}
	if diff := cmp.Diff(events, got); diff != "" {
		t.Errorf("read back (-want +got):\n%s", diff)
	}
	mustWrite(t, folder, log, Report{}) // nothing is new
}

// TestWriteAgain: late events are added, events whose segments are gone stay, and
// those of visitors who asked to be forgotten go from all days.
func TestWriteAgain(t *testing.T) {
	folder, events := t.TempDir(), samples(t)[:6]
	old := events[5]
	old.Received -= 100 * 24 * time.Hour.Milliseconds()
	old.Visitor = event.Visitor{5}
	mustWrite(t, folder, &feedback.Log{Events: append(events[:2:2], old)}, Report{Written: 2, Events: 3})
	events[2].Visitor = event.Visitor{6}
	mustWrite(t, folder, &feedback.Log{Events: events[1:4]}, Report{Written: 1, Events: 2})
	mustWrite(t, folder, &feedback.Log{Erased: map[event.Visitor]int64{{5}: 1, {6}: 1, {7}: 1}}, Report{Written: 1, Removed: 1, Forgotten: 2})
	rows, err := read(filepath.Join(folder, "2025-11-24.parquet"))
	if err != nil || len(rows) != 3 || rows[2].ID != hex.EncodeToString(events[3].ID[:]) {
		t.Errorf("%d rows, %v", len(rows), err)
	}
	files, _ := os.ReadDir(folder)
	if len(files) != 1 {
		t.Errorf("%d files are left", len(files))
	}
}

// TestDamaged: a file that cannot be read is neither replaced nor passed over, and
// what the error says to do helps.
func TestDamaged(t *testing.T) {
	folder, log := t.TempDir(), &feedback.Log{Events: samples(t)}
	path := filepath.Join(folder, "2025-11-24.parquet")
	for _, text := range []string{"", "PAR1", "PAR1 and what is no footer \xff\xff\xff\x7fPAR1"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Write(t.Context(), folder, log, today); err == nil || !strings.Contains(err.Error(), path+" cannot be read") || !strings.Contains(err.Error(), "move it away") {
			t.Errorf("Write beside %q: %v", text, err)
		}
	}
	if err := os.Rename(path, filepath.Join(folder, "old")); err != nil {
		t.Fatal(err)
	}
	mustWrite(t, folder, log, Report{Written: 1, Events: len(log.Events)})
}
