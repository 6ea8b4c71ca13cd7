package feedback

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"sparrow/wasm/event"
)

// longestRecord bounds what one record may make a reader keep: a request has
// at most 64 KB of body, and its dead letters carry a reason each.
const longestRecord = 1 << 20

// records calls record for each record of a segment, which is a concatenation
// of records, each inside one msgpack bin. What cannot be read it reports:
// torn is true where the segment just ends too early. A record that cannot be
// decoded costs itself, a broken frame costs the rest. The error is one
// of reading, not of what was read.
func records(ctx context.Context, name string, r io.Reader, record func(event.Record), lost func(d Damage, torn bool), progress func(n int64)) error {
	f := &frames{in: bufio.NewReaderSize(r, 1<<16)}
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		start := f.at
		raw, err := f.next()
		progress(f.at)
		switch {
		case err == io.EOF:
			return nil
		case err == io.ErrUnexpectedEOF:
			lost(Damage{name, start, f.at - start, "the segment ends in the middle of a record"}, true)
			return nil
		case errors.Is(err, errFrame):
			rest, failed := io.Copy(io.Discard, f.in)
			f.at += rest
			progress(f.at)
			if failed == nil {
				lost(Damage{name, start, f.at - start, err.Error()}, false)
			}
			return failed
		case err != nil:
			return err
		}
		decoded, err := event.DecodeRecord(raw)
		if err != nil {
			lost(Damage{name, start, f.at - start, err.Error()}, false)
			continue
		}
		record(decoded)
	}
}

// errFrame is the error of bytes that are not the frame of a record.
var errFrame = errors.New("not the start of a record")

// frames reads one msgpack bin after the other.
type frames struct {
	in *bufio.Reader
	at int64 // bytes read so far
}

// next returns the next bin's own bytes, which are new. The error is io.EOF
// behind the last, io.ErrUnexpectedEOF within one.
func (f *frames) next() ([]byte, error) {
	tag, err := f.in.ReadByte()
	if err != nil {
		return nil, err
	}
	f.at++
	if tag < 0xc4 || tag > 0xc6 {
		return nil, fmt.Errorf("%w: type 0x%02x", errFrame, tag)
	}
	var length [4]byte
	if err := f.fill(length[4-1<<(tag-0xc4):]); err != nil {
		return nil, err
	}
	n := binary.BigEndian.Uint32(length[:])
	if n > longestRecord {
		return nil, fmt.Errorf("%w: a length of %d", errFrame, n)
	}
	raw := make([]byte, n)
	return raw, f.fill(raw)
}

// fill reads len(b) bytes.
func (f *frames) fill(b []byte) error {
	n, err := io.ReadFull(f.in, b)
	f.at += int64(n)
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return err
}
