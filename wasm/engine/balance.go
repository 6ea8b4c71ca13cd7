package engine

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/rerank"
	"sparrow/wasm/retrieval"
)

// How a list is balanced. The weights were chosen on validation data of MovieLens
// latest-small: beside variety alone at the same distance within a list, they cost
// no NDCG.
const (
	balanceEvents = 50   // newest liked items that a list is balanced by
	genreWeight   = 0.25 // of the genres' divergence, for a variety of 1
	rareWeight    = 12   // the same of rare items
	rareShare     = 0.05 // of the candidates, kept for rare items where the visitor likes some
)

// How an item counts: as known, or as rare.
var known, rare = []uint8{0}, []uint8{1}

// balance returns what a list for q is to be like: of the genres, and of rare items, as
// many as among likes, but where it leans to some of them.
func (e *Engine) balance(likes []catalog.Row, candidates []feature.Candidate, q *Query) (targets []rerank.Target) {
	genres := rerank.Target{Wanted: make([]float32, len(e.catalog.GenreNames)), Of: make([][]uint8, len(candidates)), Weight: genreWeight * q.Variety}
	fame := rerank.Target{Wanted: make([]float32, 2), Of: make([][]uint8, len(candidates)), Weight: rareWeight * q.Variety}
	var with float32
	for _, r := range likes {
		of := e.catalog.Genres[r]
		for _, g := range of {
			genres.Wanted[g] += 1 / float32(len(of))
		}
		if len(of) > 0 {
			with++
		}
		fame.Wanted[e.rareness(r)[0]] += 1 / float32(len(likes))
	}
	for g := range genres.Wanted {
		genres.Wanted[g] /= max(with, 1)
	}
	for i := range candidates {
		genres.Of[i], fame.Of[i] = e.catalog.Genres[candidates[i].Row], e.rareness(candidates[i].Row)
	}
	if len(q.Leaning.Genres) == 0 {
		targets = append(targets, genres)
	}
	if q.Leaning.Popularity == 0 {
		targets = append(targets, fame)
	}
	return targets
}

// rareness returns the class of item r in the target of rare items.
func (e *Engine) rareness(r catalog.Row) []uint8 {
	if e.bundle.Statistics.Count[r] <= retrieval.RareCount {
		return rare
	}
	return known
}

// likesRare reports whether one of likes is rare.
func (e *Engine) likesRare(likes []catalog.Row) bool {
	for _, r := range likes {
		if e.bundle.Statistics.Count[r] <= retrieval.RareCount {
			return true
		}
	}
	return false
}

// likes returns the newest items of the history that it speaks for, the newest first; what was seen and no more is one
// where no other is.
func (q *Query) likes() []catalog.Row {
	likes := newestLikes(q.History[q.Seen:])
	if len(likes) == 0 {
		likes = newestLikes(q.History)
	}
	return likes
}

// newestLikes returns the newest items of h that it speaks for, the newest first.
func newestLikes(h feature.History) []catalog.Row {
	likes := make([]catalog.Row, 0, balanceEvents)
	for i := len(h) - 1; i >= 0 && len(likes) < balanceEvents; i-- {
		if h[i].Positive() {
			likes = append(likes, h[i].Row)
		}
	}
	return likes
}
