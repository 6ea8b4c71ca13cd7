package engine

import (
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/filter"
	"sparrow/wasm/quant"
)

// Similar is an item that resembles another, and by what. All values are 0 to 1.
type Similar struct {
	Row   catalog.Row
	Next  bool    // the next part of the series that the item asked about is of: it stands first
	Score float32 // Taste + Story, less for what few know and for what is badly rated; the list is sorted by it

	Taste    float32 // the same people like both: Vector, Followed and Listed, believed the more the more know both
	Vector   float32 // cosine of the retrieval model's output vectors less their mean, 0 when opposed
	Followed float32 // weight of the transitions between the two, either way, against the strongest
	Listed   float32 // weight of the item asked about in the profile's list of this one, against the strongest there

	Story    float32 // the two are about the same: Genre, Year, Tags, Title, Original
	Genre    float32
	Year     float32 // how few items of the catalog are as near in time
	Tags     float32 // half for one tag that both have: it may be chance
	Title    float32 // 1 for parts of a series
	Original float32 // 1 where both titles add the original one, of another language
}

// How a blend is made. Chosen with the odd lines of build/lists/testdata's golden set,
// and said of its even lines in build/lists' README.
const (
	vectorPart, followedPart = 1.0, 0.5 // of taste
	listedPart               = 0.3      // of followedPart, where the bundle has a profile

	vectorSupport   = 15  // interactions of the item asked about at which vectors count half
	followedSupport = 1.5 // the same of transitions and lists, which are people and not a guess
	tasteSupport    = 6   // interactions of the other item at which vectors count half

	genrePart, yearPart, tagsPart, titlePart, originalPart = 1.0, 0.9, 0.8, 0.7, 0.6 // of story

	// most is what the parts sum up to, so that a score is at most 1.
	most = vectorPart + followedPart + genrePart + yearPart + tagsPart + titlePart + originalPart

	// storyLess is what an item that everybody knows loses of the parts of its story
	// beside series: taste has more to say.
	storyLess = 0.2

	// storyBeside is what is left of them beside vectors that were given: these say what the
	// items are about, and stand in the order that their owner knows. With 0.2 the lists
	// of 100,000 items took 1.8 times as long: more of a genre may be among the best.
	storyBeside = 0.05

	tiedPart     = 0.6  // of followedPart, for any tie, where nothing but titles tells of the items
	oneTag       = 0.5  // of Tags where only one is shared
	titleNoise   = 0.2  // cosine of titles up to which a shared word is chance
	wordPart     = 0.03 // of Title where nothing but titles tells of the items and they share words
	fameTieBreak = 0.17 // share of the score that an item no one knows loses

	// An item rated worse than these stars, and than the item asked about, loses so much
	// of its score a star. Means are shrunken: those of few are near to all items', so that
	// a larger middlingLoss would set what few know above what many know and find middling.
	middlingStars, middlingLoss = 3.4, 0.2
	badStars, badLoss           = 3.2, 1.5 // beside it
)

// Similar returns the k items most like item r, best first, ties by popularity;
// never r itself, and fewer than k only in a catalog of k items or fewer. Those with
// a score of 0 are not like r as far as is known: they are there for being popular.
func (e *Engine) Similar(r catalog.Row, k int) []Similar { return e.SimilarAmong(r, k, nil) }

// SimilarAmong is [Engine.Similar] of the items of a set alone, as of [Engine.Where].
func (e *Engine) SimilarAmong(r catalog.Row, k int, among filter.Set) []Similar {
	among = e.among(among)
	q := e.question(r)
	scratch, out := &e.scratch, &e.bundle.Retrieval.Out
	e.genres.cosines(scratch.genre, r)
	e.tags.cosines(scratch.tags, r)
	e.titles.cosines(scratch.title, r)
	clear(scratch.followed)
	e.followed(scratch.followed, r)
	clear(scratch.listed)
	e.listed(scratch.listed, r)
	vector, _ := out.Row(int(r))
	block, products := make([]Similar, compareBlock), make([]int32, compareBlock)
	score := scratch.score
	for first := 0; first < len(score); first += compareBlock {
		block = block[:min(compareBlock, len(score)-first)]
		quant.Dots(products[:len(block)], out.Data[first*out.Cols:(first+len(block))*out.Cols], vector)
		for i := range block {
			other := first + i
			block[i] = Similar{Row: catalog.Row(other), Vector: e.centred(r, catalog.Row(other), products[i])}
		}
		e.compare(&q, block)
		for i := range block {
			score[first+i] = block[i].Score
		}
	}
	e.boost(score)
	score[r] = -1 // no other score is negative, but of what is left out
	others := len(score) - 1
	if among != nil {
		among.Outside(scratch.skip)
		for i, skip := range scratch.skip {
			if skip {
				score[i] = -1
			}
		}
		if others = among.Of(len(score)); among.Has(r) {
			others--
		}
	}
	rows := e.best(score, min(k, others))
	led := q.next != catalog.None && among.Has(q.next) && !e.buried(q.next) // else nothing is called the next part, for that one is left out
	if led {
		rows = q.lead(rows)
	}
	list := make([]Similar, len(rows))
	for i, other := range rows {
		list[i] = Similar{Row: other, Vector: e.cosine(r, other)}
	}
	e.compare(&q, list)
	e.boostListed(list)
	if led {
		q.mark(list)
	}
	return list
}

// compareBlock is how many items are compared in one go, which stay in the cache.
const compareBlock = 256

