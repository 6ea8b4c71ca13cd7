//go:build cluster

package cluster

import (
	"runtime"
	"testing"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"

	"sparrow/build/consumer"
	"sparrow/edge/topic"
	"sparrow/wasm/event"
)

// TestKafkaReaderMemory reads messages of several times the memory that it may take.
func TestKafkaReaderMemory(t *testing.T) {
	const batches, most = 60_000, 120 << 20
	b := newBroker(t)
	address, err := topic.ParseAddress(b.topic(t, "long", 3))
	if err != nil {
		t.Fatal(err)
	}
	client := b.client(t)
	size := 0
	d := (&fleet{edges: []string{""}}).newDevice()
	for range batches {
		body, _ := d.batch()
		sent, found, err := event.CheckBatch(body)
		if err != nil {
			t.Fatal(err)
		}
		r := event.Record{Site: "shop", Received: sent, Sent: sent}
		for _, f := range found {
			r.Events = append(r.Events, f.Raw)
		}
		for _, m := range topic.Messages(&r) {
			size += len(m.Value)
			key := newID() // over all partitions
			client.Produce(t.Context(), &kgo.Record{Topic: "long", Key: key[:], Value: m.Value}, func(_ *kgo.Record, err error) {
				if err != nil {
					t.Error(err)
				}
			})
		}
	}
	if err := client.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	client.Close()
	client = nil
	runtime.GC()
	var before, now runtime.MemStats
	runtime.ReadMemStats(&before)
	peak, looked, begun := int64(0), int64(0), time.Now()
	r, err := consumer.Pull(t.Context(), address, t.TempDir(), consumer.Options{Progress: func(done, _ int64) {
		if done/5000 > looked {
			looked = done / 5000
			runtime.ReadMemStats(&now)
			peak = max(peak, int64(now.HeapInuse)-int64(before.HeapInuse))
		}
	}})
	if err != nil || r.Events != batches*eventsPerBatch {
		t.Fatalf("Pull = %v, %v", r, err)
	}
	t.Logf("%s of %d MB in %.1f s, with %d MB of heap at most", r, size>>20, time.Since(begun).Seconds(), peak>>20)
	if peak > most {
		t.Errorf("Pull takes %d MB, %d at most are allowed", peak>>20, most>>20)
	}
}
