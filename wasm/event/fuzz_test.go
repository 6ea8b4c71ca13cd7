package event

import (
	"bytes"
	"reflect"
	"runtime"
	"testing"
)

// FuzzDecode gives any bytes to all four decoders: none may panic, those of one
// event, batch and record may not allocate more than 4 × the input + 1 MiB
// together, and what one reads must survive a round trip. A segment is read record by record.
func FuzzDecode(f *testing.F) {
	_, events := samples()
	batch, record := Batch{Sent: 1}, Record{Site: "s", Received: 2, Sent: 1, Dead: []DeadLetter{{"bad", []byte{1}}}}
	for _, e := range events {
		raw := e.Append(nil)
		f.Add(raw)
		batch.Events, record.Events = append(batch.Events, raw), append(record.Events, raw)
	}
	f.Add(batch.Append(nil))
	f.Add(record.Append(nil))
	f.Add(AppendSegment(AppendSegment(nil, record.Append(nil)), record.Append(nil)))
	record.Network = Network{1, 2, 3, 4, 5, 6, 7, 8}
	f.Add(record.Append(nil))
	f.Add([]byte("\x83\xa1v\x01\xa1t\x05\xa1e\xdd\xff\xff\xff\xff"))
	f.Add([]byte("\xc6\xff\xff\xff\xff"))
	f.Add(bytes.Repeat([]byte{0x91}, 1000))
	f.Fuzz(func(t *testing.T, b []byte) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		Decode(b)
		decodeBatch(b)
		CheckBatch(b)
		DecodeRecord(b)
		runtime.ReadMemStats(&after)
		if got, most := after.TotalAlloc-before.TotalAlloc, uint64(4*len(b)+1<<20); got > most {
			t.Errorf("%d bytes allocated for %d, at most %d are allowed", got, len(b), most)
		}
		siftsAlike(t, b)
		roundTripEvent(t, b)
		roundTripBatch(t, b)
		roundTripRecord(t, b)
		for rest, ok := b, true; ok && len(rest) > 0; {
			var raw []byte
			if raw, rest, ok = cut(rest); ok {
				roundTripRecord(t, raw)
			}
		}
		gone := NewForgotten()
		gone.Add(Visitor{}, 1)
		Without(b, gone)
		framesAlike(t, b)
	})
}

// framesAlike holds that a stream is cut as a segment in memory is, up to where
// either ends.
func framesAlike(t *testing.T, b []byte) {
	frames := NewFrames(bytes.NewReader(b))
	for rest := b; ; {
		raw, err := frames.Next(nil)
		want, after, ok := cut(rest)
		if ok != (err == nil) {
			if ok && len(want) > LongestRecord {
				return
			}
			t.Fatalf("a stream: %v; in memory: %t", err, ok)
		}
		if !ok {
			return
		}
		if !bytes.Equal(raw, want) || frames.At() != int64(len(b)-len(after)) {
			t.Fatalf("a stream: %x up to %d; in memory: %x up to %d", raw, frames.At(), want, len(b)-len(after))
		}
		rest = after
	}
}

func roundTripEvent(t *testing.T, b []byte) {
	e, err := Decode(b)
	stamp, again := Check(b)
	if (err == nil) != (again == nil) || err == nil && stamp != (Stamp{e.Visitor, e.At}) {
		t.Fatalf("Check(%x) = %v, %v; Decode = %v, %v", b, stamp, again, e, err)
	}
	if err != nil {
		return
	}
	if back, err := Decode(e.Append(nil)); err != nil || !reflect.DeepEqual(back, e) {
		t.Fatalf("%v came back as %v, %v", e, back, err)
	}
}

// siftsAlike compares one pass over a batch with two.
func siftsAlike(t interface{ Fatalf(string, ...any) }, b []byte) {
	batch, err := decodeBatch(b)
	sent, found, again := CheckBatch(b)
	if (err == nil) != (again == nil) || err != nil && err.Error() != again.Error() {
		t.Fatalf("decodeBatch(%x) says %v, CheckBatch %v", b, err, again)
	}
	if sent != batch.Sent || len(found) != len(batch.Events) {
		t.Fatalf("CheckBatch finds %d at %d, decodeBatch %d at %d", len(found), sent, len(batch.Events), batch.Sent)
	}
	for i, f := range found {
		stamp, err := Check(batch.Events[i])
		if !bytes.Equal(f.Raw, batch.Events[i]) || f.At != stamp.At || (f.Err == nil) != (err == nil) || err != nil && err.Error() != f.Err.Error() {
			t.Fatalf("event %d: CheckBatch finds %x, %d, %v, want %x, %d, %v", i, f.Raw, f.At, f.Err, batch.Events[i], stamp.At, err)
		}
	}
}

func roundTripBatch(t *testing.T, b []byte) {
	batch, err := decodeBatch(b)
	if err != nil {
		return
	}
	if back, err := decodeBatch(batch.Append(nil)); err != nil || !reflect.DeepEqual(back, batch) {
		t.Fatalf("%v came back as %v, %v", batch, back, err)
	}
}

func roundTripRecord(t *testing.T, b []byte) {
	record, err := DecodeRecord(b)
	if err != nil {
		return
	}
	if back, err := DecodeRecord(record.Append(nil)); err != nil || !reflect.DeepEqual(back, record) {
		t.Fatalf("%v came back as %v, %v", record, back, err)
	}
}
