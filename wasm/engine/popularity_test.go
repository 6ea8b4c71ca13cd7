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

// TestStarsAreOfThoseWhoGaveThem: of 300 interactions with item 1 two gave stars;
// its mean is that of two ratings, not of 300, and no more are counted.
func TestStarsAreOfThoseWhoGaveThem(t *testing.T) {
	b := enginetest.Parity(n)
	s := &b.Statistics
	s.Rated = make([]uint32, n)
	for r, count := range s.Count {
		if s.Mean[r] > 0 {
			s.Rated[r] = count
		}
	}
	s.Count[1], s.Mean[1], s.Rated[1] = 300, 5, 2
	s.Count[2], s.Mean[2], s.Rated[2] = 315, 4.4, 315
	e := engine.New(b)
	if got := e.Ratings(1); got != 2 {
		t.Errorf("item 1 has %d ratings, want 2", got)
	}
	if rows, _ := e.Browse(engine.Filter{Genre: engine.AllGenres}, engine.ByRating, 0, 1); rows[0] != 2 {
		t.Errorf("item %d is rated best, want 2", rows[0])
	}
}

// TestLikesAreNoStars: where every rating is five stars they are likes, and no
// item has a mean to show.
func TestLikesAreNoStars(t *testing.T) {
	b := enginetest.Parity(n)
	s := &b.Statistics
	for r := range s.Mean {
		s.Mean[r], s.Stddev[r] = 5*float32(r%2), 0
	}
	if e := engine.New(b); e.Quality(1) != 0 || e.Ratings(1) != 0 {
		t.Errorf("%v stars of %d ratings, want none", e.Quality(1), e.Ratings(1))
	}
}

// TestNoYearIsNotRecent: a catalog without years has no newest item.
func TestNoYearIsNotRecent(t *testing.T) {
	b := enginetest.Parity(n)
	clear(b.Catalog.Years)
	e := engine.New(b)
	if oldest, newest := e.Years(); oldest != 0 || newest != 0 || e.Recent(1) {
		t.Errorf("years %d to %d, item 1 is recent: %t", oldest, newest, e.Recent(1))
	}
	for _, s := range e.Home(engine.Query{K: 8}, nil, nil) {
		if s.Kind == engine.Newest {
			t.Error("the home page has a shelf of what is new")
		}
	}
	b = enginetest.Parity(n)
	b.Catalog.Years[1], b.Catalog.Years[2], b.Catalog.Years[3] = 0, 1850, 2030
	if oldest, newest := engine.New(b).Years(); oldest != 1850 || newest != 2030 {
		t.Errorf("years %d to %d, want 1850 to 2030", oldest, newest)
	}
}
