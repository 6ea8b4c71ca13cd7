package engine

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/vec"
)

// Kind names a shelf of the home page.
type Kind string

const (
	ForYou  Kind = "for-you"  // recommendations; popular stands in for it without a history
	LikeOne Kind = "because"  // like an item that the visitor liked lately
	Rising  Kind = "trending" // in the site's own feedback
	Gems    Kind = "gems"     // well rated and little known
	Newest  Kind = "new"      // new in the catalog, see [Engine.OnShelf]
	Popular Kind = "popular"
	OfGenre Kind = "genre" // the best known of a genre, by taste when there is a history
)

// Shelf is a row of items.
type Shelf struct {
	Kind  Kind
	Item  catalog.Row // with LikeOne, else None
	Genre int         // with OfGenre, else AllGenres
	Items []Recommendation
}

const (
	becauseShelves = 2   // of the latest liked items
	gemAppetite    = 0.6 // weight of appetite against the stars
)

// Home returns the shelves of the home page, q.K items each, none of which
// stands on two shelves or is in the history or excluded; a shelf that would
// hold less than a quarter of q.K is left out. forYou is what was recommended to
// the visitor, and without a history not shown; liked are the items of the
// history that they like, the latest first. Of q.Filter only Among counts.
func (e *Engine) Home(q Query, forYou []Recommendation, liked []catalog.Row) []Shelf {
	h := home{k: q.K, used: make([]bool, e.catalog.Len())}
	e.among(q.Filter.Among).Outside(h.used)
	for _, r := range q.excluded() {
		h.use(r)
	}
	if len(q.History) > 0 {
		h.add(Shelf{Kind: ForYou, Item: catalog.None, Genre: AllGenres}, forYou)
	} else { // a newcomer finds first what they know
		h.popular(e)
	}
	for _, r := range liked[:min(becauseShelves, len(liked))] {
		var list []Recommendation
		for _, s := range e.SimilarAmong(r, h.enough(), q.Filter.Among) {
			if s.Score == 0 {
				break // popular, not like r
			}
			if s.Title == 0 && !e.Related(r, s.Row) {
				continue // as with a single recommendation, see Attribute
			}
			list = append(list, Recommendation{Candidate: feature.Candidate{Row: s.Row, Score: s.Score}, Because: r})
		}
		h.add(Shelf{Kind: LikeOne, Item: r, Genre: AllGenres}, list)
	}
	rising := h.best(e, q.Trending, nil, nil)
	for i := range rising {
		rising[i].Sources = feature.FromTrending
	}
	h.add(Shelf{Kind: Rising, Item: catalog.None, Genre: AllGenres}, rising)
	appetite := e.appetite(q.History)
	h.add(Shelf{Kind: Gems, Item: catalog.None, Genre: AllGenres}, e.gems(appetite, &h))
	h.add(Shelf{Kind: Newest, Item: catalog.None, Genre: AllGenres}, h.newest(e))
	if len(q.History) > 0 {
		h.popular(e)
	}
	if appetite != nil { // from here on it is what genres are ordered by
		for r, fame := range e.fame {
			appetite[r] += fame
		}
	}
	for _, g := range e.genreOrder(liked) {
		h.add(Shelf{Kind: OfGenre, Item: catalog.None, Genre: int(g)}, h.best(e, e.ofGenre(int(g)), appetite, nil))
	}
	return h.shelves
}

// home collects shelves.
type home struct {
	k       int
	used    []bool // [N], or not to be
	count   int    // of those used
	shelves []Shelf
}

// add appends shelf s with the first k items of list that are not used yet.
func (h *home) add(s Shelf, list []Recommendation) {
	for _, item := range list {
		if len(s.Items) == h.k {
			break
		}
		if !h.used[item.Row] {
			s.Items = append(s.Items, item)
		}
	}
	if len(s.Items) == 0 || 4*len(s.Items) < h.k {
		return
	}
	for _, item := range s.Items {
		h.use(item.Row)
	}
	h.shelves = append(h.shelves, s)
}

func (h *home) popular(e *Engine) {
	h.add(Shelf{Kind: Popular, Item: catalog.None, Genre: AllGenres}, h.best(e, e.sorted(ByPopularity), nil, nil))
}

