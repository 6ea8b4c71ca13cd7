package feature

import (
	"math"

	"sparrow/wasm/catalog"
)

// Movie is the candidate side of one candidate.
type Movie struct {
	Row     catalog.Row
	Genres  [MovieGenres]uint16        // genre+1, 0 for none
	Numeric [CandidateNumerics]float32 // by Numeric
}

// readMovie stores the features of the movie alone in m.
func (x *Extractor) readMovie(m *Movie, r catalog.Row) {
	c, s, t := x.tables.Catalog, x.tables.Statistics, x.totals
	m.Row = r
	m.Genres = [MovieGenres]uint16{}
	for k, g := range c.Genres[r][:min(MovieGenres, len(c.Genres[r]))] {
		m.Genres[k] = uint16(g) + 1
	}
	m.Numeric[ReleaseYear] = float32(yearOf(c, r))
	n := float64(s.Count[r])
	m.Numeric[MovieRatingCount] = float32(math.Log1p(n) - math.Log1p(t.Count/float64(c.Len())))
	if mean := s.Mean[r]; mean > 0 {
		m.Numeric[MovieAvgRating] = mean
	} else {
		m.Numeric[MovieAvgRating] = float32(t.meanStars())
	}
	m.Numeric[MovieRatingStddev] = s.Stddev[r]
	expected := t.Trend * n / max(1, t.Count)
	m.Numeric[MovieTrend] = float32(math.Log1p(float64(s.Trend[r])) - math.Log1p(expected))
}
