package feature

// Numeric is a numeric feature. Names in the style userAvgRating are those of
// Sparrow RecSys and mean what they mean there, with three deviations: counts
// are on a log scale and every input is standardized by the ranking model
// (Sparrow feeds 1995 beside 0.5), deviations are those of the population
// (Spark's are those of a sample), and item statistics are those known before
// the row's moment (Sparrow's look into the future).
type Numeric uint8

// Features of the item.
const (
	// releaseYear: year of release; 1990 when unknown. Sparrow.
	ReleaseYear Numeric = iota
	// movieRatingCount: ln((1+n)/(1+n̄)) of the item's number of ratings n and
	// its mean n̄ over the catalog, about -3 to 6. Sparrow, who has n; the ratio
	// keeps its meaning while the data grow.
	ItemRatingCount
	// movieAvgRating: mean stars, 0.5 to 5; the crowd's mean when no one gave
	// any. Sparrow.
	ItemAvgRating
	// movieRatingStddev: standard deviation of the stars, 0 to 2.25. Sparrow.
	ItemRatingStddev
	// movieTrend: ln((1+t)/(1+e)) of the item's decayed count t and of the e it
	// would have if the recent interactions were spread like all, about -4 to 4.
	ItemTrend
)

// Features of the pair of user and item.
const (
	// retrievalScore: log probability of the item under the softmax of the
	// retrieval scores over the candidates, below 0.
	RetrievalScore Numeric = iota + ItemTrend + 1
	// retrievalRank: ln(1+rank) of the retrieval score among the candidates,
	// rank from 1, ties by row.
	RetrievalRank
	// transitionFromLast: how often the item follows the history's last one in
	// the crowd's histories; [soften] of the transition weight, 0 to 6.
	TransitionFromLast
	// transitionFromRecent: transition weights from the last 30 events, each
	// counting 0.7 times the event after it; softened.
	TransitionFromRecent
	// transitionFromSession: mean transition weight from the events of the last
	// sitting, which has no gap over an hour; softened.
	TransitionFromSession
	// coOccurrence: transition weights between the item and the last 100
	// events, in both directions; an event counts 0.95 times the one after it;
	// softened.
	CoOccurrence
	// similarityToLast: cosine of the retrieval output vectors of the item and
	// of the history's last one, -1 to 1.
	SimilarityToLast
	// similarityToRecent: the largest such cosine over the last 20 events.
	SimilarityToRecent
	// profile: what speaks for the item of all that the user likes, in whatever order
	// they said so; see [Tables].Speaks. ln(1 + 20·weight), 0 to about 4.
	ProfileScore
	// genreAffinity: mean over the item's genres of the share of the user's
	// positives that have the genre, 0 to 1.
	GenreAffinity
	// genreOfLast: Jaccard similarity of the genres of the item and of the
	// history's last one, 0 to 1.
	GenreOfLast
	// yearDistance: |releaseYear - userAvgReleaseYear|, as ln(1+years).
	YearDistance
	// yearFromLast: |releaseYear - that of the history's last item|, as ln(1+years).
	YearFromLast
)

// Features of the user, over the last 100 events.
const (
	// userRatingCount: ln(1+n) of the number n ≤ 100 of events. Sparrow, who has n.
	UserRatingCount Numeric = iota + YearFromLast + 1
	// userAvgReleaseYear: mean release year, whole years. Sparrow.
	UserAvgReleaseYear
	// userReleaseYearStddev: standard deviation of the release years. Sparrow.
	UserReleaseYearStddev
	// userAvgRating: mean of the stars given, 0.5 to 5; 3.5 when none were given. Sparrow.
	UserAvgRating
	// userRatingStddev: standard deviation of the stars given, 0 to 2.25. Sparrow.
	UserRatingStddev

	numerics // how many there are
)

// How many features there are of each kind. The candidate side comes first.
const (
	CandidateNumerics = int(YearFromLast) + 1
	UserNumerics      = int(numerics) - CandidateNumerics

	ItemGenres = 3 // movieGenre1..3: the first three genres of the item
	UserGenres = 5 // userGenre1..5: the most frequent genres of the positives, ties by genre
	UserItems  = 5 // userRatedMovie1..5: the latest positives, newest first
)

// The features that are embedded; all but ItemID are numbered from 1.
const (
	ItemID        = "movieId"
	ItemGenre     = "movieGenre"
	UserGenre     = "userGenre"
	UserRatedItem = "userRatedMovie"
)

var names = [numerics]string{
	"releaseYear", "movieRatingCount", "movieAvgRating", "movieRatingStddev", "movieTrend",
	"retrievalScore", "retrievalRank", "transitionFromLast", "transitionFromRecent", "transitionFromSession",
	"coOccurrence", "similarityToLast", "similarityToRecent", "profile", "genreAffinity", "genreOfLast", "yearDistance", "yearFromLast",
	"userRatingCount", "userAvgReleaseYear", "userReleaseYearStddev", "userAvgRating", "userRatingStddev",
}

// String returns the feature's name.
func (n Numeric) String() string { return names[n] }

// NumericOf returns the feature called name, or false.
func NumericOf(name string) (Numeric, bool) {
	for n, s := range names {
		if s == name {
			return Numeric(n), true
		}
	}
	return 0, false
}

// InSet ends the name of a feature that goes by places where the history is a set: it is
// then over all events, in the mean or at most, and has no last one.
const InSet = "InSet"

// ByPlace reports whether n looks at the last events of a history that has an order.
func (n Numeric) ByPlace() bool {
	switch n {
	case TransitionFromLast, TransitionFromRecent, SimilarityToLast, SimilarityToRecent, GenreOfLast, YearFromLast:
		return true
	}
	return false
}

// Side reports what a feature depends on.
type Side uint8

const (
	OfItem Side = iota // the item alone
	OfPair             // the item, the history and the other candidates
	OfUser             // the history alone: equal for all candidates
)

// Side returns what n depends on.
func (n Numeric) Side() Side {
	switch {
	case n <= ItemTrend:
		return OfItem
	case n <= YearFromLast:
		return OfPair
	}
	return OfUser
}
