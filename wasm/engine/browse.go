package engine

import (
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/filter"
)

// Filter names a part of the catalog.
type Filter struct {
	Genre  int     // index into the catalog's genre names; AllGenres for any
	Decade int     // 1990 for 1990 to 1999; 0 for any
	Least  float32 // with Most, between which means its items are, see Engine.Quality; 0 for any
	Most   float32
	Among  filter.Set // what else its items are among; nil for all that may be shown
}

// AllGenres is the Filter.Genre of any genre.
const AllGenres = -1

// keeps reports whether item r belongs to f.
func (e *Engine) keeps(f Filter, r catalog.Row) bool {
	if !e.among(f.Among).Has(r) {
		return false
	}
	if f.Genre != AllGenres && !slices.Contains(e.catalog.Genres[r], uint8(f.Genre)) {
		return false
	}
	if mean := e.Quality(r); mean < f.Least || f.Most > 0 && mean > f.Most || f.Most > 0 && mean == 0 {
		return false
	}
	year := int(e.catalog.Years[r])
	return f.Decade == 0 || year != 0 && year-year%10 == f.Decade
}

// Browse returns the items of f in order o from the offset-th on, k of them at
// most, and how many there are in all.
func (e *Engine) Browse(f Filter, o Order, offset, k int) (rows []catalog.Row, total int) {
	for _, r := range e.sorted(o) {
		if !e.keeps(f, r) {
			continue
		}
		if total >= offset && len(rows) < k {
			rows = append(rows, r)
		}
		total++
	}
	return rows, total
}

// GenreNamed returns the index of the genre called name, or AllGenres and false.
func (e *Engine) GenreNamed(name string) (int, bool) {
	g := slices.Index(e.catalog.GenreNames, name)
	return g, g >= 0
}

// GenreCounts returns how many items each genre has, parallel to the catalog's
// genre names. It is read-only.
func (e *Engine) GenreCounts() []int { return e.genreCounts }

// GenreShare returns the share of the crowd's interactions that are with items of
// genre g, 0 when there are none.
func (e *Engine) GenreShare(g int) float32 {
	return float32(e.genreViews[g] / max(1, e.totals.Count))
}

// ofGenre returns the items of genre g by popularity. The slice is kept and shared.
func (e *Engine) ofGenre(g int) []catalog.Row {
	if e.byGenre == nil {
		e.byGenre = make([][]catalog.Row, len(e.genreCounts))
		for g, n := range e.genreCounts {
			e.byGenre[g] = make([]catalog.Row, 0, n)
		}
		for _, r := range e.sorted(ByPopularity) {
			for _, g := range e.catalog.Genres[r] {
				e.byGenre[g] = append(e.byGenre[g], r)
			}
		}
	}
	return e.byGenre[g]
}
