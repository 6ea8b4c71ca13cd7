package report

import "time"

// Service is what the folder of bundles says of itself. Moments that are not known
// are zero.
type Service struct {
	Bundle   string    `json:"bundle"`   // SHA-256 of the newest, in hex
	Written  time.Time `json:"written"`  // when its file was
	Learned  time.Time `json:"learned"`  // newest interaction that it was trained on
	Live     *Live     `json:"live"`     // nil without a live overlay
	Trending time.Time `json:"trending"` // newest event that trending items were made of
	Night    string    `json:"night"`    // last line of the log of nights
}

// Live is the live overlay of the folder.
type Live struct {
	Made  time.Time `json:"made"` // zero where it does not say
	Items int       `json:"items"`
	New   int       `json:"new"`
	Rules int       `json:"rules"`
}
