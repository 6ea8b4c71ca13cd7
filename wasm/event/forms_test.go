package event

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// like is a short event of a visitor.
func like(n byte, visitor byte) []byte {
	e := Event{ID: uuid7(n), Kind: Like, At: 1000, Visitor: Visitor{visitor}, Session: uuid7(90), Item: "1"}
	return e.Append(nil)
}

func TestBatchRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := Batch{Sent: rapid.Int64Range(1, maxTime).Draw(t, "sent")}
		for range rapid.IntRange(1, MaxBatch).Draw(t, "events") {
			e := anyEvent(t)
			want.Events = append(want.Events, e.Append(nil))
		}
		got, err := decodeBatch(want.Append(nil))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

// TestSiftIsDecodeAndCheck draws batches of good events, of events with one
// byte changed, and of anything.
func TestSiftIsDecodeAndCheck(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := Batch{Sent: 1}
		for range rapid.IntRange(1, 5).Draw(t, "events") {
			e := anyEvent(t)
			raw := e.Append(nil)
			switch rapid.IntRange(0, 2).Draw(t, "what") {
			case 1:
				raw[rapid.IntRange(0, len(raw)-1).Draw(t, "at")] = rapid.Byte().Draw(t, "byte")
			case 2:
				raw = rapid.SliceOf(rapid.Byte()).Draw(t, "anything")
			}
			b.Events = append(b.Events, raw)
		}
		siftsAlike(t, b.Append(nil))
	})
}

// TestBatchCutsWhatItDoesNotRead: only the framing counts, a number is as good
// as an event.
func TestBatchCutsWhatItDoesNotRead(t *testing.T) {
	body := "\x83\xa1v\x01\xa1t\x05\xa1e\x93" + "\x07" + "\x81\xa1x\x92\x01\xc0" + "\xa2hi"
	got, err := decodeBatch([]byte(body))
	want := Batch{5, [][]byte{[]byte("\x07"), []byte("\x81\xa1x\x92\x01\xc0"), []byte("\xa2hi")}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestBatchRefusals(t *testing.T) {
	fifty := strings.Repeat("\x07", 50)
	for _, c := range []struct{ name, body, want string }{
		{"nothing", "", "byte 0: map needs 1 bytes, 0 are left"},
		{"text", `{"v":1}`, "byte 0: want map, got type 0x7b"},
		{"another version", "\x83\xa1v\x02\xa1t\x05\xa1e\x91\x07", "version 2 is not 1"},
		{"no version", "\x82\xa1t\x05\xa1e\x91\x07", "it lacks v"},
		{"no time", "\x82\xa1v\x01\xa1e\x91\x07", "it lacks t"},
		{"no events", "\x82\xa1v\x01\xa1t\x05", "it lacks e"},
		{"zero events", "\x83\xa1v\x01\xa1t\x05\xa1e\x90", "it holds no event"},
		{"51 events", "\x83\xa1v\x01\xa1t\x05\xa1e\xdc\x00\x33" + fifty + "\x07", "more than 50 events"},
		{"a stranger", "\x84\xa1v\x01\xa1t\x05\xa1e\x91\x07\xa1x\x01", "a field that no event has"},
		{"a key twice", "\x84\xa1v\x01\xa1t\x05\xa1t\x05\xa1e\x91\x07", "field t comes twice"},
		{"sent at zero", "\x83\xa1v\x01\xa1t\x00\xa1e\x91\x07", "field t is no time"},
		{"a byte more", "\x83\xa1v\x01\xa1t\x05\xa1e\x91\x07\x07", "byte 11: 1 bytes after the end"},
		{"an event cut short", "\x83\xa1v\x01\xa1t\x05\xa1e\x92\x07\xa5ab", "byte 12: string needs 5 bytes, 2 are left"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if b, err := decodeBatch([]byte(c.body)); err == nil || err.Error() != "event: batch: "+c.want {
				t.Errorf("decodeBatch = %v, %v, want %s", b, err, c.want)
			}
		})
	}
	if b, err := decodeBatch([]byte("\x83\xa1v\x01\xa1t\x05\xa1e\xdc\x00\x32" + fifty)); err != nil || len(b.Events) != 50 {
		t.Errorf("decodeBatch of 50 = %d events, %v", len(b.Events), err)
	}
}

// anyRecord draws a record of events that need not be good.
func anyRecord(t *rapid.T) Record {
	r := Record{Site: rapid.String().Draw(t, "site"), Received: rapid.Int64Range(1, maxTime).Draw(t, "received")}
	if rapid.Bool().Draw(t, "tagged") {
		r.Network = Network(rapid.SliceOfN(rapid.Byte(), 8, 8).Draw(t, "network"))
	}
	if rapid.Bool().Draw(t, "erasure") {
		r.Erase = &Visitor{rapid.Byte().Draw(t, "visitor")}
		return r
	}
	r.Sent = rapid.Int64Range(1, maxTime).Draw(t, "sent")
	for range rapid.IntRange(0, 3).Draw(t, "events") {
		r.Events = append(r.Events, like(rapid.Byte().Draw(t, "n"), rapid.ByteRange(0, 3).Draw(t, "visitor")))
	}
	for range rapid.IntRange(0, 3).Draw(t, "letters") {
		r.Dead = append(r.Dead, DeadLetter{rapid.String().Draw(t, "reason"), rapid.SliceOf(rapid.Byte()).Draw(t, "raw")})
	}
	return r
}

func TestRecordRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := anyRecord(t)
		got, err := DecodeRecord(want.Append(nil))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestRecordRefusals(t *testing.T) {
	for _, c := range []struct{ name, raw, want string }{
		{"nothing", "", "byte 0: map needs 1 bytes, 0 are left"},
		{"another version", "\x83\xa1v\x03\xa1o\xa0\xa1r\x05", "version 3 is not 1 or 2"},
		{"version 2 without a network", "\x83\xa1v\x02\xa1o\xa0\xa1r\x05", "a record has version 2 if it has a network, and else 1"},
		{"version 1 with a network", "\x84\xa1v\x01\xa1o\xa0\xa1r\x05\xa1n\xc4\x0812345678", "a record has version 2 if it has a network, and else 1"},
		{"a network of zeros", "\x84\xa1v\x02\xa1o\xa0\xa1r\x05\xa1n\xc4\x08\x00\x00\x00\x00\x00\x00\x00\x00", "a record has version 2 if it has a network, and else 1"},
		{"a short network", "\x84\xa1v\x02\xa1o\xa0\xa1r\x05\xa1n\xc4\x0212", "field n is not of 8 bytes"},
		{"no site", "\x82\xa1v\x01\xa1r\x05", "it lacks o"},
		{"a stranger", "\x84\xa1v\x01\xa1o\xa0\xa1r\x05\xa1q\x01", "a field that no event has"},
		{"a letter without bytes", "\x84\xa1v\x01\xa1o\xa0\xa1r\x05\xa1d\x91\x91\xa1x", "a dead letter is not a reason and its bytes"},
		{"51 letters", "\x84\xa1v\x01\xa1o\xa0\xa1r\x05\xa1d\xdc\x00\x33" + strings.Repeat("\x07", 51), "more than 50 dead letters"},
		{"a visitor of three bytes", "\x84\xa1v\x01\xa1o\xa0\xa1r\x05\xa1x\xc4\x03abc", "field x is not of 16 bytes"},
		{"a byte more", "\x83\xa1v\x01\xa1o\xa0\xa1r\x05\x00", "byte 10: 1 bytes after the end"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d, err := DecodeRecord([]byte(c.raw)); err == nil || err.Error() != "event: record: "+c.want {
				t.Errorf("DecodeRecord = %v, %v, want %s", d, err, c.want)
			}
		})
	}
}

