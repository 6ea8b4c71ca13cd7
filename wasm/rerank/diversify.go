// Package rerank turns the ranker's order into the list a visitor sees. It
// works on scores and unit vectors and knows nothing of what they mean.
package rerank

import "sparrow/wasm/catalog"

// Item is a candidate with the ranker's score.
type Item struct {
	Row   catalog.Row
	Score float32
}

// widest is the weight of novelty against relevance at variety 1. At 1 the
// list would ignore the ranker but for its first movie.
const widest = 0.7

// Diversify returns the first k of n items, chosen greedily by maximal marginal
// relevance: the next item is the one with the largest
//
//	(1-w)·rel(i) - w·max over chosen j of vectors[i]·vectors[j],   w = 0.7·variety,
//
// where rel is the score stretched to 0..1 over the items. Ties go to the
// earlier item. Items come sorted by score, best first, and keep their scores;
// vectors is [n×C], unit rows or zeros, parallel to items. With variety ≤ 0 the
// result is the first k items as they came. It panics if the shapes do not match.
//
// Source: Carbonell & Goldstein, The use of MMR, diversity-based reranking for
// reordering documents and producing summaries, SIGIR 1998, section 2. There λ
// is our 1-w and the relevance is a cosine; ours is the ranker's score.
func Diversify(items []Item, vectors []float32, variety float32, k int) []Item {
	n := len(items)
	k = min(k, n)
	if !(variety > 0) || k <= 1 {
		return append([]Item(nil), items[:max(k, 0)]...)
	}
	c := newChoice(items, vectors, variety)
	chosen := make([]Item, 0, k)
	next := 0 // nothing is chosen yet, so relevance alone decides
	for {
		chosen = append(chosen, items[next])
		if len(chosen) == k {
			return chosen
		}
		c.take(next)
		best := float32(0)
		next = -1
		for i := range items {
			if c.taken[i] {
				continue
			}
			if value := c.value(i); next < 0 || value > best {
				next, best = i, value
			}
		}
	}
}

// choice is a list in the making.
type choice struct {
	vectors []float32 // [n×width]
	width   int
	w       float32   // weight of novelty
	rel     []float32 // [n]
	nearest []float32 // [n] largest inner product with any chosen item; vectors are unit, so ≥ -1
	taken   []bool    // [n]
}

func newChoice(items []Item, vectors []float32, variety float32) *choice {
	n := len(items)
	if len(vectors)%n != 0 {
		panic("rerank: vectors do not match the items")
	}
	c := &choice{
		vectors: vectors, width: len(vectors) / n, w: widest * max(0, min(variety, 1)),
		rel: stretch(items), nearest: make([]float32, n), taken: make([]bool, n),
	}
	for i := range c.nearest {
		c.nearest[i] = -1
	}
	return c
}

// take chooses item i.
func (c *choice) take(i int) {
	c.taken[i] = true
	last := c.vectors[i*c.width : (i+1)*c.width]
	for j := range c.nearest {
		if !c.taken[j] {
			c.nearest[j] = max(c.nearest[j], dot(last, c.vectors[j*c.width:(j+1)*c.width]))
		}
	}
}

// value is what item i is worth next.
func (c *choice) value(i int) float32 {
	return float32((1-c.w)*c.rel[i]) - float32(c.w*c.nearest[i])
}

// stretch maps the scores of items linearly to 0..1; equal scores become 0.
func stretch(items []Item) []float32 {
	rel := make([]float32, len(items))
	low, high := items[0].Score, items[0].Score
	for _, it := range items {
		low, high = min(low, it.Score), max(high, it.Score)
	}
	if high == low {
		return rel
	}
	for i, it := range items {
		rel[i] = (it.Score - low) / (high - low)
	}
	return rel
}

// dot returns Σ x[i]·y[i]; y is at least as long as x. Products are rounded
// before they are added, so that every target agrees.
func dot(x, y []float32) float32 {
	y = y[:len(x)]
	var sum float32
	for i, v := range x {
		sum += float32(v * y[i])
	}
	return sum
}
