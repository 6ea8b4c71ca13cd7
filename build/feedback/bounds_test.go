package feedback

import (
	"bytes"
	"context"
	"runtime"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/event"
)

// TestMemory reads 100,000 events and weighs what stays.
func TestMemory(t *testing.T) {
	const n = 100_000
	var b []byte
	for i := 0; i < n; i += 50 {
		var events []event.Event
		for k := range 50 {
			e := click(i+k, i/500, noon)
			e.Item = catalog.ID("movie " + string(rune('a'+i/50%26)))
			e.Place = &event.Place{List: "for-you", Position: uint16(k + 1), Source: "taste+transition", Propensity: 1 / float32(i+k+2)}
			e.Arms = []event.Arm{{Layer: "ranking", Name: "control"}, {Layer: "mix", Name: "new"}}
			events = append(events, e)
		}
		b = append(b, segment(record(noon, noon, events...))...)
	}
	dir := stored(t, map[string][]byte{"a.seg": b})
	weigh := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	b = nil
	before := weigh()
	l, _ := open(t, dir, Options{})
	each := float64(weigh()-before) / n
	if len(l.Events) != n || each > 450 {
		t.Errorf("%d events take %.0f bytes each, want %d and at most 450", len(l.Events), each, n)
	}
	t.Logf("%.0f bytes an event", each)
	runtime.KeepAlive(l)
}

// FuzzSegment reads hostile segments: no panic, and memory in proportion to them.
func FuzzSegment(f *testing.F) {
	r := record(noon, noon, click(1, 1, noon), click(2, 1, noon))
	v := visitor(1)
	r.Dead = []event.DeadLetter{{Reason: "bad", Raw: []byte{1, 2, 3}}}
	f.Add(segment(r, event.Record{Received: noon, Erase: &v}))
	f.Add([]byte{0xc6, 0xff, 0xff, 0xff, 0xff})
	f.Add([]byte{0xc6, 0x00, 0x10, 0x00, 0x00, 0x80})
	f.Add([]byte{0xc4, 0x00, 0xc4, 0x01, 0x80, 0xdd})
	f.Add(bytes.Repeat([]byte{0xc4, 0x00}, 50_000)) // as many records that are none
	f.Fuzz(func(t *testing.T, b []byte) {
		c := newCollector(Options{})
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		err := c.segment(context.Background(), "a.seg", bytes.NewReader(b), 0, int64(len(b)))
		l := c.log()
		runtime.ReadMemStats(&after)
		if err != nil {
			t.Fatalf("segment: %v", err)
		}
		if got, most := after.TotalAlloc-before.TotalAlloc, uint64(256*len(b)+4<<20); got > most {
			t.Errorf("%d bytes made it allocate %d, want at most %d", len(b), got, most)
		}
		if r := c.report; r.Bytes != int64(len(b)) || r.Received != r.Events+r.Duplicates+r.Erased || r.Events != len(l.Events) {
			t.Errorf("%d bytes, report %+v", len(b), r)
		}
	})
}
