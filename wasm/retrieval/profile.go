package retrieval

import (
	"sparrow/wasm/feature"
	"sparrow/wasm/vec"
)

// Profile scores items by what a person likes, in whatever order they said so. Its
// lists are the largest weights of a linear autoencoder: what speaks for what.
type Profile struct {
	Lists
	Gate Gate
}

// Gate says when the profile counts, and how much: where the order of a history means
// nothing, see [feature.History.Set].
type Gate struct {
	Most   float32 // 0 to 1: how much the profile counts where all are likes of one sitting
	From   float32 // 0 to 1, below it: the share of likes from which on it counts
	Weight float32 // above 0: of its score in the unit of the ranker's
}

// Valid reports whether the numbers are what a gate has.
func (g Gate) Valid() bool {
	return g.Most >= 0 && g.Most <= 1 && g.From >= 0 && g.From < 1 && g.Weight > 0 && g.Weight <= 100
}

// Set returns how far history h is a set, 0 to 1.
func (g Gate) Set(h feature.History) float32 { return float32(h.Set(g.From)) }

// Share returns how much the profile counts for history h: Most of how far it is a set.
func (g Gate) Share(h feature.History) float32 { return float32(float64(g.Most) * h.Set(g.From)) }

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
			dst[i] = p.Gate.Weight * feature.Spoken(s)
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
