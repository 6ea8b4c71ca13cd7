package feature

import (
	"math"

	"sparrow/wasm/catalog"
	"sparrow/wasm/quant"
)

const (
	recentEvents   = 30   // events that transitionFromRecent sees
	recentDecay    = 0.7  // of an event's weight to the next older one's
	togetherDecay  = 0.95 // likewise, for coOccurrence
	similarEvents  = 20   // events that similarityToRecent sees
	softenFraction = 500  // see soften
)

// trace is what a history says of one item.
type trace struct {
	last, recent, session, together float32 // transition weights from the history to the item
	mark                            float32 // the item's own weight in coOccurrence, when it is in the history
}

// trace lays the transitions of history h out by item.
func (x *Extractor) trace(h History) {
	for _, r := range x.touched {
		x.traces[r] = trace{}
	}
	x.touched = x.touched[:0]
	sitting := len(h.sitting())
	share := float32(1) / float32(max(1, sitting))
	recent, together := float32(1), float32(1)
	for k := range min(Window, len(h)) {
		r := h[len(h)-1-k].Row
		x.touch(r).mark = together
		items, weights, scale := x.tables.Neighbours(r)
		for i, item := range items {
			p := scale * float32(weights[i])
			t := x.touch(item)
			if k == 0 {
				t.last = p
			}
			if k < recentEvents {
				t.recent += float32(recent * p)
			}
			if k < sitting {
				t.session += float32(share * p)
			}
			t.together += float32(together * p)
		}
		recent *= recentDecay
		together *= togetherDecay
	}
}

// touch returns the trace of r, to be written.
func (x *Extractor) touch(r catalog.Row) *trace {
	t := &x.traces[r]
	if *t == (trace{}) {
		x.touched = append(x.touched, r)
	}
	return t
}

// readPair stores the features of the pair of the history and m in m.
func (x *Extractor) readPair(m *Item) {
	t := x.traces[m.Row]
	together := t.together
	items, weights, scale := x.tables.Neighbours(m.Row)
	for i, item := range items {
		together += float32(scale * float32(weights[i]) * x.traces[item].mark)
	}
	f := &m.Numeric
	f[TransitionFromLast] = soften(t.last)
	f[TransitionFromRecent] = soften(t.recent)
	f[TransitionFromSession] = soften(t.session)
	f[CoOccurrence] = soften(together)
	x.readSimilarity(m)

	m.readLikeness(x.tables.Catalog, &x.user, x.history)
}

// readLikeness stores how near m is to the genres and years of history h, whose
// features are u, in m.
func (m *Item) readLikeness(c *catalog.Catalog, u *User, h History) {
	f := &m.Numeric
	genres := c.Genres[m.Row]
	var affinity float32
	for _, g := range genres {
		affinity += u.shares[g]
	}
	f[GenreAffinity] = affinity / float32(max(1, len(genres)))
	year := float64(yearOf(c, m.Row))
	f[YearDistance] = float32(math.Log1p(math.Abs(year - float64(u.avgYear))))
	f[GenreOfLast], f[YearFromLast] = 0, f[YearDistance]
	if n := len(h); n > 0 {
		last := h[n-1].Row
		f[GenreOfLast] = jaccard(genres, c.Genres[last])
		f[YearFromLast] = float32(math.Log1p(math.Abs(year - float64(yearOf(c, last)))))
	}
}

// readSimilarity stores the cosines between m and the history in m.
func (x *Extractor) readSimilarity(m *Item) {
	f := &m.Numeric
	f[SimilarityToLast], f[SimilarityToRecent] = 0, 0
	own, _ := x.tables.Out.Row(int(m.Row))
	for k := range min(similarEvents, len(x.history)) {
		r := x.history[len(x.history)-1-k].Row
		other, _ := x.tables.Out.Row(int(r))
		cosine := float32(quant.Dot(own, other)) * x.tables.OutNorms[m.Row] * x.tables.OutNorms[r]
		if k == 0 {
			f[SimilarityToLast], f[SimilarityToRecent] = cosine, cosine
		}
		f[SimilarityToRecent] = max(f[SimilarityToRecent], cosine)
	}
}

// soften maps a transition weight p ≥ 0 to ln(1 + 500·p): counts are heavy-tailed.
func soften(p float32) float32 { return float32(math.Log1p(softenFraction * float64(p))) }

// jaccard returns |a ∩ b| / |a ∪ b|, 0 when both are empty. a and b have no repeats.
func jaccard(a, b []uint8) float32 {
	both := 0
	for _, g := range a {
		for _, o := range b {
			if g == o {
				both++
			}
		}
	}
	if len(a)+len(b) == 0 {
		return 0
	}
	return float32(both) / float32(len(a)+len(b)-both)
}
