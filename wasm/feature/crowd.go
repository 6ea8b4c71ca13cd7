package feature

import (
	"math"

	"sparrow/wasm/catalog"
)

// Crowd is all that takes the crowd to know of one item and one user, as known
// at a moment.
type Crowd struct {
	Count        uint32  // number of interactions
	RatingCount  float32 // the feature movieRatingCount
	AvgRating    float32 // movieAvgRating
	RatingStddev float32 // movieRatingStddev
	Trend        float32 // movieTrend
	MeanStars    float32 // mean stars of all items

	// Of the pair.
	Follows   float32 // weight of the transition from the user's last item to this one, 0 to 1
	UserBias  float32 // the feature userBias
	GenreBias float32 // the feature genreBias
}

// Crowd returns what s says of item r, whose totals are t. What is of the
// pair is left 0.
func (s *Statistics) Crowd(r catalog.Row, t *Totals) Crowd {
	n := float64(s.Count[r])
	c := Crowd{Count: s.Count[r], AvgRating: s.Mean[r], RatingStddev: s.Stddev[r], MeanStars: float32(t.meanStars())}
	c.RatingCount = float32(math.Log1p(n) - math.Log1p(t.Count/float64(len(s.Count))))
	if !(c.AvgRating > 0) {
		c.AvgRating = c.MeanStars
	}
	expected := t.Trend * n / max(1, t.Count)
	c.Trend = float32(math.Log1p(float64(s.Trend[r])) - math.Log1p(expected))
	return c
}
