package engine

import (
	"math"
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/quant"
)

// Similar is an item that resembles another, and by what. All values are 0 to 1.
type Similar struct {
	Row   catalog.Row
	Score float32 // Mix·Taste + (1-Mix)·Story, a little less for what few know; the list is sorted by it
	Mix   float32 // weight of taste: grows with how many people have seen the item asked about

	Taste    float32 // the same people like both: Vector and Followed, believed the more the more have seen this one
	Vector   float32 // cosine of the retrieval model's output vectors, 0 when opposed
	Followed float32 // weight of the transitions between the two, either way, against the strongest

	Story float32 // the two are about the same: Genre, Year, Tags, Title
	Genre float32
	Year  float32
	Tags  float32
	Title float32
}

// How a blend is made. Story leads: asked which items are similar, people go by
// content rather than by who rated them (Yao & Harper, Judging similarity: a
// user-centric study of related item recommendations, RecSys 2018).
const (
	tasteMost    = 0.45 // weight of taste for an item that everybody knows
	tasteSupport = 15   // interactions at which an item's taste counts half

	// The same where nothing but a title, perhaps a year, tells of the item: one
	// shared word, as of two people of the same first name, is outvoted by few.
	titleTasteMost, titleTasteSupport = 0.95, 3

	vectorPart, followedPart = 0.7, 0.3 // of taste

	genrePart, yearPart, tagsPart, titlePart = 0.4, 0.1, 0.2, 0.3 // of story

	yearSpan     = 12   // years apart at which nearness has fallen to 1/e
	titleNoise   = 0.2  // cosine of titles up to which a shared word is chance
	fameTieBreak = 0.15 // share of the score that an item no one knows loses
)

// Similar returns the k items most like item r, best first, ties by popularity;
// never r itself, and fewer than k only in a catalog of k items or fewer. Those with
// a score of 0 are not like r as far as is known: they are there for being popular.
func (e *Engine) Similar(r catalog.Row, k int) []Similar {
	q := e.question(r)
	scratch, out := &e.scratch, &e.bundle.Retrieval.Out
	e.genres.cosines(scratch.genre, r)
	e.tags.cosines(scratch.tags, r)
	e.titles.cosines(scratch.title, r)
	clear(scratch.followed)
	e.followed(scratch.followed, r)
	vector, _ := out.Row(int(r))
	block, products := make([]Similar, compareBlock), make([]int32, compareBlock)
	score := scratch.score
	for first := 0; first < len(score); first += compareBlock {
		block = block[:min(compareBlock, len(score)-first)]
		quant.Dots(products[:len(block)], out.Data[first*out.Cols:(first+len(block))*out.Cols], vector)
		for i := range block {
			block[i] = Similar{Row: catalog.Row(first + i), Vector: float32(products[i]) * e.inverse[r] * e.inverse[first+i]}
		}
		e.compare(&q, block)
		for i := range block {
			score[first+i] = block[i].Score
		}
	}
	score[r] = -1 // no other score is negative
	rows := e.best(score, min(k, len(score)-1))
	list := make([]Similar, len(rows))
	for i, other := range rows {
		list[i] = Similar{Row: other, Vector: e.cosine(r, other)}
	}
	e.compare(&q, list)
	return list
}

// compareBlock is how many items are compared in one go, which stay in the cache.
const compareBlock = 256

// question is what all comparisons with one item share.
type question struct {
	row      catalog.Row
	year     int
	possible float32 // storyParts
	mix      float32 // Similar.Mix
	bare     bool    // nothing but a title, perhaps a year, tells of the item
}

// question returns what comparisons with item r share.
func (e *Engine) question(r catalog.Row) question {
	for e.Prepare() {
	}
	q := question{row: r, year: int(e.catalog.Years[r]), possible: e.storyParts(r)}
	q.bare = q.possible < titlePart+tagsPart
	q.mix = tasteMost * e.trust(r, q.possible)
	if q.bare {
		q.mix *= titleTasteMost / tasteMost
	}
	return q
}

// storyParts returns how much of a story can be told of item r: the weights of
// the parts that it has.
func (e *Engine) storyParts(r catalog.Row) float32 {
	var sum float32 = titlePart
	if e.genres.norm[r] > 0 {
		sum += genrePart
	}
	if e.tags.norm[r] > 0 {
		sum += tagsPart
	}
	if e.catalog.Years[r] > 0 {
		sum += yearPart
	}
	return sum
}

