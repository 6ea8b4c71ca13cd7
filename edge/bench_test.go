package main

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"sparrow/wasm/event"
)

// forgetful is a store that encodes records as every store does and drops them.
type forgetful struct{ written int }

func (s *forgetful) Append(_ context.Context, record *event.Record) error {
	s.written += len(encode(*record))
	return nil
}

// BenchmarkEvents takes in batches like those of make bench-edge. Its CPU
// profile is what worker/edge.pgo holds:
//
//	go test -run '^$' -bench Events -benchtime 20s -cpuprofile edge/worker/edge.pgo ./edge
func BenchmarkEvents(b *testing.B) {
	body := benchBatch()
	handler := newHandler(config{
		now:    func() int64 { return benchNow },
		limit:  func(*http.Request, string) int { return 0 },
		failed: func(err error) { b.Fatal(err) },
	}, &forgetful{})
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		r := httptest.NewRequest(http.MethodPost, "/v1/events", bytes.NewReader(body))
		r.Header.Set("Origin", "http://example.com")
		r.Header.Set("Content-Type", "text/plain")
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code != http.StatusAccepted {
			b.Fatalf("got %d %s", w.Code, w.Body)
		}
	}
}

const benchNow = 1_764_000_000_000

// benchBatch returns 18 events, most of them impressions.
func benchBatch() []byte {
	batch := event.Batch{Sent: benchNow}
	lists := []string{"for-you", "similar", "popular", "because"}
	for i := range 18 {
		e := event.Event{
			Kind: event.Impression, At: benchNow - int64(i), Seq: uint32(i), Item: "1036", Bundle: event.Bundle{1, 2, 3}, Visitor: event.Visitor{9},
			Arms:  []event.Arm{{Layer: "mix", Name: "more-transitions"}, {Layer: "ranking", Name: "control"}},
			Place: &event.Place{List: lists[i%4], Position: uint16(1 + i%12), Source: "taste+transition"},
		}
		e.ID[6], e.ID[8], e.ID[15], e.Session[6], e.Session[8] = 0x70, 0x80, byte(i), 0x70, 0x80
		if i%5 == 0 {
			e.Place.Propensity = 0.25
		}
		if i%8 == 7 {
			e.Kind, e.Stars = event.Rate, 4.5
		}
		batch.Events = append(batch.Events, e.Append(nil))
	}
	return batch.Append(nil)
}
