package feature

// Statistics are what the crowd did, one value an item, [N] each, as known at
// one moment: the end of the training data in a bundle, the moment of the row
// while training rows are made.
type Statistics struct {
	Count  []uint32  // number of interactions
	Mean   []float32 // mean stars, 0 when no one gave any
	Stddev []float32 // population standard deviation of the stars
	Trend  []float32 // interactions with an exponential decay; see the builder for its half-life
	AsOf   int64     // the moment, Unix seconds

	// Rated is how many of the interactions gave stars; nil where all of each item
	// that has a mean did.
	Rated []uint32
}

// Ratings returns how many stars the mean of item r is of.
func (s *Statistics) Ratings(r int) uint32 {
	switch {
	case s.Mean[r] == 0:
		return 0
	case s.Rated == nil:
		return s.Count[r]
	}
	return s.Rated[r]
}

// Totals are the sums over the catalog that set an item's statistics in proportion.
type Totals struct {
	Count float64 // Σ Count
	Trend float64 // Σ Trend
	Stars float64 // Σ Count·Mean over items with stars
	Rated float64 // Σ Count over items with stars
}

// Totals returns the sums over all items of s.
func (s *Statistics) Totals() Totals {
	var t Totals
	for r, n := range s.Count {
		t.Count += float64(n)
		t.Trend += float64(s.Trend[r])
		if s.Mean[r] > 0 {
			t.Stars += float64(float64(n) * float64(s.Mean[r]))
			t.Rated += float64(n)
		}
	}
	return t
}

// meanStars returns the crowd's mean stars, or the threshold of a positive when
// no one gave any.
func (t *Totals) meanStars() float64 {
	if t.Rated == 0 {
		return positiveStars
	}
	return t.Stars / t.Rated
}
