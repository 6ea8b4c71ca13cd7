// Package feature turns a user's history and a movie into numbers. It is the
// one definition of every feature: the builder makes training rows with it and
// the browser ranks with it, so the two cannot drift apart.
package feature

import "sparrow/wasm/catalog"

// Event is one interaction of a user with a movie.
type Event struct {
	Row   catalog.Row
	Stars float32 // 0.5 to 5 in halves; 0 when the user gave none
	At    int64   // Unix seconds
}

// History is what a user did, oldest first. A movie may occur once only.
type History []Event

// Statistics are what the crowd did, one value a movie, [N] each, as known at
// one moment: the end of the training data in a bundle, the moment of the row
// while training rows are made.
type Statistics struct {
	Count  []uint32  // number of interactions
	Mean   []float32 // mean stars, 0 when nobody gave any
	Stddev []float32 // population standard deviation of the stars
	Trend  []float32 // interactions with an exponential decay; see the builder for its half-life
	AsOf   int64     // the moment, Unix seconds
}
