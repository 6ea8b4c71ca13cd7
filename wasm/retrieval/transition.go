package retrieval

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

const (
	transitionEvents = 30  // newest events that transitions start from
	transitionDecay  = 0.7 // of an event's weight to the next older one's
)

// Weight returns how strongly b follows a, 0 when b is not in a's list. The sum
// of both directions is a symmetric measure of co-occurrence.
func (l *Lists) Weight(a, b catalog.Row) float32 {
	items, weights, scale := l.Of(a)
	low, high := 0, len(items)
	for low < high {
		if middle := (low + high) / 2; items[middle] < b {
			low = middle + 1
		} else {
			high = middle
		}
	}
	if low == len(items) || items[low] != b {
		return 0
	}
	return scale * float32(weights[low])
}

// Scores stores how strongly each item follows history h in dst, which is [N]:
// Σ_k 0.7^k · Weight(h_k, item) over the newest 30 events, k = 0 the newest.
func (l *Lists) Scores(dst []float32, h feature.History) {
	clear(dst)
	w := float32(1)
	for k := range min(transitionEvents, len(h)) {
		items, weights, scale := l.Of(h[len(h)-1-k].Row)
		f := w * scale
		for i, r := range items {
			dst[r] += float32(f * float32(weights[i]))
		}
		w *= transitionDecay
	}
}
