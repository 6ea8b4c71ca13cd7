package feedback

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"sparrow/wasm/event"
)

// TestCompact reads random segments, writes what was kept as one and reads
// that: the same log, with nothing left to drop.
func TestCompact(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var all []event.Record
		for range rapid.IntRange(0, 12).Draw(rt, "records") {
			received := noon + rapid.Int64Range(-day, day).Draw(rt, "received")
			sent := received + rapid.SampledFrom([]int64{0, -day, hour}).Draw(rt, "clock")
			var events []event.Event
			for range rapid.IntRange(0, 4).Draw(rt, "events") {
				e := click(rapid.IntRange(1, 20).Draw(rt, "id"), rapid.IntRange(1, 3).Draw(rt, "visitor"), sent-rapid.Int64Range(0, hour).Draw(rt, "age"))
				if rapid.Bool().Draw(rt, "arms") {
					e.Arms = []event.Arm{{Layer: "mix", Name: "new"}}
					e.Place.Propensity = 0.25
				}
				events = append(events, e)
			}
			r := record(received, sent, events...)
			r.Network = event.Network{7: rapid.SampledFrom([]byte{0, 1, 2}).Draw(rt, "network")}
			if rapid.IntRange(0, 3).Draw(rt, "dead") == 0 {
				r.Dead = append(r.Dead, event.DeadLetter{Reason: "bad", Raw: rapid.SliceOfN(rapid.Byte(), 0, 3).Draw(rt, "raw")})
			}
			all = append(all, r)
			if rapid.IntRange(0, 9).Draw(rt, "erase") == 0 {
				v := visitor(rapid.IntRange(1, 3).Draw(rt, "who"))
				all = append(all, event.Record{Site: "shop", Received: received, Erase: &v})
			}
		}
		log, report := open(t, stored(t, map[string][]byte{"a.seg": segment(all...)}), Options{})
		var b bytes.Buffer
		if err := log.WriteSegment(&b); err != nil {
			rt.Fatal(err)
		}
		got, again := open(t, stored(t, map[string][]byte{"c.seg": b.Bytes()}), Options{})
		if diff := cmp.Diff(log, got, cmpopts.EquateEmpty()); diff != "" {
			rt.Errorf("the compacted log is another (-before +after):\n%s", diff)
		}
		if again.Duplicates != 0 || again.Erased != 0 || again.Received != report.Events {
			rt.Errorf("the compacted segment still holds %d duplicates and %d erased events", again.Duplicates, again.Erased)
		}
	})
}
