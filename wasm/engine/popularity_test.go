package engine_test

import (
	"math"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/engine/enginetest"
)

// TestOneRatingIsNotAMean: item 1 has 5.0 from one rating, item 2 has 4.4 from 315.
// With the mean of all, m, they are (10m + 5)/11 and (10m + 1386)/325.
func TestOneRatingIsNotAMean(t *testing.T) {
	b := enginetest.Parity(n)
	s := &b.Statistics
	s.Count[1], s.Mean[1], s.Count[2], s.Mean[2], s.Count[3], s.Mean[3] = 1, 5, 315, 4.4, 40, 0
	var sum, all float64
	for r, count := range s.Count {
		if s.Mean[r] > 0 {
			sum += float64(count) * float64(s.Mean[r])
			all += float64(count)
		}
	}
	m := sum / all
	e := engine.New(b)
	for r, want := range map[catalog.Row]float64{1: (10*m + 5) / 11, 2: (10*m + 1386) / 325, 3: 0} {
		if got := float64(e.Quality(r)); math.Abs(got-want) > 1e-5 {
			t.Errorf("Quality(%d) = %v, want %v", r, got, want)
		}
	}
	if rows, _ := e.Browse(engine.Filter{Genre: engine.AllGenres}, engine.ByRating, 0, 1); rows[0] != 2 {
		t.Errorf("item %d is rated best, want 2", rows[0])
	}
}
