package feature

import "sparrow/wasm/catalog"

// shrink is the weight, in ratings, of what is expected of everybody beside what
// was given: of the weights that were tried it is the best on MovieLens
// latest-small, and as good as the best on MovieLens 1M. The README of this
// folder has the figures.
const shrink = 5

// shrunken returns the mean of n ratings of mean m, and of 5 more of the crowd's mean.
func shrunken(n uint32, m float32, crowd float64) float64 {
	return (float64(float64(n)*float64(m)) + float64(shrink*crowd)) / (float64(n) + shrink)
}

// Bias is how a user's stars differ from what the crowd gives the same items.
type Bias struct {
	user  float64
	genre []float64 // [genres]
	rated []float64 // [genres] scratch
}

// Read computes the bias of the user with history h, of which it sees the last
// 100 events, by statistics s with totals t. For the n events with stars s, the
// shrunken mean m of the event's item (see movieShrunkenRating), and the n_g of
// these events whose item has genre g:
//
//	user = Σ(s - m)/(n + 5),  genre[g] = Σ(s - m - user)/(n_g + 5)
//
// Source: the baseline predictor of Koren, Bell and Volinsky, IEEE Computer
// 2009; shrinkage in place of a fit, and the genres, are ours.
func (b *Bias) Read(c *catalog.Catalog, h History, s *Statistics, t *Totals) {
	if len(b.genre) != len(c.GenreNames) {
		b.genre, b.rated = make([]float64, len(c.GenreNames)), make([]float64, len(c.GenreNames))
	}
	clear(b.genre)
	clear(b.rated)
	h = h.last(Window)
	mean := t.meanStars()
	residual := func(e Event) float64 {
		if s.Mean[e.Row] > 0 {
			return float64(e.Stars) - shrunken(s.Count[e.Row], s.Mean[e.Row], mean)
		}
		return float64(e.Stars) - mean
	}
	sum, n := 0.0, 0.0
	for _, e := range h {
		if e.Stars > 0 {
			sum += residual(e)
			n++
		}
	}
	b.user = sum / (n + shrink)
	for _, e := range h {
		if e.Stars == 0 {
			continue
		}
		v := residual(e) - b.user
		for _, g := range c.Genres[e.Row] {
			b.genre[g] += v
			b.rated[g]++
		}
	}
	for g, n := range b.rated {
		b.genre[g] /= n + shrink
	}
}

// Of stores the user's bias, and its mean over the given genres, in crowd.
func (b *Bias) Of(genres []uint8, crowd *Crowd) {
	sum := 0.0
	for _, g := range genres {
		sum += b.genre[g]
	}
	crowd.UserBias, crowd.GenreBias = float32(b.user), float32(sum/float64(max(1, len(genres))))
}