// TestAtTrustsTheEdgesClock: an event 40 s before sending happened 40 s before
// receipt, whatever year the device believes in.
func TestAtTrustsTheEdgesClock(t *testing.T) {
	r := Record{Received: 1764000100000, Sent: 70000}
	if got, want := r.At(&Event{At: 30000}), int64(1764000060000); got != want {
		t.Errorf("At = %d, want %d", got, want)
	}
}

// walk reads a segment: the sites of its records, and its errors.
func walk(b []byte) (sites []string, errs []error) {
	for record, err := range Segment(b) {
		if err != nil {
			errs = append(errs, err)
		} else {
			sites = append(sites, record.Site)
		}
	}
	return sites, errs
}

// TestSegmentTornAnywhere cuts a segment of three records at every byte: what
// was whole is read, what was not is reported once.
func TestSegmentTornAnywhere(t *testing.T) {
	var segment []byte
	ends := map[int]int{0: 0} // length → whole records
	for i, site := range []string{"a", "b", "c"} {
		record := Record{Site: site, Received: 5, Sent: 4, Events: [][]byte{like(byte(i), 1)}}
		segment = AppendSegment(segment, record.Append(nil))
		ends[len(segment)] = i + 1
	}
	whole := 0
	for n := range len(segment) + 1 {
		sites, errs := walk(segment[:n])
		if k, end := ends[n]; end {
			whole = k
			if len(errs) > 0 {
				t.Errorf("%d bytes, whole records: %v", n, errs)
			}
		} else if len(errs) != 1 || !errors.Is(errs[0], ErrTorn) {
			t.Errorf("%d bytes: errors %v, want one, ErrTorn", n, errs)
		}
		if want := []string{"a", "b", "c"}[:whole]; !slices.Equal(sites, want) {
			t.Errorf("%d bytes: records %q, want %q", n, sites, want)
		}
	}
}

func TestSegmentPassesADamagedRecord(t *testing.T) {
	good := Record{Site: "a", Received: 5}
	segment := AppendSegment(nil, good.Append(nil))
	segment = AppendSegment(segment, []byte("\x83\xa1v\x01\xa1o\xa0\xa1r\xc0"))
	segment = AppendSegment(segment, good.Append(nil))
	sites, errs := walk(segment)
	if len(sites) != 2 || len(errs) != 1 || errors.Is(errs[0], ErrTorn) {
		t.Errorf("records %q, errors %v, want two and one that is not ErrTorn", sites, errs)
	}
	for range Segment(segment) {
		break // a reader may stop early
	}
}
