package engine_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/feature"
	"sparrow/wasm/retrieval"
)

// TestMixesNameTheirSources: with no quotas all is the pooling model's, and what
// is trending comes in where it has one.
func TestMixesNameTheirSources(t *testing.T) {
	e, _ := parity()
	q := query(liked(2, 12))
	q.K, q.Mix, q.Trending = n, new(retrieval.Mix), []catalog.Row{7, 9}
	for _, rec := range e.Recommend(q) {
		if rec.Sources != feature.FromTaste {
			t.Errorf("movie %d comes from %s, want pool", rec.Row, rec.Sources)
		}
	}
	q.Mix = nil
	found := 0
	for _, rec := range e.Recommend(q) {
		if rec.Sources&feature.FromTrending != 0 {
			found++
			if rec.Row != 7 && rec.Row != 9 {
				t.Errorf("movie %d is said to be trending", rec.Row)
			}
		}
	}
	if found != 2 {
		t.Errorf("%d of two trends are candidates", found)
	}
}

// TestExplorationKeepsTheRules: what is drawn obeys history, exclusions and
// filter, carries its score, source and reason, and cold it is the plain list.
func TestExplorationKeepsTheRules(t *testing.T) {
	e, b := parity()
	q := query(liked(2, 12))
	q.Because, q.Exclude = true, []catalog.Row{4, 6}
	plain := e.Recommend(q)
	scores := map[catalog.Row]float32{}
	all := q
	all.K = n
	for _, rec := range e.Recommend(all) {
		scores[rec.Row] = rec.Score
	}
	r := rand.New(rand.NewPCG(1, 2))
	q.Chance = func(uint64) float64 { return r.Float64() }
	q.Explore = 1e-6
	if cold := e.Recommend(q); !slices.Equal(rowsOf(cold), rowsOf(plain)) {
		t.Errorf("drawn without heat %v, want %v", rowsOf(cold), rowsOf(plain))
	}
	q.Explore = 5
	western, _ := e.GenreNamed("Western")
	q.Filter = engine.Filter{Genre: western}
	differs := false
	for range 20 {
		list := e.Recommend(q)
		differs = differs || !slices.Equal(rowsOf(list), rowsOf(plain))
		for _, rec := range list {
			if slices.Contains([]catalog.Row{2, 12, 4, 6}, rec.Row) || !slices.Contains(b.Catalog.Genres[rec.Row], uint8(western)) {
				t.Fatalf("movie %d was drawn, which was ruled out", rec.Row)
			}
			if rec.Sources == 0 || !(rec.Propensity > 0 && rec.Propensity <= 1) {
				t.Fatalf("drawn: %+v", rec)
			}
		}
	}
	q.Filter, q.Explore = engine.Filter{Genre: engine.AllGenres}, 1
	for _, rec := range e.Recommend(q) {
		if want, known := scores[rec.Row]; !known || rec.Score != want {
			t.Errorf("movie %d was drawn with score %v, the ranker's is %v", rec.Row, rec.Score, want)
		}
	}
	if !differs {
		t.Error("nothing was left to chance")
	}
}