// compare fills in how the items of list, whose Vector is the cosine as it is,
// resemble the one that q is about, whose other cosines and transitions are in the
// scratch memory.
func (e *Engine) compare(q *question, list []Similar) {
	scratch := &e.scratch
	for i := range list {
		s := &list[i]
		if s.Vector < 0 {
			s.Vector = 0
		}
		s.Followed, s.Genre, s.Tags = scratch.followed[s.Row], scratch.genre[s.Row], scratch.tags[s.Row]
		if title := scratch.title[s.Row]; title > titleNoise {
			s.Title = (title - titleNoise) / (1 - titleNoise)
		}
		if year := int(e.catalog.Years[s.Row]); year != 0 && q.year != 0 {
			s.Year = e.nearness(year - q.year)
		}
	}
	e.blend(q, list)
}

// blend fills in what follows from the parts of the items of list. All of it grows
// with each part, and with how many know the item: in float32, too, where rounding
// keeps the order.
func (e *Engine) blend(q *question, list []Similar) {
	for i := range list {
		s := &list[i]
		trust := e.tasteWeight[s.Row]
		if q.bare {
			trust = bareTrust(trust)
		}
		s.Mix = q.mix
		s.Taste = trust * (float32(vectorPart*s.Vector) + float32(followedPart*s.Followed))
		s.Story = (float32(genrePart*s.Genre) + float32(yearPart*s.Year) + float32(tagsPart*s.Tags) + float32(titlePart*s.Title)) / q.possible
		s.Score = (float32(s.Mix*s.Taste) + float32((1-s.Mix)*s.Story)) * (1 - fameTieBreak + float32(fameTieBreak*e.fame[s.Row]))
	}
}

// trust returns how far the taste of those who know item r is believed, 0 to 1,
// beside an item with those storyParts.
func (e *Engine) trust(r catalog.Row, possible float32) float32 {
	if possible < titlePart+tagsPart {
		return bareTrust(e.tasteWeight[r])
	}
	return e.tasteWeight[r]
}

// bareTrust returns count/(count + titleTasteSupport) of count/(count + tasteSupport).
func bareTrust(t float32) float32 {
	return t / (t + (1-t)*(float32(titleTasteSupport)/tasteSupport))
}

// cosine returns the cosine of the output vectors of a and b, -1 to 1, 0 when
// one of them is zero.
func (e *Engine) cosine(a, b catalog.Row) float32 {
	x, _ := e.bundle.Retrieval.Out.Row(int(a))
	y, _ := e.bundle.Retrieval.Out.Row(int(b))
	return float32(quant.Dot(x, y)) * e.inverse[a] * e.inverse[b]
}

// followed stores in dst, which is [N] and 0, how strongly each item is tied to r by
// transitions in either direction, against the strongest tie, 0 to 1; none is that
// does not follow r.
func (e *Engine) followed(dst []float32, r catalog.Row) {
	items, weights, scale := e.bundle.Transition.Of(r)
	var top float32
	for i, item := range items {
		dst[item] = scale * float32(weights[i])
		top = max(top, dst[item])
	}
	for _, item := range items {
		if w := e.bundle.Transition.Weight(item, r); w > 0 {
			dst[item] += w
			top = max(top, dst[item])
		}
	}
	if top == 0 {
		return
	}
	for _, item := range items {
		dst[item] /= top
	}
}

// nearness returns exp(-|years|/12) for that many years apart, 0 from 100 on.
func (e *Engine) nearness(years int) float32 {
	if years < 0 {
		years = -years
	}
	if years >= len(e.decay) {
		years = len(e.decay) - 1
	}
	return e.decay[years]
}

// yearDecay returns exp(-d/12) for d = 0 to 99 years apart and 0 beyond.
func yearDecay() [101]float32 {
	var decay [101]float32
	for d := range 100 {
		decay[d] = float32(math.Exp2(-float64(d) * math.Log2E / yearSpan))
	}
	return decay
}

// Nearest returns which of rows is most similar to item r: r itself when it is
// one of them; None of none.
func (e *Engine) Nearest(r catalog.Row, rows []catalog.Row) catalog.Row {
	if slices.Contains(rows, r) {
		return r
	}
	if len(rows) == 0 {
		return catalog.None
	}
	vectors := e.Describe(append([]catalog.Row{r}, rows...))
	best, near := 0, float32(3) // no two unit vectors are further apart than 2
	for i := range rows {
		if d := e.distance(vectors, 0, i+1); d < near {
			best, near = i, d
		}
	}
	return rows[best]
}
