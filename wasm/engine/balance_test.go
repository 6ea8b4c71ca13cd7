package engine_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/feature"
)

// of returns the best known items of the demo that have genre name, n of them drawn.
func of(e *engine.Engine, rng *rand.Rand, name string, n int) (rows []catalog.Row) {
	g, _ := e.GenreNamed(name)
	known, _ := e.Browse(engine.Filter{Genre: g}, engine.ByPopularity, 0, 60)
	for _, i := range rng.Perm(len(known))[:n] {
		rows = append(rows, known[i])
	}
	return rows
}

// TestAFamilysListStaysAFamilys likes ten children's films, drawn thirty times:
// nothing listed is of a genre that hardly ever is on a children's film, unless it
// is one for children. With one horror film among what is liked, such may come.
func TestAFamilysListStaysAFamilys(t *testing.T) {
	e, rng := demo(t), rand.New(rand.NewPCG(4, 2))
	names := func(r catalog.Row) (names []string) {
		for _, g := range e.Catalog().Genres[r] {
			names = append(names, e.Catalog().GenreNames[g])
		}
		return names
	}
	stray := func(r catalog.Row) bool {
		has := names(r)
		return !slices.Contains(has, "Children") && meet(has, []string{"Horror", "Thriller", "Crime", "War", "Film-Noir"})
	}
	list := func(h feature.History, variety float32) []catalog.Row {
		q := query(h)
		q.K, q.Variety = 20, variety
		return rowsOf(e.Recommend(q))
	}
	ranked, mixed := 0, 0
	for range 30 {
		h := liked(of(e, rng, "Children", 10)...)
		own := slices.ContainsFunc(h, func(ev feature.Event) bool { return stray(ev.Row) })
		for _, r := range list(h, 0.2) {
			if !own && stray(r) {
				t.Errorf("%s (%v) in a list of children's films", e.Catalog().Titles[r], names(r))
			}
		}
		for _, r := range list(h, 0) {
			if stray(r) {
				ranked++
			}
		}
		for _, r := range list(append(h, liked(of(e, rng, "Horror", 1)...)...), 0.2) {
			if stray(r) {
				mixed++
			}
		}
	}
	if ranked == 0 || mixed == 0 {
		t.Errorf("%d strays in the ranker's lists, %d after a horror film: the test shows nothing", ranked, mixed)
	}
}

// TestWhoLikesRareItemsGetsSome likes twenty films of which half are rare, and
// twenty well known ones: the first lists have rare ones, the others hardly any.
func TestWhoLikesRareItemsGetsSome(t *testing.T) {
	e, rng := demo(t), rand.New(rand.NewPCG(5, 2))
	counts := e.Statistics().Count
	var rare []catalog.Row
	for r, n := range counts {
		if n > 0 && n <= 5 {
			rare = append(rare, catalog.Row(r))
		}
	}
	share := func(few int) float64 {
		const visitors = 30
		n := 0
		for range visitors {
			h := wanderer(e, rng, 20-few)
			for range few {
				h = append(h, liked(rare[rng.IntN(len(rare))])...)
			}
			q := query(h)
			q.Variety = 0.2
			for _, r := range rowsOf(e.Recommend(q)) {
				if counts[r] <= 5 {
					n++
				}
			}
		}
		return float64(n) / (10 * visitors)
	}
	if some, few := share(10), share(0); some < 0.1 || few > 0.03 {
		t.Errorf("%.3f of the places are for rare items where half of the likes are rare, %.3f where none is", some, few)
	}
}

// meet reports whether a and b have an element in common.
func meet[T comparable](a, b []T) bool {
	return slices.ContainsFunc(a, func(v T) bool { return slices.Contains(b, v) })
}
