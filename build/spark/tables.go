package spark

// The rows of the tables, as the schema describes them. Ordinals count from 0, and -1
// is a place without a value.
type (
	// Item is a row of items.
	Item struct {
		Item       int32    `parquet:"item"`
		ID         string   `parquet:"item_id"`
		Title      string   `parquet:"title"`
		Year       int32    `parquet:"year"` // 0 where it is not known
		Genres     []int32  `parquet:"genres,list"`
		GenreNames []string `parquet:"genre_names,list"`
		Lot        int64    `parquet:"lot"` // hash of the id: see [dataset.Lot]
	}

	// User is a row of users.
	User struct {
		User  int32  `parquet:"user"`
		ID    string `parquet:"user_id"`
		Count int32  `parquet:"count"` // interactions
		First int64  `parquet:"first"` // moments, in Unix seconds
		Last  int64  `parquet:"last"`
	}

	// Sequence is a row of sequences: what a user did, oldest first.
	Sequence struct {
		User    int32     `parquet:"user"`
		ID      string    `parquet:"user_id"`
		Items   []int32   `parquet:"items,list"`
		Times   []int64   `parquet:"times,list"`
		Stars   []float32 `parquet:"stars,list"` // 0 where none were given
		Weights []float32 `parquet:"weights,list"`
	}

	// Sample is a row of samples: what was known when a user met an item, and what
	// they made of it.
	Sample struct {
		UserID string  `parquet:"user_id"`
		ItemID string  `parquet:"item_id"`
		At     int64   `parquet:"timestamp"`
		Stars  float32 `parquet:"stars"`
		Label  int32   `parquet:"label"`
		Test   bool    `parquet:"test"`

		User int32 `parquet:"userId"`
		Item int32 `parquet:"movieId"`

		ReleaseYear float32 `parquet:"releaseYear"`
		ItemCount   float32 `parquet:"movieRatingCount"`
		ItemMean    float32 `parquet:"movieAvgRating"`
		ItemStddev  float32 `parquet:"movieRatingStddev"`
		UserCount   float32 `parquet:"userRatingCount"`
		UserYear    float32 `parquet:"userAvgReleaseYear"`
		YearStddev  float32 `parquet:"userReleaseYearStddev"`
		UserMean    float32 `parquet:"userAvgRating"`
		UserStddev  float32 `parquet:"userRatingStddev"`

		ItemGenre1 int32   `parquet:"movieGenre1"`
		ItemGenre2 int32   `parquet:"movieGenre2"`
		ItemGenre3 int32   `parquet:"movieGenre3"`
		ItemGenres []int32 `parquet:"movieGenres,list"`
		UserGenre1 int32   `parquet:"userGenre1"`
		UserGenre2 int32   `parquet:"userGenre2"`
		UserGenre3 int32   `parquet:"userGenre3"`
		UserGenre4 int32   `parquet:"userGenre4"`
		UserGenre5 int32   `parquet:"userGenre5"`
		Rated1     int32   `parquet:"userRatedMovie1"`
		Rated2     int32   `parquet:"userRatedMovie2"`
		Rated3     int32   `parquet:"userRatedMovie3"`
		Rated4     int32   `parquet:"userRatedMovie4"`
		Rated5     int32   `parquet:"userRatedMovie5"`

		ReleaseYearStandardized float32 `parquet:"releaseYearStandardized"`
		ItemCountStandardized   float32 `parquet:"movieRatingCountStandardized"`
		ItemMeanStandardized    float32 `parquet:"movieAvgRatingStandardized"`
		ItemStddevStandardized  float32 `parquet:"movieRatingStddevStandardized"`
		UserCountStandardized   float32 `parquet:"userRatingCountStandardized"`
		UserYearStandardized    float32 `parquet:"userAvgReleaseYearStandardized"`
		YearStddevStandardized  float32 `parquet:"userReleaseYearStddevStandardized"`
		UserMeanStandardized    float32 `parquet:"userAvgRatingStandardized"`
		UserStddevStandardized  float32 `parquet:"userRatingStddevStandardized"`
		ItemMeanScaled          float32 `parquet:"movieAvgRatingScaled"`
		ItemCountBucket         int32   `parquet:"movieRatingCountBucket"`
		ReleaseYearBucket       int32   `parquet:"releaseYearBucket"`
	}

	// Transform is a row of transforms: what was fitted for a column of samples.
	Transform struct {
		Column    string    `parquet:"column"`
		Source    string    `parquet:"source"`
		Kind      string    `parquet:"kind"` // standardized, scaled or bucket
		Low       float32   `parquet:"low"`
		High      float32   `parquet:"high"`
		Mean      float32   `parquet:"mean"`
		Deviation float32   `parquet:"deviation"`
		Edges     []float32 `parquet:"edges,list"`
	}
)
