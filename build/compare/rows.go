package compare

import (
	"slices"
	"sync"

	"sparrow/build/dataset"
	"sparrow/build/examples"
	"sparrow/build/pointwise"
	"sparrow/wasm/feature"
	"sparrow/wasm/nn"
)

// numbers are the numeric features that ranking models see; of those in buckets they also
// see which of ten they are in, for the models that multiply fields.
var (
	numbers = []string{
		"releaseYear", "movieRatingCount", "movieRatingStddev", "movieTrend", "movieShrunkenRating",
		"userRatingCount", "userAvgReleaseYear", "userReleaseYearStddev", "userRatingStddev", "userShrunkenRating",
		"userBias", "genreBias", "baselineRating", "expectedRating", "transitionFromLast",
		"genreAffinity", "genreOfLast", "yearDistance", "yearFromLast",
	}
	logs    = []string{"secondsSinceLast", "sittingEvents", "sittingSeconds"}
	buckets = []string{"releaseYear", "movieRatingCount", "movieShrunkenRating", "userShrunkenRating", "userBias", "genreBias", "expectedRating"}
)

// historyLength is L of the models that read the events one by one.
const historyLength = 50

// ofOrder are those of numbers that hang on the order of a history, or on times.
var ofOrder = []string{"movieTrend", "transitionFromLast", "genreOfLast", "yearFromLast"}

// columns returns what the ranking models read on d: where it is timeless, nothing
// that is one thing to all of its rows and another to a visitor, who has times.
func columns(d *dataset.Dataset) []feature.Column {
	var all []feature.Column
	for _, n := range numbers {
		if !d.Timeless() || !slices.Contains(ofOrder, n) {
			all = append(all, examples.Standardized(n))
		}
	}
	for _, n := range logs {
		if !d.Timeless() {
			all = append(all, examples.LogScaled(n))
		}
	}
	all = append(all, examples.ItemID(rare), examples.MultiHot("movieGenres", 4), examples.MultiHot("userGenres", 5),
		examples.Sequence("userRatedMovies", 5), examples.Sequence("userHistory", historyLength), examples.Sequence("userHistoryStars", historyLength),
		examples.Crossed("movieId", "userRatedMovie1", 10_000))
	for _, n := range buckets {
		all = append(all, examples.Bucketized(n, 10))
	}
	return all
}

// inputsOf returns what the columns are to the models.
func inputsOf(schema *feature.Schema) *pointwise.Inputs {
	in := &pointwise.Inputs{Numeric: len(schema.Numerics()), Baseline: slices.Index(schema.Numerics(), "baselineRating")}
	for at, f := range schema.Fields() {
		in.Categorical = append(in.Categorical, nn.Field{Name: f.Name, Slots: f.Slots, Vocabulary: f.Vocabulary})
		switch f.Name {
		case "movieId":
			in.Item = at
		case "movieGenres":
			in.ItemGenres = at
		case "userGenres":
			in.UserGenres = at
		case "userRatedMovies":
			in.Recent = at
		case "userHistory":
			in.History = at
		case "userHistoryStars":
			in.Stars = at
		case "movieId*userRatedMovie1":
			in.Crossed = at
		default:
			in.Buckets = append(in.Buckets, at)
		}
	}
	return in
}

// rows are samples as the ranking models read them; it implements [pointwise.Rows].
type rows struct {
	set      *examples.Set
	schema   *feature.Schema
	encoders sync.Pool
}

func (r *rows) Len() int                { return r.set.Len() }
func (r *rows) Label(row int32) float32 { return r.set.Labels[row] }

func (r *rows) Encode(dst *nn.Batch, picked []int32) {
	e, _ := r.encoders.Get().(*examples.Encoder)
	if e == nil {
		e = r.set.Encoder(r.schema)
	}
	defer r.encoders.Put(e)
	// The memory is dst's: it has the shape that the encoder asks for.
	b := feature.Batch{Rows: dst.Rows, Numeric: dst.Numeric, IDs: dst.IDs[:len(r.schema.Fields())]}
	e.Encode(picked, &b)
}
