// Package engine opens a bundle and answers from it. It keeps no profile: each
// query brings its history.
package engine

import (
	"slices"

	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/filter"
	"sparrow/wasm/live"
	"sparrow/wasm/ranking"
	"sparrow/wasm/retrieval"
	"sparrow/wasm/vec"
)

// Engine answers from one bundle. It keeps scratch memory and is not for
// concurrent use.
type Engine struct {
	bundle  *bundle.Bundle // base, or it with the new items of an overlay
	catalog *catalog.Catalog

	base      *bundle.Bundle   // as it was opened
	presented *catalog.Catalog // with the titles and the columns of an overlay
	retitled  bool             // whether titles differ
	overlay   overlay
	fresh     []*live.New // new items of an overlay, whose rows follow those of the bundle
	freshSaid live.Remarks

	retriever *retrieval.Retriever
	ranker    *ranking.Ranker
	pointwise []pointwise     // parallel to the bundle's pointwise models; each made when it is first asked
	search    *catalog.Search // nil until the first search
	columns   *filter.Columns // nil until the first filter
	condition *filter.Program // the last one; nil until there is one

	newPointwise func(*ranking.Pointwise, *catalog.Catalog, *feature.Statistics) pointwise // nil where lists are all that is asked for

	rounds       int // orders that a set is ranked in
	genres       *tfidf
	tags, titles *tfidf     // nil until items are compared
	gathering    *gathering // that makes them; nil before and after
	centre       centre
	ties         retrieval.Lists // transitions that items are compared by
	before       turned          // by them
	holders      turned          // by the profile's lists
	firstYear    int             // that yearsUpTo tells apart from those before
	yearsUpTo    [128]int32      // items up to firstYear-1, firstYear, …
	inverse      []float32       // [N] InverseNorms of the output vectors
	tasteWeight  []float32       // [N] trust in the item's vector and transitions, 0 to 1
	fame         []float32       // [N] 0 to 1
	quality      []float32       // [N] shrunken mean of the stars
	sameStars    bool            // whether all ratings are the same
	genreRanks   []uint8         // of each genre, 0 for the most specific
	genreCounts  []int           // items of each genre
	genreViews   []float64       // of the crowd, of the items of each genre
	byGenre      [][]catalog.Row // by popularity; nil until a page shows genres
	tagCounts    []int           // items of each tag
	together     *genrePairs     // nil until it is needed
	tagged       int             // items that have tags
	sortedBy     [orders][]catalog.Row
	place        []int32 // [N] of each item by popularity; nil until items are compared
	totals       feature.Totals
	newest       int16 // year of the newest item

	clock   func() float64      // milliseconds since whenever; nil where there is none
	moments [Stages + 1]float64 // when the stages of the last list began, and when the last one ended

	scratch struct { // [N] each
		genre, tags, title, followed, listed, score []float32
		skip                                        []bool
		top                                         vec.TopK
	}
}

// New returns an engine over b, which it keeps. b must be valid, as what
// [bundle.Decode] returns is.
func New(b *bundle.Bundle) *Engine {
	e := newEngine(b)
	e.newPointwise = newPointwise
	return e
}

// newEngine returns an engine without pointwise models.
func newEngine(b *bundle.Bundle) *Engine { return engineOf(b, slices.Max(b.Catalog.Years)) }

// engineOf is newEngine, where newest is the year of the newest item of those that people know.
func engineOf(b *bundle.Bundle, newest int16) *Engine {
	n := b.Catalog.Len()
	inverse := b.Retrieval.Out.InverseNorms()
	tables := b.Tables()
	tables.OutNorms = inverse
	e := &Engine{
		bundle:      b,
		base:        b,
		catalog:     b.Catalog,
		presented:   b.Catalog,
		retriever:   retrieval.New(&b.Retrieval, &b.Transition, &b.Statistics).WithProfile(b.Profile).WithSets(tables.Set),
		ranker:      ranking.New(&b.Ranking, tables, &b.Retrieval.In),
		rounds:      rounds,
		ties:        b.Ties(),
		genres:      newTFIDF(n, genreTerms(b.Catalog)),
		inverse:     inverse,
		tasteWeight: make([]float32, n),
		fame:        fame(b.Statistics.Count),
		quality:     shrunken(&b.Statistics),
		sameStars:   sameStars(&b.Statistics),
		genreRanks:  b.Catalog.GenreRanks(),
		genreCounts: make([]int, len(b.Catalog.GenreNames)),
		genreViews:  make([]float64, len(b.Catalog.GenreNames)),
		tagCounts:   make([]int, len(b.Catalog.TagNames)),
		totals:      b.Statistics.Totals(),
		newest:      newest,
	}
	if tables.Set != nil && b.Retrieval.Network == nil {
		e.rounds = 1
	}
	e.countYears()
	for r := range n {
		count := float32(b.Statistics.Count[r])
		e.tasteWeight[r] = count / (count + tasteSupport)
		if b.Retrieval.Given {
			e.tasteWeight[r] = 1
		}
		for _, g := range b.Catalog.Genres[r] {
			e.genreCounts[g]++
			e.genreViews[g] += float64(b.Statistics.Count[r])
		}
		for _, t := range b.Catalog.Tags[r] {
			e.tagCounts[t]++
		}
		if len(b.Catalog.Tags[r]) > 0 {
			e.tagged++
		}
	}
	for _, s := range []*[]float32{&e.scratch.genre, &e.scratch.tags, &e.scratch.title, &e.scratch.followed, &e.scratch.listed, &e.scratch.score} {
		*s = make([]float32, n)
	}
	e.scratch.skip = make([]bool, n)
	return e
}

// Catalog returns the items, with the titles of the overlay, and its new items behind those
// of the bundle; [Engine.Addresses] has their pictures and pages. It is read-only, and
// another one after [Engine.Overlay].
func (e *Engine) Catalog() *catalog.Catalog { return e.presented }

// Meta reports where the bundle comes from.
func (e *Engine) Meta() bundle.Meta { return e.bundle.Meta }

// Timeless reports whether the data had no times, so that which item was chosen
// before which is not known.
func (e *Engine) Timeless() bool { return e.bundle.Statistics.AsOf == 0 }

// Statistics returns what the crowd did. They are read-only.
func (e *Engine) Statistics() *feature.Statistics { return &e.bundle.Statistics }
