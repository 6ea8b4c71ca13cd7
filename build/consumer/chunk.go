package consumer

import (
	"time"

	"sparrow/wasm/event"
)

const (
	// perChunk is how many bytes of records are gathered before they are written.
	perChunk = 8 << 20
	// A record of a segment holds at most so many events and bytes of them: what a
	// request to the edge may have.
	perRecord      = event.MaxBatch
	perRecordBytes = event.MaxBody
)

// chunk is what is written at once: a segment for each day.
type chunk struct {
	days    map[string][]byte // by day of arrival, 2006-01-02 in UTC
	current event.Record      // events that came together, not in a segment yet
	held    int               // bytes of its events
	size    int               // bytes of all
	next    map[int32]int64   // by partition, the offset behind the last message
}

func newChunk() *chunk {
	return &chunk{days: make(map[string][]byte), next: make(map[int32]int64)}
}

// add takes a record of one event, dead letter or erasure. Events of one request,
// which come one after the other, are one record again.
func (c *chunk) add(r event.Record) {
	if len(r.Events) == 0 {
		c.flush()
		c.put(&r)
		return
	}
	n, now := len(r.Events[0]), &c.current
	if len(now.Events) > 0 && (len(now.Events) == perRecord || c.held+n > perRecordBytes ||
		now.Site != r.Site || now.Received != r.Received || now.Sent != r.Sent || now.Network != r.Network) {
		c.flush()
	}
	if len(now.Events) == 0 {
		*now = r
	} else {
		now.Events = append(now.Events, r.Events...)
	}
	c.held += n
	c.size += n
}

// flush puts the current record into its day.
func (c *chunk) flush() {
	if len(c.current.Events) > 0 {
		c.size -= c.held
		c.put(&c.current)
	}
	c.current, c.held = event.Record{}, 0
}

func (c *chunk) put(r *event.Record) {
	day := time.UnixMilli(r.Received).UTC().Format(time.DateOnly)
	before := len(c.days[day])
	c.days[day] = event.AppendSegment(c.days[day], r.Append(nil))
	c.size += len(c.days[day]) - before
}
