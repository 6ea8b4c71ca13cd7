package examples

import "sparrow/wasm/feature"

// everyColumn returns columns of every number, the fields of Sparrow RecSys but the user, whom
// their history stands for, the cross of its Wide&Deep, and the newest events of the history.
func everyColumn(history int) []feature.Column {
	var columns []feature.Column
	for _, s := range []string{
		"releaseYear", "movieRatingCount", "movieAvgRating", "movieRatingStddev", "movieTrend", "movieShrunkenRating", "movieRatingOffset",
		"userRatingCount", "userAvgReleaseYear", "userReleaseYearStddev", "userAvgRating", "userRatingStddev", "userShrunkenRating", "userRatingOffset",
		"ratingSum", "shrunkenRatingSum", "userBias", "genreBias", "baselineRating", "expectedRating",
		"transitionFromLast",
		"genreAffinity", "genreOfLast", "yearDistance", "yearFromLast",
	} {
		columns = append(columns, Standardized(s))
	}
	for _, s := range []string{"secondsSinceLast", "sittingEvents", "sittingSeconds"} {
		columns = append(columns, LogScaled(s))
	}
	columns = append(columns, ItemID(5))
	for _, s := range []string{
		"movieGenre1", "movieGenre2", "movieGenre3",
		"userGenre1", "userGenre2", "userGenre3", "userGenre4", "userGenre5",
		"userRatedMovie1", "userRatedMovie2", "userRatedMovie3", "userRatedMovie4", "userRatedMovie5",
	} {
		columns = append(columns, OneHot(s))
	}
	return append(columns, MultiHot("movieGenres", 6), Crossed("movieId", "userRatedMovie1", 10_000),
		Sequence("userRatedMovies", 5), Sequence("userHistory", history), Sequence("userHistoryStars", history), Sequence("userHistoryGenre", history))
}
