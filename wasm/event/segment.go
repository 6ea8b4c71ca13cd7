package event

import (
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
