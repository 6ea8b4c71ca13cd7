package main

import (
	"context"

	"sparrow/wasm/event"
)

// store keeps records.
type store interface {
	// Append returns nil when the record will outlive this program whatever
	// happens to it. The store writes it with encode, and has no need to read it
	// back: whether it is an erasure stands in the record itself. What is left of
	// visitors whose erasure the store knows, it takes out of the record first.
	// The record's events and dead letters share memory with the request's body.
	Append(ctx context.Context, record *event.Record) error
}

// lasting is an error of a store that is not over in a moment.
type lasting struct {
	error
	seconds int // until it is worth a try
}

// encode returns the bytes of a record, in one allocation.
func encode(r event.Record) []byte {
	size := 64 + len(r.Site) // with the header of every field
	for _, e := range r.Events {
		size += len(e)
	}
	for _, d := range r.Dead {
		size += 8 + len(d.Reason) + len(d.Raw)
	}
	return r.Append(make([]byte, 0, size))
}