// best returns the k of rows with the largest values that are not used yet and that
// keep reports to belong there, the largest first; equal ones keep their order, and all
// are equal without values. keep is nil for all.
func (h *home) best(e *Engine, rows []catalog.Row, value []float32, keep func(catalog.Row) bool) []Recommendation {
	top := &e.scratch.top
	top.Reset(h.k)
	least := top.Least()
	var v float32
	for i, r := range rows {
		if value != nil {
			v = value[r]
		}
		if v > least && !h.used[r] && (keep == nil || keep(r)) {
			top.Push(v, int32(i))
			least = top.Least()
		}
	}
	list := make([]Recommendation, 0, h.k)
	for _, key := range top.Sorted() {
		list = append(list, recommendation(rows[vec.At(key)]))
	}
	return list
}

func (h *home) use(r catalog.Row) {
	if !h.used[r] {
		h.used[r] = true
		h.count++
	}
}

// enough is how many items a list needs so that k of them are not used yet.
func (h *home) enough() int { return h.k + h.count }

// plain returns rows as recommendations of no score and source.
func plain(rows []catalog.Row) []Recommendation {
	list := make([]Recommendation, len(rows))
	for i, r := range rows {
		list[i] = recommendation(r)
	}
	return list
}

// newcomersFirst returns a value of each item, larger of those that are new with the overlay,
// which no one could know before; nil where there are none.
func (e *Engine) newcomersFirst() []float32 {
	if len(e.fresh) == 0 {
		return nil
	}
	value := e.scratch.score
	clear(value)
	for i := range e.fresh {
		value[len(value)-1-i] = 1
	}
	return value
}

// recommendation returns item r with no score and source.
func recommendation(r catalog.Row) Recommendation {
	return Recommendation{Candidate: feature.Candidate{Row: r}, Because: catalog.None}
}

// gems returns items of the middle of the catalog's fame, neither what
// everybody knows (the top 5 %) nor what no one rated (the lower half), best
// first by shrunken mean of the stars, and by it and appetite when there is one.
func (e *Engine) gems(appetite []float32, h *home) []Recommendation {
	byFame := e.sorted(ByPopularity)
	n := len(byFame)
	middle := byFame[n/20 : n/2]
	if appetite == nil {
		return h.best(e, middle, e.quality, nil)
	}
	low, high := e.quality[0], e.quality[0] // plain comparisons: on WebAssembly, min and max are calls
	for _, q := range e.quality {
		if q < low {
			low = q
		} else if q > high {
			high = q
		}
	}
	span, value := max(high-low, 1e-6), e.scratch.score
	for _, r := range middle {
		value[r] = (e.quality[r]-low)/span + float32(gemAppetite*appetite[r])
	}
	return h.best(e, middle, value, nil)
}

// genreOrder returns the genres in the order of their shelves: by how many of the
// liked items have them, then by how many items have them.
func (e *Engine) genreOrder(liked []catalog.Row) []int32 {
	counts := e.GenreCounts()
	shares := make([]int, len(counts))
	for _, r := range liked {
		for _, g := range e.catalog.Genres[r] {
			shares[g]++
		}
	}
	return vec.Sorted(len(counts), func(a, b int32) bool {
		return shares[a] > shares[b] || shares[a] == shares[b] && counts[a] > counts[b]
	})
}

// appetite returns how much a visitor with history h is drawn to each item,
// whether or not it is popular: the cosine of the user vector and the item's
// output vector against the largest one, 0 where it is negative; nil without a
// history.
func (e *Engine) appetite(h feature.History) []float32 {
	if len(h) == 0 {
		return nil
	}
	model := &e.bundle.Retrieval
	appetite := make([]float32, e.catalog.Len())
	var top float32
	for r, s := range e.retriever.Scores(h) {
		if scale := model.Out.Scale[r]; scale > 0 {
			if drawn := (s - model.Bias[r]) * e.inverse[r] / scale; drawn > 0 {
				appetite[r] = drawn
				if drawn > top {
					top = drawn
				}
			}
		}
	}
	if top > 0 {
		for r := range appetite {
			appetite[r] /= top
		}
	}
	return appetite
}
