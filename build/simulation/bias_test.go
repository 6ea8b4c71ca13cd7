package simulation

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"sparrow/build/feedback"
	"sparrow/wasm/event"
)

// TestBiasIsFound has the builder estimate from a log of clicks how well each
// position is examined. It does not know that people examine position i with
// probability i^-bias; the lists are in the engine's order, so that what stands
// first is also better, which makes it harder.
func TestBiasIsFound(t *testing.T) {
	w, data := parity(t, Plan{Seed: 5, Shift: 0.8})
	_, all := simulate(t, w, some(data, 1500))
	log := logOf(t, all)
	lists := log.Examinations()
	i := slices.IndexFunc(lists, func(x feedback.Examination) bool { return x.List == "for-you" })
	if i < 0 {
		t.Fatalf("no list for-you among %d", len(lists))
	}
	sum := 0.0
	for k, theta := range lists[i].Theta {
		want := examination(k + 1)
		sum += math.Abs(math.Log(theta/want)) / float64(len(lists[i].Theta))
	}
	if sum > 0.25 {
		t.Errorf("estimates are off by a factor of %.2f on average, want 1.28 at most", math.Exp(sum))
	}
}

// logOf is what the builder reads of these events.
func logOf(t *testing.T, all map[event.Visitor][]event.Event) *feedback.Log {
	t.Helper()
	var segment []byte
	for _, events := range all {
		for batch := range slices.Chunk(events, event.MaxBatch) {
			last := batch[len(batch)-1].At
			r := event.Record{Site: "self", Received: last, Sent: last}
			for i := range batch {
				r.Events = append(r.Events, batch[i].Append(nil))
			}
			segment = event.AppendSegment(segment, r.Append(nil))
		}
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "of.seg"), segment, 0o644); err != nil {
		t.Fatal(err)
	}
	log, _, err := feedback.Open(context.Background(), dir, feedback.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return log
}
