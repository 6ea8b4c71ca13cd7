package feature

import "sparrow/wasm/catalog"

// Movie is the candidate side of one candidate.
type Movie struct {
	Row     catalog.Row
	Genres  [MovieGenres]uint16        // genre+1, 0 for none
	Numeric [CandidateNumerics]float32 // by Numeric
}

// read stores the features of movie r alone, of which the crowd says what crowd
// holds, in m.
func (m *Movie) read(c *catalog.Catalog, r catalog.Row, crowd *Crowd) {
	m.Row = r
	m.Genres = [MovieGenres]uint16{}
	for k, g := range c.Genres[r][:min(MovieGenres, len(c.Genres[r]))] {
		m.Genres[k] = uint16(g) + 1
	}
	m.Numeric[ReleaseYear] = float32(yearOf(c, r))
	m.Numeric[MovieRatingCount] = crowd.RatingCount
	m.Numeric[MovieAvgRating] = crowd.AvgRating
	m.Numeric[MovieRatingStddev] = crowd.RatingStddev
	m.Numeric[MovieTrend] = crowd.Trend
}
