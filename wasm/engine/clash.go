package engine

import (
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

// What keeps a list for children free of horror, in any vocabulary of genres.
const (
	fewestLikes = 3    // that say what leads a history
	leadShare   = 0.5  // of the likes, from which on a genre leads them
	strayShare  = 0.03 // of the likes, from which on a genre is wanted, whatever it clashes with: one of thirty

	// Two genres clash that one item seldom has both of, against chance, among the
	// items with several genres. Of MovieLens' genres crime, documentary, film-noir,
	// horror, thriller and war clash with children's films. Where items have one genre
	// each, none do.
	clashLift     = 0.15
	clashExpected = 10 // items by chance, below which nothing is known
)

// withoutClashes leaves out the candidates with a genre that clashes with
// one that leads likes and is not wanted, unless they have the one that leads as well:
// no thriller in a list of children's films, but one for children that is also a
// thriller. None is left out where fewer than k would be left.
func (e *Engine) withoutClashes(likes []catalog.Row, candidates []feature.Candidate, k int) []feature.Candidate {
	clashing := e.clashes(likes)
	if clashing == nil {
		return candidates
	}
	kept := make([]feature.Candidate, 0, len(candidates))
	for _, c := range candidates {
		if !strays(e.catalog.Genres[c.Row], clashing) {
			kept = append(kept, c)
		}
	}
	if len(kept) < k {
		return candidates
	}
	return kept
}

// strays reports whether one of genres clashes with one that leads and is not among
// them.
func strays(genres []uint8, clashing [][]uint8) bool {
	for _, g := range genres {
		for _, lead := range clashing[g] {
			if !slices.Contains(genres, lead) {
				return true
			}
		}
	}
	return false
}

// clashes returns for each genre those that lead likes and that it clashes with; nil
// where there are none.
func (e *Engine) clashes(likes []catalog.Row) (clashing [][]uint8) {
	if len(likes) < fewestLikes {
		return nil
	}
	e.countGenrePairs()
	n, all := len(e.genreCounts), float32(len(likes))
	pairs := e.together.pairs
	beside := make([]float32, n) // likes of a genre that are not of the one that leads
	for lead := range n {
		clear(beside)
		with := float32(0)
		for _, r := range likes {
			genres := e.catalog.Genres[r]
			if slices.Contains(genres, uint8(lead)) {
				with++
				continue
			}
			for _, g := range genres {
				beside[g]++
			}
		}
		if with < leadShare*all {
			continue
		}
		for g := range n {
			chance := pairs[lead*n+lead] * pairs[g*n+g] / e.together.all
			if beside[g] < strayShare*all && chance >= clashExpected && pairs[lead*n+g] < clashLift*chance {
				if clashing == nil {
					clashing = make([][]uint8, n)
				}
				clashing[g] = append(clashing[g], uint8(lead))
			}
		}
	}
	return clashing
}

// genrePairs counts the items with several genres.
type genrePairs struct {
	pairs []float32 // [G×G] that have both
	all   float32   // one more than there are
	most  bool      // whether most items with genres have several
}

// countGenrePairs counts them once.
func (e *Engine) countGenrePairs() {
	if e.together != nil {
		return
	}
	n := len(e.genreCounts)
	e.together = &genrePairs{pairs: make([]float32, n*n), all: 1}
	with := float32(0)
	for _, genres := range e.catalog.Genres {
		if len(genres) > 0 {
			with++
		}
		if len(genres) < 2 {
			continue
		}
		e.together.all++
		for _, a := range genres {
			for _, b := range genres {
				e.together.pairs[int(a)*n+int(b)]++
			}
		}
	}
	e.together.most = 2*e.together.all > with
}
