package engine_test

import (
	"math"
	"slices"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/feature"
)

// TestNetworkBundle asks a bundle whose retrieval is a network.
func TestNetworkBundle(t *testing.T) {
	e := engine.New(enginetest.Networked(80))
	for parity := range catalog.Row(2) {
		var h feature.History
		for k := range int64(60) { // more than the network sees
			h = append(h, feature.Event{Row: parity + catalog.Row(2*(k%5)), Stars: 5, At: k})
		}
		h = h[55:]
		q := engine.Query{History: h, Filter: engine.Filter{Genre: engine.AllGenres}, K: 10, Because: true}
		list := e.Recommend(q)
		if len(list) != 10 {
			t.Fatalf("%d recommendations, want 10", len(list))
		}
		carried := 0
		for _, r := range list {
			if r.Row%2 != parity {
				t.Errorf("a user who likes parity %d is given item %d", parity, r.Row)
			}
			if slices.ContainsFunc(h, func(ev feature.Event) bool { return ev.Row == r.Because }) {
				carried++
			}
		}
		if carried < 5 {
			t.Errorf("%d of 10 recommendations name a movie of the history", carried)
		}
		x := e.Explain(q, list[0].Row)
		sum := float64(x.Base)
		for _, c := range x.Contributions {
			sum += float64(c.Amount)
		}
		if math.Abs(sum-float64(x.Score)) > 1e-4 {
			t.Errorf("base and contributions sum to %g, the score is %g", sum, x.Score)
		}
	}
}
