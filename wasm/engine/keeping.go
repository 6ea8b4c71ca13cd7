package engine

import (
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

// What keeps a list to a genre that nearly all likes have.
const (
	keepLikes = 5   // that say so
	keepShare = 0.8 // of the likes, from which on a genre keeps the list
)

// inKeeping returns the candidates in the parts that a list of k is chosen from, one
// after the other: first those that are in keeping with the genres that nearly all likes have,
// and the others only where these are fewer than k. A comedy for grown-ups has no place in a
// list of children's films, though nothing in it clashes; it has one as soon as what the
// visitor likes is mixed. A genre on more than a quarter of the catalog keeps nothing, and
// neither does one in a catalog whose items mostly have one each, as the shelves of a shop:
// who likes shoes may need a coat.
func (e *Engine) inKeeping(likes []catalog.Row, candidates []feature.Candidate, k int) (parts [][]feature.Candidate) {
	keeping := e.keeping(likes)
	if keeping == nil {
		return [][]feature.Candidate{candidates}
	}
	kept, others := make([]feature.Candidate, 0, len(candidates)), []feature.Candidate(nil)
	for _, c := range candidates {
		if keeps(e.catalog.Genres[c.Row], keeping) {
			kept = append(kept, c)
		} else {
			others = append(others, c)
		}
	}
	if len(kept) >= k {
		return [][]feature.Candidate{kept}
	}
	return [][]feature.Candidate{kept, others}
}

// keeps reports whether genres have one of each of keeping.
func keeps(genres []uint8, keeping [][]bool) bool {
	for _, wanted := range keeping {
		has := false
		for _, g := range genres {
			has = has || wanted[g]
		}
		if !has {
			return false
		}
	}
	return true
}

// keeping returns for each genre that nearly all likes have which genres an item may have
// in its place: that one, and what likes without it have. Common genres are no such.
func (e *Engine) keeping(likes []catalog.Row) (keeping [][]bool) {
	if len(likes) < keepLikes {
		return nil
	}
	if e.countGenrePairs(); !e.together.most {
		return nil
	}
	for lead, items := range e.genreCounts {
		if items > e.catalog.Len()/commonGenres {
			continue
		}
		wanted, with := make([]bool, len(e.genreCounts)), float32(0)
		for _, r := range likes {
			genres := e.catalog.Genres[r]
			if slices.Contains(genres, uint8(lead)) {
				with++
				continue
			}
			for _, g := range genres {
				wanted[g] = e.genreCounts[g] <= e.catalog.Len()/commonGenres
			}
		}
		if with >= keepShare*float32(len(likes)) {
			wanted[lead] = true
			keeping = append(keeping, wanted)
		}
	}
	return keeping
}
