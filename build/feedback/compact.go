package feedback

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"

	"sparrow/wasm/event"
)

// perRecord is how many events a record of a compacted segment holds at most.
const perRecord = 50

// WriteSegment writes l as one segment, in the order of arrival. [Open] reads
// the same log back, erasures too, so that they also hold for segments that
// turn up later.
func (l *Log) WriteSegment(w io.Writer) error {
	out := &compactor{w: bufio.NewWriterSize(w, 1<<16)}
	order := make([]uint32, len(l.Events))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int {
		x, y := &l.Events[a], &l.Events[b]
		return cmp.Or(cmp.Compare(x.Received, y.Received), cmp.Compare(x.Site, y.Site), cmp.Compare(x.Sent(), y.Sent()), bytes.Compare(x.Network[:], y.Network[:]), cmp.Compare(a, b))
	})
	var r event.Record
	for _, i := range order {
		e := &l.Events[i]
		if len(r.Events) == perRecord || len(r.Events) > 0 && (r.Received != e.Received || r.Site != e.Site || r.Sent != e.Sent() || r.Network != e.Network) {
			out.write(&r)
			r.Events = r.Events[:0]
		}
		r.Site, r.Received, r.Sent, r.Network = e.Site, e.Received, e.Sent(), e.Network
		r.Events = append(r.Events, e.Append(nil))
	}
	if len(r.Events) > 0 {
		out.write(&r)
	}
	for _, d := range l.Letters {
		out.write(&event.Record{Site: d.Site, Received: d.Received, Sent: d.Received, Dead: []event.DeadLetter{{Reason: d.Reason, Raw: d.Raw}}})
	}
	erased := make([]event.Visitor, 0, len(l.Erased))
	for v := range l.Erased {
		erased = append(erased, v)
	}
	slices.SortFunc(erased, func(a, b event.Visitor) int { return bytes.Compare(a[:], b[:]) })
	for _, v := range erased {
		out.write(&event.Record{Received: l.Erased[v], Sent: l.Erased[v], Erase: &v})
	}
	if out.err == nil {
		out.err = out.w.Flush()
	}
	if out.err != nil {
		return fmt.Errorf("feedback: %w", out.err)
	}
	return nil
}

// Sent returns when the device sent e, on its own clock: what turns the
// device's At into ours, see [event.Record].
func (e *Event) Sent() int64 { return e.Received - e.At + e.Event.At }

// compactor writes records until something goes wrong.
type compactor struct {
	w               *bufio.Writer
	record, segment []byte
	err             error
}

func (c *compactor) write(r *event.Record) {
	c.record = r.Append(c.record[:0])
	c.segment = event.AppendSegment(c.segment[:0], c.record)
	if c.err == nil {
		_, c.err = c.w.Write(c.segment)
	}
}
