package feature

import "sparrow/wasm/catalog"

// Item is the candidate side of one candidate.
type Item struct {
	Row     catalog.Row
	Genres  [ItemGenres]uint16         // genre+1, 0 for none
	Numeric [CandidateNumerics]float32 // by Numeric
}

// read stores the features of item r alone, of which the crowd says what crowd
// holds, in m.
func (m *Item) read(c *catalog.Catalog, r catalog.Row, crowd *Crowd) {
	m.Row = r
	m.Genres = [ItemGenres]uint16{}
	for k, g := range c.Genres[r][:min(ItemGenres, len(c.Genres[r]))] {
		m.Genres[k] = uint16(g) + 1
	}
	m.Numeric[ReleaseYear] = float32(yearOf(c, r))
	m.Numeric[ItemRatingCount] = crowd.RatingCount
	m.Numeric[ItemAvgRating] = crowd.AvgRating
	m.Numeric[ItemRatingStddev] = crowd.RatingStddev
	m.Numeric[ItemTrend] = crowd.Trend
}
