package feedback

import (
	"bytes"
	"context"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sparrow/wasm/event"
)

const (
	minute = int64(60_000)
	hour   = 60 * minute
	day    = 24 * hour
	noon   = int64(1_764_000_000_000) // a moment on the edge's clock
)

// id is a UUIDv7 that carries n.
func id(n int) (id event.ID) {
	binary.BigEndian.PutUint32(id[12:], uint32(n))
	id[6], id[8] = 0x70, 0x80
	return id
}

func visitor(n int) (v event.Visitor) {
	binary.BigEndian.PutUint32(v[12:], uint32(n))
	v[0] = 0xee
	return v
}

// click is event n of a visitor, at a moment of the device's clock.
func click(n, of int, at int64) event.Event {
	return event.Event{
		ID: id(n), Kind: event.Click, At: at, Visitor: visitor(of), Session: id(1000 + of), Seq: uint32(n),
		Item: "42", Place: &event.Place{List: "for-you", Position: 1, Source: "taste"},
	}
}

// record is what the edge keeps of a request that was received, and sent as
// the device says, then.
func record(received, sent int64, events ...event.Event) event.Record {
	r := event.Record{Site: "shop", Received: received, Sent: sent}
	for _, e := range events {
		r.Events = append(r.Events, e.Append(nil))
	}
	return r
}

func segment(records ...event.Record) (b []byte) {
	for _, r := range records {
		b = event.AppendSegment(b, r.Append(nil))
	}
	return b
}

