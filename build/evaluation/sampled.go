package evaluation

import (
	"math/rand/v2"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
)

// SampledNegatives returns for each case a pool: the relevant items and n others,
// drawn uniformly without replacement from those that the user has nothing to do with
// in d; all where there are fewer. A case's draw follows from the seed and its user.
//
// A rank among sampled negatives flatters, and may order methods otherwise than the
// catalog does: Krichene & Rendle, On sampled metrics for item recommendation, KDD
// 2020. It is for standing beside figures published so: He et al., Neural
// collaborative filtering, WWW 2017, with n = 99. Measure with ListOptions.Sampled = n,
// so that the names show it.
func SampledNegatives(d *dataset.Dataset, cases []Case, n int, seed uint64) [][]catalog.Row {
	pools := make([][]catalog.Row, len(cases))
	for i, c := range cases {
		taken := make([]bool, d.Catalog.Len())
		for _, e := range d.Of(c.User) {
			taken[e.Row] = true
		}
		for _, r := range c.Relevant {
			taken[r] = true
		}
		var free []catalog.Row
		for r, t := range taken {
			if !t {
				free = append(free, catalog.Row(r))
			}
		}
		rng := rand.New(rand.NewPCG(seed, uint64(c.User)))
		k := min(n, len(free))
		for j := range k { // the beginning of a shuffle
			other := j + rng.IntN(len(free)-j)
			free[j], free[other] = free[other], free[j]
		}
		pools[i] = append(free[:k:k], c.Relevant...)
	}
	return pools
}
