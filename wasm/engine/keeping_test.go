package engine_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
)

// TestAListKeepsToWhatNearlyAllLikesHave likes ten items of a genre, drawn twenty times:
// the list is of the genre, which the ranker's is not. Two likes of another
// kind among them let that kind in, and three of five are not nearly all.
func TestAListKeepsToWhatNearlyAllLikesHave(t *testing.T) {
	e := demo(t)
	for _, name := range []string{"Children", "Animation", "Film-Noir", "Documentary", "Romance"} {
		rng := rand.New(rand.NewPCG(6, 2))
		g, _ := e.GenreNamed(name)
		outside := func(k int, variety float32, likes ...catalog.Row) (rows []catalog.Row) {
			q := query(liked(likes...))
			q.K, q.Variety = k, variety
			list := rowsOf(e.Recommend(q))
			if len(list) != k {
				t.Errorf("%s: %d of %d places are filled", name, len(list), k)
			}
			for _, r := range list {
				if !slices.Contains(e.Catalog().Genres[r], uint8(g)) {
					rows = append(rows, r)
				}
			}
			return rows
		}
		ranked, mixed, half := 0, 0, 0
		for range 20 {
			likes := of(e, rng, name, 10)
			for _, r := range outside(10, 0.2, likes...) {
				t.Errorf("%s: %s is listed", name, e.Catalog().Titles[r])
			}
			ranked += len(outside(10, 0, likes...))
			outside(250, 0.2, likes...) // more than there are of the genre
			mixed += len(outside(10, 0.2, append(slices.Clone(likes), of(e, rng, "War", 2)...)...))
			half += len(outside(10, 0.2, append(likes[:3:3], of(e, rng, "Sci-Fi", 2)...)...))
		}
		t.Logf("%s: outside it, of 200, %d ranked, %d with two of war, %d with three of five", name, ranked, mixed, half)
		if ranked == 0 || mixed == 0 || half == 0 {
			t.Errorf("%s: outside it %d ranked, %d with two of war, %d with three of five: want some each", name, ranked, mixed, half)
		}
	}
}

// TestACommonGenreKeepsNothing: ten dramas, a genre of nearly half of the catalog, do not
// make a list of dramas.
func TestACommonGenreKeepsNothing(t *testing.T) {
	e, rng := demo(t), rand.New(rand.NewPCG(6, 3))
	drama, _ := e.GenreNamed("Drama")
	others := 0
	for range 20 {
		q := query(liked(of(e, rng, "Drama", 10)...))
		q.Variety = 0.2
		for _, r := range rowsOf(e.Recommend(q)) {
			if !slices.Contains(e.Catalog().Genres[r], uint8(drama)) {
				others++
			}
		}
	}
	if others == 0 {
		t.Error("dramas alone are listed to who likes ten of them")
	}
}

// TestNothingIsAReasonThatSharesNoGenre compares the best known items, which the same
// people like: two that have genres, and neither a genre nor a tag in common, are not related.
func TestNothingIsAReasonThatSharesNoGenre(t *testing.T) {
	e := demo(t)
	known, _ := e.Browse(engine.Filter{Genre: engine.AllGenres}, engine.ByPopularity, 0, 300)
	c, apart := e.Catalog(), 0
	for _, a := range known {
		for _, b := range known {
			if meet(c.Genres[a], c.Genres[b]) || meet(c.Tags[a], c.Tags[b]) || len(c.Genres[a]) == 0 || len(c.Genres[b]) == 0 {
				continue
			}
			if apart++; e.Related(a, b) {
				t.Fatalf("%s is a reason for %s", c.Titles[a], c.Titles[b])
			}
		}
	}
	if apart == 0 {
		t.Error("no two items share nothing: the test shows nothing")
	}
}
