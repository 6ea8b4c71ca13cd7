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
	spoken                          float32 // weights of what speaks for the item
	mark                            float32 // the item's own weight in coOccurrence, when it is in the history
}

// counts is how much an event counts in the sums of transitions.
type counts struct{ last, recent, together float32 }

// weigh returns what each of the newest n events counts, k = 0 the newest: by its place,
// and as far as the history is a set the mean of all places, which is what it counts
// over all orders.
func (x *Extractor) weigh(n int) []counts {
	all := x.counts[:n]
	var mean counts
	by, part := counts{1, 1, 1}, 1/float32(max(1, n))
	for k := range all {
		all[k] = by
		mean.last += float32(part * by.last)
		mean.recent += float32(part * by.recent)
		mean.together += float32(part * by.together)
		by.last = 0
		by.recent *= recentDecay
		by.together *= togetherDecay
		if k+1 == recentEvents {
			by.recent = 0
		}
	}
	if x.set > 0 {
		for k := range all {
			c := &all[k]
			*c = counts{x.mix(c.last, mean.last), x.mix(c.recent, mean.recent), x.mix(c.together, mean.together)}
		}
	}
	return all
}

// mix returns a where the history has an order, b where it is a set, and the line between them.
func (x *Extractor) mix(a, b float32) float32 { return float32((1-x.set)*a) + float32(x.set*b) }

// trace lays the transitions of history h out by item.
func (x *Extractor) trace(h History) {
	for _, r := range x.touched {
		x.traces[r] = trace{}
	}
	x.touched = x.touched[:0]
	sitting := len(h.sitting())
	share := float32(1) / float32(max(1, sitting))
	for k, c := range x.weigh(min(Window, len(h))) {
		r := h[len(h)-1-k].Row
		x.touch(r).mark = c.together
		items, weights, scale := x.tables.Neighbours(r)
		for i, item := range items {
			p := scale * float32(weights[i])
			t := x.touch(item)
			t.last += float32(c.last * p)
			t.recent += float32(c.recent * p)
			if k < sitting {
				t.session += float32(share * p)
			}
			t.together += float32(c.together * p)
		}
	}
}

// speak adds what speaks for each item to the traces.
func (x *Extractor) speak(h History) {
	if x.tables.Speaks == nil {
		return
	}
	for _, e := range h.ByRow() {
		items, weights, scale := x.tables.Speaks(e.Row)
		f := e.Liking() * scale
		for i, item := range items {
			x.touch(item).spoken += float32(f * float32(weights[i]))
		}
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
	f[ProfileScore] = Spoken(t.spoken)
	x.readSimilarity(m)

	m.readLikeness(x.tables.Catalog, &x.user, x.history)
	if x.set > 0 {
		x.readMeanLikeness(m)
	}
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

// readMeanLikeness puts the means over all events in place of the likeness to the last
// one, as far as the history is a set.
func (x *Extractor) readMeanLikeness(m *Item) {
	c, f, recent := x.tables.Catalog, &m.Numeric, x.history.last(Window)
	year := float64(yearOf(c, m.Row))
	part := 1 / float32(len(recent))
	var genres, years float32
	for _, e := range recent {
		genres += float32(part * jaccard(c.Genres[m.Row], c.Genres[e.Row]))
		years += float32(part * float32(math.Log1p(math.Abs(year-float64(yearOf(c, e.Row))))))
	}
	f[GenreOfLast], f[YearFromLast] = x.mix(f[GenreOfLast], genres), x.mix(f[YearFromLast], years)
}

// readSimilarity stores the cosines between m and the history in m; as far as the
// history is a set, their mean and the largest of all.
func (x *Extractor) readSimilarity(m *Item) {
	f := &m.Numeric
	f[SimilarityToLast], f[SimilarityToRecent] = 0, 0
	own, _ := x.tables.Out.Row(int(m.Row))
	n := min(similarEvents, len(x.history))
	if x.set > 0 {
		n = min(Window, len(x.history))
	}
	var mean, most float32
	for k := range n {
		r := x.history[len(x.history)-1-k].Row
		other, _ := x.tables.Out.Row(int(r))
		cosine := float32(quant.Dot(own, other)) * x.tables.OutNorms[m.Row] * x.tables.OutNorms[r]
		if k == 0 {
			f[SimilarityToLast], f[SimilarityToRecent], most = cosine, cosine, cosine
		}
		if k < similarEvents {
			f[SimilarityToRecent] = max(f[SimilarityToRecent], cosine)
		}
		most = max(most, cosine)
		mean += float32(cosine / float32(n))
	}
	if x.set > 0 {
		f[SimilarityToLast], f[SimilarityToRecent] = x.mix(f[SimilarityToLast], mean), x.mix(f[SimilarityToRecent], most)
	}
}

// Spoken maps the sum of the weights of what speaks for an item to ln(1 + 20·sum): they
// are of about a hundredth to a half, and are told apart by ratios from a twentieth on.
func Spoken(sum float32) float32 { return float32(math.Log1p(float64(20 * sum))) }

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
