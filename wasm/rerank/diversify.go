package rerank

import (
	"sparrow/wasm/feature"
	"sparrow/wasm/vec"
)

// widest is the weight of novelty against relevance at variety 1. At 1 the
// list would ignore the ranker but for its first item.
const widest = 0.5

// Diversify returns the first k of n items, chosen greedily by maximal marginal
// relevance and calibration: the next item is the one with the largest
//
//	(1-w)·rel(i) - w·max over chosen j of vectors[i]·vectors[j] + Σ worth,   w = 0.5·variety,
//
// where rel is [feature.Candidate.Value] stretched to 0..1 over the items, and worth
// is by how much the item brings the list nearer to each of the targets. Ties
// go to the earlier item. Items come sorted by value, best first; vectors is
// [n×C], unit rows or zeros, parallel to items. With variety ≤ 0 and without targets
// the result is the first k items as they came. It panics if the shapes do not match.
//
// Source: Carbonell & Goldstein, The use of MMR, diversity-based reranking for
// reordering documents and producing summaries, SIGIR 1998, section 2. There λ
// is our 1-w and the relevance is a cosine; ours is the ranker's score.
func Diversify(items []feature.Candidate, vectors []float32, variety float32, k int, targets ...Target) []feature.Candidate {
	n := len(items)
	k = min(k, n)
	if (!(variety > 0) || k <= 1) && len(targets) == 0 || k <= 0 {
		return append([]feature.Candidate(nil), items[:max(k, 0)]...)
	}
	if !(variety > 0) {
		vectors = nil
	}
	c := newChoice(items, vectors, variety, targets)
	chosen := make([]feature.Candidate, k)
	for place := range chosen {
		best := c.best(n)
		chosen[place] = items[best]
		c.take(best)
	}
	return chosen
}

// choice is a list in the making.
type choice struct {
	options []option  // parallel to the items
	columns []float32 // [width×n] the vectors, value by value
	chosen  []float32 // [width] scratch: the vector of the one that is taken
	like    []float32 // [n] scratch: its inner product with each
	w       float32   // weight of novelty
	targets []*calibration
}

// option is an item that can be chosen.
type option struct {
	rel     float32
	nearest float32 // largest inner product with any chosen item; vectors are unit, so ≥ -1
	value   float32 // what it is worth next
	taken   bool
}

func newChoice(items []feature.Candidate, vectors []float32, variety float32, targets []Target) *choice {
	n := len(items)
	if len(vectors)%n != 0 {
		panic("rerank: vectors do not match the items")
	}
	width := len(vectors) / n
	c := &choice{
		options: make([]option, n), columns: make([]float32, len(vectors)),
		chosen: make([]float32, width), like: make([]float32, n), w: widest * max(0, min(variety, 1)),
	}
	for i := range n {
		for k, v := range vectors[i*width:][:width] {
			c.columns[k*n+i] = v
		}
	}
	for _, t := range targets {
		if len(t.Of) != n {
			panic("rerank: a target does not match the items")
		}
		c.targets = append(c.targets, newCalibration(t))
	}
	low, span := scale(items)
	for i := range c.options {
		o := &c.options[i]
		o.nearest = -1
		if span > 0 {
			o.rel = (items[i].Value() - low) / span
		}
	}
	return c
}

// take chooses item i.
func (c *choice) take(i int) {
	c.options[i].taken = true
	for _, t := range c.targets {
		t.take(i)
	}
	n := len(c.options)
	for k := range c.chosen {
		c.chosen[k] = c.columns[k*n+i]
	}
	vec.DotColumns(c.like, c.chosen, c.columns)
	for j := range c.options {
		if o := &c.options[j]; !o.taken {
			o.nearest = max(o.nearest, c.like[j])
		}
	}
}

// best values the first n items and returns the first of those that are worth
// most, taken ones left out.
func (c *choice) best(n int) int {
	best := -1
	for i := range c.options[:n] {
		o := &c.options[i]
		o.value = float32((1-c.w)*o.rel) - float32(c.w*o.nearest)
		for _, t := range c.targets {
			o.value += t.worth(i)
		}
		if !o.taken && (best < 0 || o.value > c.options[best].value) {
			best = i
		}
	}
	return best
}

// scale returns the lowest value of items and how far the highest lies above it.
func scale(items []feature.Candidate) (low, span float32) {
	low = items[0].Value()
	high := low
	for i := range items {
		s := items[i].Value()
		low, high = min(low, s), max(high, s)
	}
	return low, high - low
}
