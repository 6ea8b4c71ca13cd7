package answers

import (
	"sparrow/build/rerank"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/feature"
	"sparrow/wasm/filter"
)

// halfLife is how many items later one counts half for a user's taste in genres: a
// long memory, since a few items of one evening are no taste. It is ours.
const halfLife = 50

// Rerankings are the ways of [Reranked] to make a list of ranked candidates.
const (
	None       = "none"       // the ranker's order
	MMR        = "mmr"        // the engine's own way: unlike the nearest of the list
	DPP        = "dpp"        // unlike all of the list together
	Calibrated = "calibrated" // genres in the shares of the history
)

// Reranked returns the answers of e, which it keeps, when its ranked candidates are reranked in the
// given way. strength is from 0, which leaves the ranker's order, to 1. They are of the items of a set.
func Reranked(e *engine.Engine, way string, strength float32, among filter.Set) Answer {
	var list []Scored
	return func(h feature.History, excluded []catalog.Row, k int) []Scored {
		q := engine.Query{History: h, Exclude: excluded, Filter: engine.Filter{Genre: engine.AllGenres, Among: among}, K: k}
		switch way {
		case MMR:
			q.Variety = strength
		case DPP, Calibrated:
			q.K = max(k, engine.Candidates)
		}
		ranked := e.Recommend(q)
		list = list[:0]
		if way != DPP && way != Calibrated {
			for _, r := range e.Pin(&q, ranked) {
				list = append(list, Scored{r.Row, r.Score})
			}
			return list
		}
		rows, scores := make([]catalog.Row, len(ranked)), make([]float32, len(ranked))
		for i, r := range ranked {
			rows[i], scores[i] = r.Row, r.Score
		}
		var chosen []int
		if way == DPP {
			chosen = rerank.DPP(scores, e.Describe(rows), 1-strength, k)
		} else {
			chosen = rerank.Calibrate(scores, genresOf(e.Catalog(), rows), taste(e.Catalog(), h), strength, k)
		}
		picked := make([]engine.Recommendation, len(chosen))
		for i, from := range chosen {
			picked[i] = ranked[from]
		}
		q.K = k
		for _, r := range e.Pin(&q, picked) {
			list = append(list, Scored{r.Row, r.Score})
		}
		return list
	}
}

// genresOf returns the distribution over genres of each row, [n×G].
func genresOf(c *catalog.Catalog, rows []catalog.Row) []float32 {
	items := make([][]uint8, len(rows))
	for i, r := range rows {
		items[i] = c.Genres[r]
	}
	dst := make([]float32, len(rows)*len(c.GenreNames))
	rerank.Genres(dst, items)
	return dst
}

// taste returns the distribution over genres of a history, [G].
func taste(c *catalog.Catalog, h feature.History) []float32 {
	rows := make([]catalog.Row, len(h))
	for i, e := range h {
		rows[i] = e.Row
	}
	dst := make([]float32, len(c.GenreNames))
	rerank.Taste(dst, genresOf(c, rows), halfLife)
	return dst
}
