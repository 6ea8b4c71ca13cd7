package engine

import (
	"math"
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/filter"
)

const (
	tastePool  = 240 // of the best known items, from which a wall of tastes is chosen
	lately     = 8   // years of the catalog up to its newest one
	oneOf      = 6   // items of a wall one is of these years, and one from abroad
	farthest   = 2   // distance of two unit vectors
	ofACountry = 3   // part of a wall that the items of one country are at most
)

// Tastes returns k well-known items that tell tastes apart, without those that
// skip names. Each next one maximizes fame·√(distance to the nearest chosen one):
// the greedy 2-approximation of the k-centre problem (Gonzalez 1985), weighted
// so that an item is worth asking about only if people have seen it. The best known
// are old and from one country, so one of six is of the newest years, one of six from abroad,
// and of a country that the catalog names is at most a third, while there are such items.
// None of asked, which the visitor was asked about before and which has each item once, comes again, and all
// of this is meant of asked and of what is chosen together.
func (e *Engine) Tastes(k int, asked []catalog.Row, skip func(catalog.Row) bool) []catalog.Row {
	w := e.wall(k, asked, skip)
	chosen, count := []catalog.Row(nil), [2]int{}
	for len(chosen) < k+len(asked) {
		n, next := len(chosen)+1, -1
		if n <= len(asked) {
			next = n - 1
		}
		for of, every := range [2]int{0, oneOf / 2} { // newest years, abroad: in turns
			if next < 0 && n%oneOf == every && count[of] < (n+every)/oneOf {
				next = w.best(func(i int) bool { return w.of[i][of] })
			}
		}
		if next < 0 {
			next = w.best(func(int) bool { return true })
		}
		if next < 0 {
			break
		}
		for of, is := range w.of[next] {
			if is {
				count[of]++
			}
		}
		chosen = append(chosen, w.rows[next])
		w.chosen[w.country[next]]++
		w.ask(next)
	}
	return chosen[len(asked):]
}

// wall is what a wall of tastes is chosen from; its columns are parallel.
type wall struct {
	e       *Engine
	rows    []catalog.Row  // those that were asked about first
	vectors []float32      // [n×width]
	of      [][2]bool      // of the newest years, from abroad
	country []string       // "" where it is not known
	nearest []float32      // distance to the nearest chosen one; below 0 for a chosen one
	chosen  map[string]int // items of each country
	most    int            // of a country
}

// wall returns the items of asked, the best known others, and as many more of the newest years and from abroad as a wall of k takes.
func (e *Engine) wall(k int, asked []catalog.Row, skip func(catalog.Row) bool) *wall {
	w := &wall{e: e, chosen: map[string]int{}, most: (k + len(asked) + ofACountry - 1) / ofACountry}
	countries := e.Values("country")
	missing := [2]int{k/oneOf + 1, k/oneOf + 1}
	for i := -len(asked); i < e.catalog.Len(); i++ {
		var r catalog.Row
		if i < 0 {
			r = asked[len(asked)+i]
		} else {
			r = e.sorted(ByPopularity)[i]
		}
		of := [2]bool{e.newest > 0 && e.catalog.Years[r] > e.newest-lately, abroad(e.catalog.Titles[r])}
		if i >= 0 {
			if len(w.rows) >= tastePool+len(asked) && !(of[0] && missing[0] > 0) && !(of[1] && missing[1] > 0) || skip(r) || !e.among(nil).Has(r) || slices.Contains(asked, r) {
				continue
			}
			for which, is := range of {
				if is {
					missing[which]--
				}
			}
		}
		w.rows, w.of, w.country, w.nearest = append(w.rows, r), append(w.of, of), append(w.country, countryOf(countries, r)), append(w.nearest, farthest)
	}
	w.vectors = e.Describe(w.rows)
	return w
}

// ask has the item at place i be asked about: what is near to it tells less then.
func (w *wall) ask(i int) {
	for j := range w.rows {
		if w.nearest[j] >= 0 {
			w.nearest[j] = min(w.nearest[j], max(0, w.e.distance(w.vectors, i, j)))
		}
	}
	w.nearest[i] = -1
}

// countryOf returns the first country of item r, "" for none.
func countryOf(countries *filter.Values, r catalog.Row) string {
	if countries != nil {
		if names := countries.Texts(r); len(names) > 0 {
			return names[0]
		}
	}
	return ""
}

// abroad reports whether a title has the item's name in another language behind it, as MovieLens has it, or in another spelling:
// "Spirited Away (Sen to Chihiro no kamikakushi)".
func abroad(title string) bool {
	const known = "a.k.a." // in the same language
	for i := 1; i+1 < len(title); i++ {
		if title[i-1:i+1] == " (" {
			other := title[i+1:]
			return other[len(other)-1] == ')' && other[:min(len(known), len(other))] != known
		}
	}
	return false
}

// best returns the place of the item with the largest value of those that may be chosen and that is
// holds of; without one whose country may, of any; -1 for none.
func (w *wall) best(is func(i int) bool) int {
	for _, any := range []bool{false, true} {
		next, most := -1, float32(0)
		for i, r := range w.rows {
			if w.nearest[i] < 0 || !is(i) || !any && w.country[i] != "" && w.chosen[w.country[i]] >= w.most {
				continue // chosen, or not to be
			}
			if value := w.e.fame[r] * float32(math.Sqrt(float64(w.nearest[i]))); next < 0 || value > most {
				next, most = i, value
			}
		}
		if next >= 0 {
			return next
		}
	}
	return -1
}
