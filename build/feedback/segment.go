package feedback

import (
	"context"
	"errors"
	"io"

	"sparrow/wasm/event"
)

// records calls record for each record of a segment, which is a concatenation
// of records, each inside one msgpack bin. What cannot be read it reports:
// torn is true where the segment just ends too early. A record that cannot be
// decoded costs itself, a broken frame costs the rest. The error is one
// of reading, not of what was read.
func records(ctx context.Context, name string, r io.Reader, record func(event.Record), lost func(d Damage, torn bool), progress func(n int64)) error {
	f := event.NewFrames(r)
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		start := f.At()
		raw, err := f.Next(nil)
		progress(f.At())
		switch {
		case err == io.EOF:
			return nil
		case err == io.ErrUnexpectedEOF:
			lost(Damage{name, start, f.At() - start, "the segment ends in the middle of a record"}, true)
			return nil
		case errors.Is(err, event.ErrFrame):
			failed := f.Rest()
			progress(f.At())
			if failed == nil {
				lost(Damage{name, start, f.At() - start, err.Error()}, false)
			}
			return failed
		case err != nil:
			return err
		}
		decoded, err := event.DecodeRecord(raw)
		if err != nil {
			lost(Damage{name, start, f.At() - start, err.Error()}, false)
			continue
		}
		record(decoded)
	}
}