// question is what all comparisons with one item share.
type question struct {
	row      catalog.Row
	year     int
	stars    float32 // below which an item loses
	bare     bool    // nothing but a title, perhaps a year, tells of the item
	original bool    // Similar.Original is possible

	vector, followed, listed, story float32 // weights
	tied                            float32 // what the weakest transition counts, beside its weight

	near  []float32   // Similar.Year by years apart
	next  catalog.Row // of what was compared, the next part of the series; None
	exact bool        // the titles of the two say so by their numbers
	alike float32     // Tags + Genre of next
}

// question returns what comparisons with item r share.
func (e *Engine) question(r catalog.Row) question {
	for e.Prepare() {
	}
	q := question{row: r, year: int(e.catalog.Years[r]), next: catalog.None, near: make([]float32, len(e.yearsUpTo))}
	q.stars = min(middlingStars, e.quality[r])
	q.bare = e.untold(r)
	q.original = hasOriginal(e.catalog.Titles[r])
	count := float32(e.bundle.Statistics.Count[r])
	known := count / (count + vectorSupport)
	story := 1 - float32(storyLess*known)
	if e.bundle.Retrieval.Given {
		known, story = 1, storyBeside
	} else if int(r) >= e.base.Catalog.Len() {
		known = e.tasteWeight[r]
	}
	q.vector = vectorPart * known / most
	q.followed = followedPart * (count / (count + followedSupport)) / most
	if q.bare { // a tie of any strength is a person who knows both, which a vector does not promise
		q.tied, q.followed = tiedPart*q.followed, (1-tiedPart)*q.followed
	}
	if e.bundle.Profile != nil {
		q.listed = listedPart / followedPart * q.followed
		q.followed -= q.listed
	}
	q.story = story / most
	e.nearYears(&q)
	return q
}

// compare fills in how the items of list, whose Vector is the cosine as it is,
// resemble the one that q is about, whose other cosines and ties are in the scratch
// memory.
func (e *Engine) compare(q *question, list []Similar) {
	scratch := &e.scratch
	for i := range list {
		s := &list[i]
		s.Followed, s.Listed = scratch.followed[s.Row], scratch.listed[s.Row]
		s.Genre, s.Tags = scratch.genre[s.Row], scratch.tags[s.Row]
		e.complete(q, s, scratch.title[s.Row])
	}
	e.blend(q, list)
}

// complete fills in the parts of s that follow from title, the cosine of the titles,
// and from the catalog, and makes the parts that are cosines what they count.
func (e *Engine) complete(q *question, s *Similar, title float32) {
	if s.Vector < 0 {
		s.Vector = 0
	}
	if s.Tags > 0 && !e.shareTwo(q.row, s.Row) {
		s.Tags *= oneTag
	}
	if title > titleNoise {
		e.titleOf(q, s, title)
	}
	if year := int(e.catalog.Years[s.Row]); year != 0 && q.year != 0 {
		s.Year = q.nearness(year)
	}
	if q.original && hasOriginal(e.catalog.Titles[s.Row]) {
		s.Original = 1
	}
}

// blend fills in what follows from the parts of the items of list.
func (e *Engine) blend(q *question, list []Similar) {
	for i := range list {
		s := &list[i]
		e.sum(q, s)
		if worse := q.stars - e.quality[s.Row]; worse > 0 {
			loss := float32(middlingLoss * worse)
			if worse = min(badStars, q.stars) - e.quality[s.Row]; worse > 0 {
				loss += float32(badLoss * worse)
			}
			s.Score *= max(0, 1-loss)
		}
	}
}

// sum fills in what follows from the parts of s but for how it is rated. All of it
// grows with each part, and with how many know the item: in float32, too, where
// rounding keeps the order.
func (e *Engine) sum(q *question, s *Similar) {
	s.Taste = float32(float32(q.vector*e.tasteWeight[s.Row])*s.Vector) + float32(q.followed*s.Followed) + float32(q.listed*s.Listed)
	if s.Followed > 0 {
		s.Taste += q.tied
	}
	s.Story = float32(q.story*(float32(genrePart*s.Genre)+float32(yearPart*s.Year)+float32(tagsPart*s.Tags)+float32(originalPart*s.Original))) +
		float32(titlePart/most*s.Title)
	s.Score = (s.Taste + s.Story) * (1 - fameTieBreak + float32(fameTieBreak*e.fame[s.Row]))
}

// shareTwo reports whether items a and b share two tags or more.
func (e *Engine) shareTwo(a, b catalog.Row) bool {
	n := 0
	for _, t := range e.catalog.Tags[b] {
		if slices.Contains(e.catalog.Tags[a], t) {
			n++
		}
	}
	return n >= 2
}

// cosine returns the cosine of the output vectors of a and b less the mean of all,
// -1 to 1, 0 when one of them is zero.
func (e *Engine) cosine(a, b catalog.Row) float32 {
	x, _ := e.bundle.Retrieval.Out.Row(int(a))
	y, _ := e.bundle.Retrieval.Out.Row(int(b))
	return e.centred(a, b, quant.Dot(x, y))
}

// centred returns [Engine.cosine] of a and b from the product of their vectors.
func (e *Engine) centred(a, b catalog.Row, product int32) float32 {
	c := &e.centre
	cosine := float32(product) * e.inverse[a] * e.inverse[b]
	return (cosine - c.along[a] - c.along[b] + c.square) * c.inverse[a] * c.inverse[b]
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
