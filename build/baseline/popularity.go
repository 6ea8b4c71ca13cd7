package baseline

import (
	"sparrow/build/dataset"
	"sparrow/wasm/feature"
)

// Fixed has one score for each item, [N], the same for every user.
type Fixed []float32

// Scores stores the score of each item in dst, [N].
func (f Fixed) Scores(dst []float32, _ feature.History) { copy(dst, f) }

// Popularity scores an item by its number of interactions in d.
func Popularity(d *dataset.Dataset) Fixed {
	counts := make(Fixed, d.Catalog.Len())
	for u := range d.Users {
		for _, e := range d.Of(u) {
			counts[e.Row]++
		}
	}
	return counts
}

// BayesianMeanOptions are the settings of [BayesianMean].
type BayesianMeanOptions struct {
	Prior float64 // m, ratings of average stars that every item is given on top of its own
}

// DefaultBayesianMeanOptions returns the settings for a data set like d. A larger
// prior comes nearer to popularity, and none comes up to it: what is rated best is not
// what is watched next. The README of this folder has the figures.
func DefaultBayesianMeanOptions(*dataset.Dataset) BayesianMeanOptions {
	return BayesianMeanOptions{Prior: 100}
}

// BayesianMean scores an item by the posterior mean of its stars in d,
//
//	(n·x̄ + m·μ)/(n + m)
//
// where x̄ is the mean of the item's n ratings, μ that of all ratings and m the
// prior: with m = 0 one enthusiast leads the list, with a large m the order is that
// of n·(x̄-μ), so that an item leads that many like a little more than usual. An item
// without stars has μ. A rating that counts in part does so here. Source: the mean of a normal
// distribution whose mean is itself normal, see Gelman et al., Bayesian Data
// Analysis, section 2.5; in use as the weighted rating of IMDb's top 250.
func BayesianMean(d *dataset.Dataset, opt BayesianMeanOptions) Fixed {
	count, sum := make([]float64, d.Catalog.Len()), make([]float64, d.Catalog.Len())
	var all, stars float64
	for u := range d.Users {
		for _, e := range d.Of(u) {
			if e.Stars == 0 {
				continue
			}
			w := e.Counted()
			count[e.Row] += w
			sum[e.Row] += float64(w * float64(e.Stars) / 2)
			all += w
			stars += float64(w * float64(e.Stars) / 2)
		}
	}
	scores := make(Fixed, len(count))
	if all == 0 {
		return scores
	}
	mean := stars / all
	for r, n := range count {
		if n+opt.Prior == 0 {
			scores[r] = float32(mean)
			continue
		}
		scores[r] = float32((sum[r] + float64(opt.Prior*mean)) / (n + opt.Prior))
	}
	return scores
}
