package feature

import "slices"

// Source is a feature that a [Column] reads. Those of [Numeric] that need no
// list of candidates and no retrieval model keep their numbers and names; the
// others follow.
type Source uint8

// Numeric features of a user and an item who meet at a moment.
const (
	// secondsSinceLast: seconds from the user's last event to the moment; 0
	// without events.
	secondsSinceLast Source = Source(numerics) + iota
	// sittingEvents: number of events of the sitting that the moment belongs
	// to, 0 to 100; 0 when the last event is over an hour ago.
	sittingEvents
	// sittingSeconds: seconds from the first event of that sitting to the moment.
	sittingSeconds
	// itemShrunkenRating: (n·m + 5·μ)/(n+5), m being movieAvgRating, n the
	// item's number of ratings and μ the mean stars of the crowd: one rating of
	// 5 stars does not beat everything.
	itemShrunkenRating
	// userShrunkenRating: (Σs + 5·μ)/(n+5) over the n stars s that the user gave.
	userShrunkenRating
	// itemRatingOffset: movieAvgRating - μ.
	itemRatingOffset
	// userRatingOffset: userAvgRating - μ.
	userRatingOffset
	// ratingSum: movieAvgRating + userAvgRating, 1 to 10: what any model must beat.
	ratingSum
	// shrunkenRatingSum: movieShrunkenRating + userShrunkenRating.
	shrunkenRatingSum
	// userBias: how many stars the user gives above the crowd, shrunken; see [Bias].
	userBias
	// genreBias: the same of the item's genres alone, beyond userBias; their mean.
	genreBias
	// baselineRating: movieShrunkenRating + userBias, the stars that Koren's
	// baseline predictor expects.
	baselineRating
	// expectedRating: baselineRating + genreBias.
	expectedRating

	numericSources
)

// Features with one value among many, or none.
const (
	itemID Source = numericSources + iota // movieId: the item's row. Sparrow
	userID                                // userId: the user's number in the training data, none in a browser. Sparrow

	itemGenre1 // movieGenre1..3: the first genres of the item. Sparrow
	_
	_
	userGenre1 // userGenre1..5: the most frequent genres of the user's positives, ties by genre. Sparrow
	_
	_
	_
	_
	userRatedItem1 // userRatedMovie1..5: rows of the user's latest positives, newest first. Sparrow
	_
	_
	_
	_

	severalValued
)

// Features with several values, of which a column takes as many as it has slots.
const (
	itemGenresAll    Source = severalValued + iota // movieGenres: all genres of the item, in the source's order
	userGenresAll                                  // userGenres: userGenre1..5
	userRatedItems                                 // userRatedMovies: rows of the positives of the last 100 events, newest first
	userHistory                                    // userHistory: rows of the last 100 events, newest first
	userHistoryStars                               // userHistoryStars: their stars in halves, 1 to 10; 0 for an event without stars
	userHistoryGenre                               // userHistoryGenre: the first genre of each of them

	sources
)

var sourceNames = [sources - Source(numerics)]string{
	"secondsSinceLast", "sittingEvents", "sittingSeconds", "movieShrunkenRating", "userShrunkenRating",
	"movieRatingOffset", "userRatingOffset", "ratingSum", "shrunkenRatingSum",
	"userBias", "genreBias", "baselineRating", "expectedRating",
	"movieId", "userId", "movieGenre1", "movieGenre2", "movieGenre3",
	"userGenre1", "userGenre2", "userGenre3", "userGenre4", "userGenre5",
	"userRatedMovie1", "userRatedMovie2", "userRatedMovie3", "userRatedMovie4", "userRatedMovie5",
	"movieGenres", "userGenres", "userRatedMovies", "userHistory", "userHistoryStars", "userHistoryGenre",
}

// String returns the feature's name.
func (s Source) String() string {
	if s < Source(numerics) {
		return names[s]
	}
	return sourceNames[s-Source(numerics)]
}

// SourceOf returns the feature called name, or false if there is none that a
// column can read: those that depend on a list of candidates are not.
func SourceOf(name string) (Source, bool) {
	if n, ok := NumericOf(name); ok {
		s := Source(n)
		return s, n <= ItemTrend || n == TransitionFromLast || n >= GenreAffinity
	}
	if i := slices.Index(sourceNames[:], name); i >= 0 {
		return Source(numerics) + Source(i), true
	}
	return 0, false
}

// Numeric reports whether s is a number; the other sources are ids.
func (s Source) Numeric() bool { return s < numericSources }

// Several reports whether s may have more than one value.
func (s Source) Several() bool { return s >= severalValued }

// domain is what the ids of a source number.
type domain uint8

const (
	ofItems domain = iota
	ofUsers
	ofGenres
	ofStars
)

// starValues is the number of values of userHistoryStars.
const starValues = 11

// domain returns what the ids of s, which is not numeric, number.
func (s Source) domain() domain {
	switch {
	case s == userID:
		return ofUsers
	case s == userHistoryStars:
		return ofStars
	case s == itemID, s >= userRatedItem1 && s < severalValued, s == userRatedItems, s == userHistory:
		return ofItems
	}
	return ofGenres
}

// Vocabulary returns the number of ids that s, which is not numeric, can have:
// for a catalog of N items and G genres and training data of U users.
func (s Source) Vocabulary(items, genres, users int) int {
	return [...]int{ofItems: items, ofUsers: users, ofGenres: genres, ofStars: starValues}[s.domain()]
}
