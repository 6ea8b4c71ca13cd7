package main

import "context"

// store keeps records.
type store interface {
	// Append returns nil when the record, as event.Record writes it, will
	// outlive this program whatever happens to it. Nobody changes record afterwards.
	Append(ctx context.Context, record []byte) error
}
