// Package feedback reads what visitors' devices sent back, out of the segments
// that the edge stored, and makes interactions to train on of it.
package feedback

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"sparrow/wasm/event"
)

const (
	// Window is how long an event is known by its id: the same id arriving
	// later than that after the first is another event. Devices give up after
	// 14 days, and the edge refuses older events.
	Window = 30 * 24 * time.Hour
	// LateAfter is the time between an event and its arrival from which on it
	// counts as late in a [Report].
	LateAfter = 24 * time.Hour
)

// storedEvent is about how many bytes an event takes in a segment.
const storedEvent = 160

// Event is an event as the edge took it in: 264 bytes, and some 60 more where
// its place is shared with no other event.
type Event struct {
	event.Event
	Site     string        // of the edge's allow-list
	At       int64         // Unix milliseconds on the edge's clock, whatever the device's clock was; hides Event.At
	Received int64         // Unix milliseconds on the edge's clock
	Network  event.Network // that sent it
}

// Letter is a dead letter: an event that the edge refused, as it came.
type Letter struct {
	Site     string
	Received int64 // Unix milliseconds
	Reason   string
	Raw      []byte
}

// Log is all feedback of one place.
type Log struct {
	Events  []Event                 // by visitor, session, sequence number, At and id
	Letters []Letter                // by arrival
	Erased  map[event.Visitor]int64 // when a visitor last wanted everything deleted, Unix milliseconds
}

// Options steer [Open]. The zero value reads with defaults.
type Options struct {
	Since    time.Time                // segments in a folder called for an earlier day (2006-01-02, UTC) are not read; zero for all
	Progress func(done, all int64)    // bytes; called often
	Lines    func(line string)        // takes a line for each damaged segment
	Getenv   func(name string) string // looks up what a bucket needs; nil for os.Getenv
}

// Open reads every segment (*.seg) below from, which is a folder or
// "s3://bucket/prefix". A bucket's endpoint, region and keys come from
// AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
//
// An event that arrived more than once stays as it came first. Everything of a
// visitor who wanted it deleted is left out, whenever it came, and so are dead
// letters with their id anywhere in them. A segment that
// ends in the middle of a record, as after a crash, counts up to there; one that
// is damaged loses what cannot be read. Both are reported and no error.
//
// Segments are read one after the other and record by record, so that little
// but the result is in memory: 264 bytes an event and up to 100 more for its
// place and the order, half a gigabyte for a million, and dead letters as they are.
func Open(ctx context.Context, from string, o Options) (*Log, *Report, error) {
	s, err := openStore(from, o.Getenv)
	if err != nil {
		return nil, nil, fmt.Errorf("feedback: %w", err)
	}
	found, err := s.list(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("feedback: %s: %w", from, err)
	}
	c := newCollector(o)
	n := len(found)
	found = slices.DeleteFunc(found, func(x object) bool { return x.older(o.Since) })
	c.report.Skipped = n - len(found)
	var before, all int64
	for _, x := range found {
		all += x.size
	}
	c.events = make([]Event, 0, all/storedEvent)
	err = s.each(ctx, found, func(x object, r io.Reader) error {
		err := c.segment(ctx, x.name, r, before, all)
		before += x.size
		return err
	})
	if err != nil {
		return nil, nil, fmt.Errorf("feedback: %s: %w", from, err)
	}
	return c.log(), &c.report, nil
}
