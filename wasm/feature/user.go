package feature

import (
	"math"
	"slices"

	"sparrow/wasm/catalog"
)

// unknownYear stands for a year that is not known, as in Sparrow RecSys.
const unknownYear = 1990

// User is the user side of a query: what all its candidates share.
type User struct {
	Numeric [UserNumerics]float32  // by Numeric - CandidateNumerics
	Genres  [UserGenres]uint16     // genre+1, 0 for none
	Items   [UserItems]catalog.Row // None where there are fewer

	avgYear float32   // mean release year over the window, not rounded
	shares  []float32 // [genres] share of the window's positives that have the genre
}

// Of returns numeric feature f, which is one of the user's.
func (u *User) Of(f Numeric) float32 { return u.Numeric[int(f)-CandidateNumerics] }

// set stores numeric feature f.
func (u *User) set(f Numeric, v float64) { u.Numeric[int(f)-CandidateNumerics] = float32(v) }

// moments sums up numbers for their mean and population standard deviation.
type moments struct{ n, sum, squares float64 }

func (m *moments) add(v float64) {
	m.n++
	m.sum += v
	m.squares += float64(v * v)
}

func (m *moments) mean() float64 { return m.sum / m.n }

func (m *moments) deviation() float64 {
	mean := m.mean()
	return math.Sqrt(max(0, m.squares/m.n-float64(mean*mean)))
}

// readUser stores the user features of h in u.
func (u *User) read(c *catalog.Catalog, h History) {
	if len(u.shares) != len(c.GenreNames) {
		u.shares = make([]float32, len(c.GenreNames))
	}
	clear(u.shares)
	u.Genres = [UserGenres]uint16{}
	for i := range u.Items {
		u.Items[i] = catalog.None
	}
	var years, stars moments
	positives := 0
	recent := h.last(Window)
	for i := len(recent) - 1; i >= 0; i-- {
		e := recent[i]
		years.add(float64(yearOf(c, e.Row)))
		if e.Stars > 0 {
			stars.add(float64(e.Stars))
		}
		if !e.Positive() {
			continue
		}
		if positives < UserItems {
			u.Items[positives] = e.Row
		}
		positives++
		for _, g := range c.Genres[e.Row] {
			u.shares[g]++
		}
	}
	u.set(UserRatingCount, math.Log1p(float64(len(recent))))
	u.set(UserAvgReleaseYear, unknownYear)
	u.set(UserReleaseYearStddev, 0)
	u.set(UserAvgRating, positiveStars)
	u.set(UserRatingStddev, 0)
	u.avgYear = unknownYear
	if years.n > 0 {
		u.avgYear = float32(years.mean())
		u.set(UserAvgReleaseYear, math.Floor(years.mean()))
		u.set(UserReleaseYearStddev, years.deviation())
	}
	if stars.n > 0 {
		u.set(UserAvgRating, stars.mean())
		u.set(UserRatingStddev, stars.deviation())
	}
	u.readGenres()
	for g := range u.shares {
		u.shares[g] /= float32(max(1, positives))
	}
}

// readGenres stores the most frequent genres, while shares still holds counts.
func (u *User) readGenres() {
	for k := range u.Genres {
		best := -1
		for g, n := range u.shares {
			if n > 0 && !slices.Contains(u.Genres[:k], uint16(g+1)) && (best < 0 || n > u.shares[best]) {
				best = g
			}
		}
		if best < 0 {
			return
		}
		u.Genres[k] = uint16(best + 1)
	}
}

// yearOf returns the year of release, or unknownYear.
func yearOf(c *catalog.Catalog, r catalog.Row) int {
	if y := c.Years[r]; y != 0 {
		return int(y)
	}
	return unknownYear
}
