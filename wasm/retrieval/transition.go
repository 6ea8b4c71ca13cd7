package retrieval

import (
	"iter"

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

// transitionPlaces is what an event counts by its place, the newest first.
var transitionPlaces = func() []float32 {
	all, w := make([]float32, transitionEvents), float32(1)
	for k := range all {
		all[k] = w
		w *= transitionDecay
	}
	return all
}()

// Scores stores how strongly each item follows history h in dst, which is [N]:
// Σ_k 0.7^k · Weight(h_k, item) over the newest 30 events, k = 0 the newest.
func (l *Lists) Scores(dst []float32, h feature.History) {
	l.scores(dst, h, 0)
}

// scores is Scores of a history that is a set as far as set says, see [Retriever.WithSets].
func (l *Lists) scores(dst []float32, h feature.History, set float32) {
	clear(dst)
	if set == 0 {
		h = h[max(0, len(h)-transitionEvents):]
	}
	for w, e := range places(h, transitionPlaces, set) {
		items, weights, scale := l.Of(e.Row)
		f := w * scale
		for i, r := range items {
			dst[r] += float32(f * float32(weights[i]))
		}
	}
}

// places goes through the events of h, the newest first, with what each counts: what place
// has for it, k = 0 the newest, and as far as h is a set the mean of that over all events.
// Of a set in full it takes them in the order of their items, since sums of floats hang on that, too.
func places(h feature.History, place []float32, set float32) iter.Seq2[float32, feature.Event] {
	n := min(len(h), len(place))
	var mean float32
	for _, p := range place[:n] {
		mean += p / float32(max(1, len(h)))
	}
	if set == 1 {
		h = h.ByRow()
	}
	return func(yield func(float32, feature.Event) bool) {
		for k := range h {
			var p float32
			if k < n {
				p = place[k]
			}
			if !yield(float32((1-set)*p)+float32(set*mean), h[len(h)-1-k]) {
				return
			}
		}
	}
}
