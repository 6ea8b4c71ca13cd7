package engine

import (
	"math/rand/v2"
	"slices"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/feature"
)

// TestShelvesAreTheBestThatIsLeft sorts the whole catalog for each shelf of gems and
// of a genre, and takes what stands on no shelf above: the page has the same items in
// the same order, with a history and without.
func TestShelvesAreTheBestThatIsLeft(t *testing.T) {
	e := New(enginetest.Parity(400))
	compared := 0
	for seed := range uint64(20) {
		rng := rand.New(rand.NewPCG(seed, 1))
		q := Query{K: 1 + rng.IntN(12), Filter: everything, Variety: 0}
		var liked []catalog.Row
		for i, r := range rng.Perm(400)[:rng.IntN(15)] {
			q.History = append(q.History, feature.Event{Row: catalog.Row(r), Stars: 5, At: int64(i)})
			liked = append(liked, catalog.Row(r))
		}
		appetite := e.appetite(q.History)
		used := make([]bool, 400)
		for _, r := range q.excluded() {
			used[r] = true
		}
		for _, shelf := range e.Home(q, e.Recommend(q), liked) {
			rows, value := slices.Clone(e.sorted(ByPopularity)), make([]float32, 400)
			switch shelf.Kind {
			case Gems:
				rows = rows[len(rows)/20 : len(rows)/2]
				low, high := slices.Min(e.quality), slices.Max(e.quality)
				for r := range value {
					value[r] = e.quality[r]
					if appetite != nil {
						value[r] = (e.quality[r]-low)/max(high-low, 1e-6) + float32(gemAppetite*appetite[r])
					}
				}
			case OfGenre:
				rows = slices.DeleteFunc(rows, func(r catalog.Row) bool { return !slices.Contains(e.catalog.Genres[r], uint8(shelf.Genre)) })
				if appetite != nil {
					for r := range value {
						value[r] = e.fame[r] + appetite[r]
					}
				}
			default:
				rows = nil
			}
			slices.SortStableFunc(rows, func(a, b catalog.Row) int {
				switch {
				case value[a] > value[b]:
					return -1
				case value[a] < value[b]:
					return 1
				}
				return 0
			})
			rows = slices.DeleteFunc(rows, func(r catalog.Row) bool { return used[r] })
			for i, item := range shelf.Items {
				if rows != nil && item.Row != rows[i] {
					t.Fatalf("seed %d: place %d of %s %d is item %d, want %d", seed, i+1, shelf.Kind, shelf.Genre, item.Row, rows[i])
				}
				used[item.Row] = true
			}
			if rows != nil {
				compared++
			}
		}
	}
	if compared < 40 {
		t.Errorf("%d shelves compared: too few", compared)
	}
}

// TestGenreShareCountsInteractions adds up what the crowd did with each genre.
func TestGenreShareCountsInteractions(t *testing.T) {
	e := New(enginetest.Parity(60))
	for g := range e.catalog.GenreNames {
		var of, all float64
		for r, genres := range e.catalog.Genres {
			all += float64(e.bundle.Statistics.Count[r])
			if slices.Contains(genres, uint8(g)) {
				of += float64(e.bundle.Statistics.Count[r])
			}
		}
		if got, want := e.GenreShare(g), float32(of/all); got != want {
			t.Errorf("genre %d has a share of %g, want %g", g, got, want)
		}
	}
}
