package event

import (
	"bytes"
	"errors"
	"iter"

	"sparrow/wasm/wire"
)

// ErrTorn reports that a segment ends in the middle of a record: the program that wrote it
// was stopped before it could say that the record is kept.
var ErrTorn = errors.New("event: the segment's last record is torn")

// AppendSegment appends a record, as [Record.Append] wrote it, to a segment.
func AppendSegment(dst, record []byte) []byte {
	w := wire.Writer{Buf: dst}
	w.Bin(record)
	return w.Buf
}

// Segment reads the records of a segment in their order. A record that cannot
// be read comes with its error, and the next one follows; a torn tail comes
// last, with [ErrTorn]. Records share memory with b.
func Segment(b []byte) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		for len(b) > 0 {
			raw, rest, ok := cut(b)
			if !ok {
				yield(Record{}, ErrTorn)
				return
			}
			if !yield(DecodeRecord(raw)) {
				return
			}
			b = rest
		}
	}
}

// cut takes the first record off a segment.
func cut(b []byte) (record, rest []byte, ok bool) {
	r := wire.NewReader(b)
	record = r.Bin()
	return record, b[len(b)-r.Rest():], r.Err() == nil
}

// Without returns the segment without what visitors left behind before the
// moment that is theirs in the map, in Unix milliseconds on the edge's clock:
// their events, and the dead letters and damaged records that hold their 16
// bytes anywhere. All else stays byte for byte, erasures too, but for a torn
// tail, which no one was told is kept. It returns segment itself when nothing
// is to go.
func Without(segment []byte, visitors map[Visitor]int64) []byte {
	var kept []byte
	changed := false
	for b := segment; len(b) > 0; {
		raw, rest, ok := cut(b)
		if !ok {
			changed = true
			break
		}
		whole := b[:len(b)-len(rest)]
		b = rest
		record, err := DecodeRecord(raw)
		switch {
		case err != nil && holds(raw, visitors, 0):
			changed = true
		case err == nil && record.drop(visitors):
			changed = true
			if len(record.Events)+len(record.Dead) > 0 || record.Erase != nil {
				kept = AppendSegment(kept, record.Append(nil))
			}
		default:
			kept = append(kept, whole...)
		}
	}
	if !changed {
		return segment
	}
	return kept
}

// drop takes the visitors' events and letters out of the record and reports
// whether there were any.
func (d *Record) drop(visitors map[Visitor]int64) bool {
	before := len(d.Events) + len(d.Dead)
	events := d.Events[:0]
	for _, raw := range d.Events {
		stamp, err := Check(raw)
		if before, is := visitors[stamp.Visitor]; err == nil && is && d.Received < before || err != nil && holds(raw, visitors, d.Received) {
			continue
		}
		events = append(events, raw)
	}
	letters := d.Dead[:0]
	for _, l := range d.Dead {
		if !holds(l.Raw, visitors, d.Received) {
			letters = append(letters, l)
		}
	}
	d.Events, d.Dead = events, letters
	return len(events)+len(letters) < before
}

// holds reports whether the 16 bytes of a visitor whose moment is after
// received occur in raw.
func holds(raw []byte, visitors map[Visitor]int64, received int64) bool {
	for v, before := range visitors {
		if received < before && bytes.Contains(raw, v[:]) {
			return true
		}
	}
	return false
}
