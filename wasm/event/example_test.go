package event_test

import (
	"crypto/sha256"
	"fmt"

	"sparrow/wasm/event"
)

// Feedback on its way: a browser sends a batch of events, the edge checks each
// and keeps a record, and the builder reads the records of a segment.
func Example() {
	// In the browser. Ids are UUIDv7; a visitor is the hash of a secret.
	secret := [16]byte{1, 2, 3}
	hash := sha256.Sum256(secret[:])
	like := event.Event{Kind: event.Like, At: 1_764_000_000_000, Visitor: event.Visitor(hash[:16]), Item: "50"}
	like.ID[6], like.ID[8] = 0x70, 0x80
	like.Session[6], like.Session[8] = 0x70, 0x80
	rated := like
	rated.Kind, rated.Stars = event.Rate, 9 // no such number of stars
	batch := event.Batch{Sent: 1_764_000_001_000, Events: [][]byte{like.Append(nil), rated.Append(nil)}}
	body := batch.Append(nil)

	// At the edge. A bad event is kept beside the good ones, with the reason.
	sent, found, err := event.CheckBatch(body)
	if err != nil {
		fmt.Println(err)
		return
	}
	record := event.Record{Site: "shop", Received: 1_764_000_001_500, Sent: sent}
	for _, f := range found {
		if f.Err != nil {
			record.Dead = append(record.Dead, event.DeadLetter{Reason: f.Err.Error(), Raw: f.Raw})
		} else {
			record.Events = append(record.Events, f.Raw)
		}
	}
	segment := event.AppendSegment(nil, record.Append(nil))

	// In the builder.
	for r, err := range event.Segment(segment) {
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, raw := range r.Events {
			e, _ := event.Decode(raw) // the edge has checked it
			fmt.Println(r.Site, e.Kind, e.Item, "at", r.At(&e))
		}
		for _, d := range r.Dead {
			fmt.Println("dead:", d.Reason)
		}
	}
	// Output:
	// shop like 50 at 1764000000500
	// dead: event: stars are not halves from 0.5 to 5
}
