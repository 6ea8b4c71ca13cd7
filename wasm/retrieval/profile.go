package retrieval

import (
	"math"

	"sparrow/wasm/feature"
	"sparrow/wasm/vec"
)

// Profile scores items by what a person likes, in whatever order they said so. Its
// lists are the largest weights of a linear autoencoder: what speaks for what.
type Profile struct {
	Lists
	Gate Gate
}

// Gate says when the profile counts, and how much. A rating or a purchase came when
// it came, and the next one hangs on it; likes that someone marks in one evening
// come in the order of the page. See [Gate.Share].
type Gate struct {
	Most   float32 // 0 to 1: how much the profile counts where all are likes of one sitting
	From   float32 // 0 to 1, below it: the share of likes from which on it counts
	Weight float32 // above 0: of its score in the unit of the ranker's
}

// Valid reports whether the numbers are what a gate has.
func (g Gate) Valid() bool {
	return g.Most >= 0 && g.Most <= 1 && g.From >= 0 && g.From < 1 && g.Weight > 0 && g.Weight <= 100
}

// Share returns how much the profile counts for history h:
//
//	Most · max(0, l - From)/(1 - From) · (n - s)/(n - 1)
//
// of n events in s sittings, of which the share l is liked. Of fewer than two
// events it is 0: they have one order only.
func (g Gate) Share(h feature.History) float32 {
	n := len(h)
	if n < 2 {
		return 0
	}
	liked := float64(h.Liked())/float64(n) - float64(g.From)
	together := float64(n-h.Sittings()) / float64(n-1)
	return float32(float64(g.Most) * max(0, liked) / (1 - float64(g.From)) * together)
}

// sharpness sets from which score on the profile's ones are told apart by ratios:
// they are sums of weights of about a hundredth to a half.
const sharpness = 20

// Scores stores the profile's score of each item for history h in dst, which is [N]:
//
//	Weight · ln(1 + 20 · Σ Liking · the weight of the item in the list of the event's)
//
// Another order of the events changes no bit.
func (p *Profile) Scores(dst []float32, h feature.History) {
	clear(dst)
	// Sums of floats hang on their order, so that of the rows is taken.
	for _, at := range vec.Sorted(len(h), func(a, b int32) bool { return h[a].Row < h[b].Row }) {
		e := h[at]
		items, weights, scale := p.Of(e.Row)
		f := e.Liking() * scale
		for i, r := range items {
			dst[r] += float32(f * float32(weights[i]))
		}
	}
	for i, s := range dst {
		if s > 0 {
			dst[i] = p.Gate.Weight * float32(math.Log1p(float64(sharpness*s)))
		}
	}
}

// Blend moves the scores of the candidates, which are the ranker's, towards the profile's:
// (1 - share) · score + share · profile, where share is [Gate.Share] of h. Without a
// profile, which is nil, they stay. scratch is [N].
func (p *Profile) Blend(candidates []feature.Candidate, h feature.History, scratch []float32) {
	if p == nil {
		return
	}
	share := p.Gate.Share(h)
	if share == 0 {
		return
	}
	p.Scores(scratch, h)
	for i := range candidates {
		c := &candidates[i]
		c.Score = float32((1-share)*c.Score) + float32(share*scratch[c.Row])
	}
}
