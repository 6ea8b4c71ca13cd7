package engine_test

import (
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
)

// What TestRatingsOnTheDemo calls many ratings and few, stars below which an item is
// rated badly, with how much better the one asked about is, and stars from which on one is
// rated fairly.
const (
	manyRatings, fewRatings = 20, 5
	poor, poorer            = 3.0, 0.3
	fair                    = 3.2
)

// TestRatingsOnTheDemo reads the first ten similar items of every item of the demo. None
// is rated badly by many where the item asked about is not, but parts of its series. And
// a mean of few, which may be luck, lifts none above better known kin: what few know
// stands above nothing that many know and rate fairly and that is as like in every part.
func TestRatingsOnTheDemo(t *testing.T) {
	e := demo(t)
	all := engine.NewNeighbours(e, func(n int, do func(i int)) {
		for i := range n {
			do(i)
		}
	})
	search, c := all.Search(), e.Catalog()
	pairs := 0
	for r := range catalog.Row(c.Len()) {
		list := search.Similar(r, 20)
		for i, s := range list[:10] {
			if s.Next {
				continue
			}
			stars, ratings := e.Quality(s.Row), e.Ratings(s.Row)
			if s.Title < 1 && ratings >= manyRatings && stars < poor && e.Quality(r) > stars+poorer {
				t.Errorf("%s, %.2f stars: %s is at %d, with %.2f stars of %d", c.Titles[r], e.Quality(r), c.Titles[s.Row], i+1, stars, ratings)
			}
			if ratings >= fewRatings {
				continue
			}
			for _, kin := range list[i+1:] {
				pairs++
				if e.Ratings(kin.Row) >= manyRatings && e.Quality(kin.Row) >= fair && asLike(kin, s) {
					t.Errorf("%s: %s, with %d ratings, is above %s, with %d", c.Titles[r], c.Titles[s.Row], ratings, c.Titles[kin.Row], e.Ratings(kin.Row))
				}
			}
		}
	}
	if pairs < 100_000 {
		t.Errorf("only %d pairs of what few know and what stands below", pairs)
	}
}

// asLike reports whether a is at least as like in every part as b.
func asLike(a, b engine.Similar) bool {
	return a.Taste >= b.Taste && a.Genre >= b.Genre && a.Year >= b.Year && a.Tags >= b.Tags && a.Title >= b.Title && a.Original >= b.Original
}
