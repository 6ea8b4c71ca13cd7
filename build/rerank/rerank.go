// Package rerank has two more ways than the engine's to choose a list among ranked
// items: [DPP], which weighs all chosen items together where MMR looks at the nearest
// one, and [Calibrate], which keeps the genres in the shares of the user's history.
// It works on scores, unit vectors and shares of genres.
package rerank

// stretched returns the scores on the scale from 0 for the lowest to 1 for the
// highest; zeros where all are equal.
func stretched(scores []float32) []float64 {
	rel := make([]float64, len(scores))
	if len(scores) == 0 {
		return rel
	}
	low, high := scores[0], scores[0]
	for _, s := range scores {
		low, high = min(low, s), max(high, s)
	}
	for i, s := range scores {
		if high > low {
			rel[i] = float64((s - low) / (high - low))
		}
	}
	return rel
}