// stored writes segments into a new folder.
func stored(t testing.TB, segments map[string][]byte) string {
	t.Helper()
	dir := t.TempDir()
	for name, b := range segments {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func open(t testing.TB, from string, o Options) (*Log, *Report) {
	t.Helper()
	l, r, err := Open(context.Background(), from, o)
	if err != nil {
		t.Fatal(err)
	}
	return l, r
}

// ids returns the numbers of events that id and click gave.
func ids(l *Log) (list []int) {
	for _, e := range l.Events {
		list = append(list, int(binary.BigEndian.Uint32(e.ID[12:])))
	}
	return list
}

func TestOpen(t *testing.T) {
	// The device's clock is a day behind: events are corrected by what it says of the sending.
	const behind = day
	lost := event.Event{ID: id(9), Kind: event.Dropped, At: noon - behind, Visitor: visitor(1), Session: id(1001), Seq: 9, Of: event.Impression, Count: 7}
	first := record(noon, noon-behind, click(2, 1, noon-behind-2*minute), click(1, 1, noon-behind-3*minute), lost)
	first.Dead = []event.DeadLetter{{Reason: "no item", Raw: []byte("x")}, {Reason: "no item", Raw: []byte("y")}}
	again := first // the reply was lost, and the batch was sent again
	again.Received += minute
	again.Sent += minute
	erase := visitor(3)
	dir := stored(t, map[string][]byte{
		"events/2026-11-24/12-a.seg": segment(first),
		"events/2026-11-24/13-b.seg": segment(
			again,
			record(noon+2*hour, noon+2*hour, click(4, 2, noon-23*hour), click(3, 2, noon-22*hour)),
			record(noon, noon, click(5, 3, noon-hour)),
			event.Record{Site: "shop", Received: noon + hour, Erase: &erase}),
		"rescued/2026-11-25/00-c.seg": segment(
			record(noon+2*hour, noon+2*hour, click(6, 3, noon)),         // came after the wish, happened before
			record(noon+3*hour, noon+3*hour, click(7, 3, noon+2*hour))), // and after: under way at the moment of the wish by the edge's clock
		"notes.txt": []byte("no segment"),
	})
	var done, all int64
	l, r := open(t, dir, Options{Progress: func(a, b int64) { done, all = a, b }})

	if diff := cmp.Diff([]int{1, 2, 9, 3, 4}, ids(l)); diff != "" {
		t.Errorf("events in order (-want +got):\n%s", diff)
	}
	if e := l.Events[0]; e.At != noon-3*minute || e.Event.At != noon-behind-3*minute || e.Received != noon || e.Site != "shop" {
		t.Errorf("the first event happened at %d, noon%+d ms; received noon%+d ms, site %q; want 3 minutes before, at noon, shop", e.At, e.At-noon, e.Received-noon, e.Site)
	}
	want := &Report{
		Segments: 3, Bytes: r.Bytes, Records: 7, Received: 11, Events: 5, Duplicates: 3, Erased: 3, Erasures: 1,
		Visitors: 2, Sessions: 2,
		Late:    1, // event 4 arrived after 25 hours, event 3 after exactly 24
		Kinds:   []Count{{"click", 4}, {"dropped", 1}},
		Dead:    []Count{{"no item", 2}},
		Dropped: []Count{{"impression", 7}},
		Torn:    []Damage{}, Damaged: []Damage{},
	}
	if diff := cmp.Diff(want, r); diff != "" {
		t.Errorf("Report (-want +got):\n%s", diff)
	}
	if done != all || all != r.Bytes || all == 0 {
		t.Errorf("progress ended at %d of %d bytes, %d were read", done, all, r.Bytes)
	}
	if diff := cmp.Diff([]Letter{{"shop", noon, "no item", []byte("x")}, {"shop", noon, "no item", []byte("y")}}, l.Letters); diff != "" {
		t.Errorf("dead letters (-want +got):\n%s", diff)
	}
	if l.Events[0].Place != l.Events[1].Place {
		t.Error("two equal places are two in memory")
	}
}

// TestWindow sends one id again and again: within 30 days of the first arrival
// it is the same event, later another one.
func TestWindow(t *testing.T) {
	at := func(received int64) event.Record { return record(received, received, click(1, 1, received)) }
	for _, test := range []struct {
		name     string
		received []int64
		want     []int64
	}{
		{"a second later", []int64{noon, noon + 1000}, []int64{noon}},
		{"read in the wrong order", []int64{noon + day, noon}, []int64{noon}},
		{"after exactly 30 days", []int64{noon, noon + 30*day}, []int64{noon}},
		{"a millisecond after 30 days", []int64{noon, noon + 30*day + 1}, []int64{noon, noon + 30*day + 1}},
		{"a repeat does not make the window longer", []int64{noon, noon + 20*day, noon + 40*day}, []int64{noon, noon + 40*day}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var records []event.Record
			for _, r := range test.received {
				records = append(records, at(r))
			}
			l, _ := open(t, stored(t, map[string][]byte{"a.seg": segment(records...)}), Options{})
			var got []int64
			for _, e := range l.Events {
				got = append(got, e.Received)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("kept (-want +got):\n%s", diff)
			}
		})
	}
}

// TestDamage cuts and spoils a segment of three records; another one beside it
// must not mind.
func TestDamage(t *testing.T) {
	one, two, three := segment(record(noon, noon, click(1, 1, noon))), segment(record(noon, noon, click(2, 1, noon))), segment(record(noon, noon, click(3, 1, noon)))
	n := int64(len(one))
	whole := bytes.Join([][]byte{one, two, three}, nil)
	spoilt := func(at int, b byte) []byte {
		s := bytes.Clone(whole)
		s[at] = b
		return s
	}
	for _, test := range []struct {
		name          string
		bytes         []byte
		want          []int
		torn, damaged []Damage
	}{
		{"whole", whole, []int{1, 2, 3, 4}, nil, nil},
		{"empty", nil, []int{4}, nil, nil},
		{"torn in the last record", whole[:len(whole)-1], []int{1, 2, 4}, []Damage{{Segment: "a.seg", Offset: 2 * n, Lost: n - 1}}, nil},
		{"torn in a frame's head", whole[:2*n+1], []int{1, 2, 4}, []Damage{{Segment: "a.seg", Offset: 2 * n, Lost: 1}}, nil},
		{"a record that is none", spoilt(int(n)+2, 0xc1), []int{1, 3, 4}, nil, []Damage{{Segment: "a.seg", Offset: n, Lost: n}}},
		{"a frame that is none", spoilt(int(n), 0x00), []int{1, 4}, nil, []Damage{{Segment: "a.seg", Offset: n, Lost: 2 * n}}},
		{"two records that are none", append(spoilt(2, 0xc1), 0xc4, 1, 0), []int{2, 3, 4}, nil, []Damage{{Segment: "a.seg", Offset: 0, Lost: n + 3}}},
		{"a frame too long", append(bytes.Clone(one), 0xc6, 0xff, 0xff, 0xff, 0xff, 0, 0, 0), []int{1, 4}, nil, []Damage{{Segment: "a.seg", Offset: n, Lost: 8}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := stored(t, map[string][]byte{"a.seg": test.bytes, "b.seg": segment(record(noon, noon, click(4, 1, noon)))})
			var lines []string
			l, r := open(t, dir, Options{Lines: func(line string) { lines = append(lines, line) }})
			if diff := cmp.Diff(test.want, ids(l)); diff != "" {
				t.Errorf("events (-want +got):\n%s", diff)
			}
			same := cmp.Options{cmpopts.IgnoreFields(Damage{}, "Why"), cmpopts.EquateEmpty()}
			if diff := cmp.Diff(test.torn, r.Torn, same); diff != "" {
				t.Errorf("torn (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.damaged, r.Damaged, same); diff != "" {
				t.Errorf("damaged (-want +got):\n%s", diff)
			}
			if len(lines) != len(test.torn)+len(test.damaged) || len(lines) > 0 && !strings.HasPrefix(lines[0], "a.seg: byte ") {
				t.Errorf("told %q", lines)
			}
		})
	}
}

// TestRefusedLater has an event that this version cannot read among the good ones.
func TestRefusedLater(t *testing.T) {
	r := record(noon, noon, click(1, 1, noon))
	r.Events = append(r.Events, []byte{0x80})
	l, report := open(t, stored(t, map[string][]byte{"a.seg": segment(r)}), Options{})
	if len(l.Events) != 1 || len(report.Dead) != 1 || !strings.HasPrefix(report.Dead[0].Name, "stored as good: ") || report.Received != 1 {
		t.Errorf("%d events, report %+v; want one event and one dead letter", len(l.Events), report)
	}
}

func TestErasedLetters(t *testing.T) {
	bad := click(1, 3, noon)
	erase := visitor(3)
	r := event.Record{Site: "shop", Received: noon, Sent: noon, Dead: []event.DeadLetter{{Reason: "bad", Raw: bad.Append(nil)[:60]}, {Reason: "bad", Raw: []byte("someone else's")}}}
	l, _ := open(t, stored(t, map[string][]byte{"a.seg": segment(r, event.Record{Received: noon + 1, Erase: &erase})}), Options{})
	if len(l.Letters) != 1 || string(l.Letters[0].Raw) != "someone else's" {
		t.Errorf("letters after the erasure: %+v, want the one of someone else", l.Letters)
	}
}

func TestOpenRefuses(t *testing.T) {
	for from, want := range map[string]string{
		"/no/such/folder": "no such file",
		"feedback.go":     "neither a folder nor a segment",
		"s3://":           "needs a bucket",
		"s3://b/events":   "AWS_ACCESS_KEY_ID",
	} {
		if _, _, err := Open(context.Background(), from, Options{Getenv: func(string) string { return "" }}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Open(%s): error %v, want %q in it", from, err, want)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	dir := stored(t, map[string][]byte{"a.seg": segment(record(noon, noon, click(1, 1, noon)))})
	if _, _, err := Open(ctx, dir, Options{}); err == nil {
		t.Error("Open with a cancelled context returned no error")
	}
}
