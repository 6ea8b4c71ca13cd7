package enginetest

import (
	"math"
	"math/rand/v2"
	"slices"
	"strconv"

	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/quant"
	"sparrow/wasm/retrieval"
)

const (
	syntheticWidth     = 64  // D
	syntheticSteps     = 20  // transitions from each item
	syntheticCluster   = 150 // items of a cluster, in the mean
	syntheticGenres    = 19
	syntheticTags      = 1500
	syntheticPositions = 50
)

// Synthetic returns a bundle of n items, n ≥ 1000, that grows as real ones do, for
// figures of how work grows with a catalog: vectors in clusters, each cluster
// with genres that it prefers, popularity and words by Zipf's law, 20 transitions
// from each item, mostly within its cluster, tags on a fifth of the items. The
// same n gives the same bundle.
func Synthetic(n int) *bundle.Bundle {
	rng := rand.New(rand.NewPCG(uint64(n), 15))
	cluster, members := make([]int, n), make([][]catalog.Row, max(8, n/syntheticCluster))
	for r := range cluster {
		c := rng.IntN(len(members))
		cluster[r], members[c] = c, append(members[c], catalog.Row(r))
	}
	b := &bundle.Bundle{
		Meta:       bundle.Meta{Name: "Synthetic", Licence: "Made up; do with it what you like.", Seed: 1, Metrics: []bundle.Metric{{Name: "items", Value: float32(n)}}},
		Catalog:    syntheticItems(rng, cluster),
		Statistics: syntheticStatistics(rng, n),
		Transition: syntheticTransitions(rng, cluster, members),
		Ranking:    ranker(syntheticGenres, syntheticWidth),
	}
	bias := make([]float32, n)
	for r, count := range b.Statistics.Count {
		bias[r] = quant.Coarse(float32(math.Log1p(float64(count)) / 4))
	}
	b.Retrieval = retrieval.Model{
		In: syntheticVectors(rng, cluster, len(members)), Out: syntheticVectors(rng, cluster, len(members)), Bias: bias,
		Position: make([]float32, syntheticPositions), Level: []float32{1, -0.25, 0.5, 1},
	}
	for k := range b.Retrieval.Position {
		b.Retrieval.Position[k] = float32(math.Pow(0.9, float64(k)))
	}
	return b
}

// syntheticVectors returns a unit direction for each cluster and noise that is as long.
func syntheticVectors(rng *rand.Rand, cluster []int, clusters int) quant.Matrix {
	const d = syntheticWidth
	centre := make([]float32, clusters*d)
	for i := range centre {
		centre[i] = float32(rng.NormFloat64())
	}
	values := make([]float32, len(cluster)*d)
	for r, c := range cluster {
		for i := range d {
			values[r*d+i] = centre[c*d+i] + float32(rng.NormFloat64())
		}
	}
	return quant.Quantize(values, len(cluster), d)
}

func syntheticItems(rng *rand.Rand, cluster []int) *catalog.Catalog {
	n := len(cluster)
	c := &catalog.Catalog{
		IDs: make([]catalog.ID, n), Titles: make([]string, n), Years: make([]int16, n),
		Genres: make([][]uint8, n), Tags: make([][]uint16, n),
		GenreNames: make([]string, syntheticGenres), TagNames: make([]string, syntheticTags),
	}
	for g := range c.GenreNames {
		c.GenreNames[g] = "Genre " + strconv.Itoa(g)
	}
	for t := range c.TagNames {
		c.TagNames[t] = "tag " + strconv.Itoa(t)
	}
	id := 0
	words := map[int]string{}
	for r := range n {
		id += 1 + rng.IntN(5)
		c.IDs[r] = catalog.ID(strconv.Itoa(id))
		for range 1 + rng.IntN(5) {
			i := int(float64(2*n) * math.Pow(rng.Float64(), 4)) // a few words are in many titles
			if words[i] == "" {
				words[i] = syntheticWord(uint64(i))
			}
			if c.Titles[r] != "" {
				c.Titles[r] += " "
			}
			c.Titles[r] += words[i]
		}
		if rng.IntN(50) > 0 {
			c.Years[r] = int16(2025 - int(100*math.Pow(rng.Float64(), 2)))
		}
		for range rng.IntN(4) {
			g := uint8(math.Pow(rng.Float64(), 2) * syntheticGenres)
			if rng.IntN(2) == 0 {
				g = uint8(cluster[r] * 7 % syntheticGenres)
			}
			if !slices.Contains(c.Genres[r], g) {
				c.Genres[r] = append(c.Genres[r], g)
			}
		}
		if rng.IntN(5) == 0 {
			for range 1 + rng.IntN(5) {
				t := uint16(math.Pow(rng.Float64(), 2) * syntheticTags)
				if !slices.Contains(c.Tags[r], t) {
					c.Tags[r] = append(c.Tags[r], t)
				}
			}
		}
	}
	c.Index()
	return c
}

// syntheticWord returns the i-th word, of two to four syllables.
func syntheticWord(i uint64) string {
	syllables := [...]string{"ba", "be", "bir", "do", "dan", "ka", "ki", "ko", "lor", "li", "ma", "men", "mo", "na", "ne", "ra", "ri", "ros", "sa", "se", "ta", "ti", "ton", "va", "ve", "st", "th", "ch"}
	own := rand.New(rand.NewPCG(i, 1))
	word := ""
	for range 2 + own.IntN(3) {
		word += syllables[own.IntN(len(syllables))]
	}
	return string(word[0]-'a'+'A') + word[1:]
}

// syntheticStatistics gives each item a random place in the order of popularity.
func syntheticStatistics(rng *rand.Rand, n int) feature.Statistics {
	s := feature.Statistics{
		Count: make([]uint32, n), Mean: make([]float32, n), Stddev: make([]float32, n), Trend: make([]float32, n),
		AsOf: 1_500_000_000,
	}
	for r, place := range rng.Perm(n) {
		s.Count[r] = uint32(1 + 20*float64(n)/float64(10+place))
		s.Mean[r] = float32(50+rng.IntN(451)) / 100
		s.Stddev[r] = float32(rng.IntN(200)) / 100
		s.Trend[r] = quant.Coarse(float32(s.Count[r]) * rng.Float32())
	}
	return s
}

// syntheticTransitions leads from each item to 20 others, four of five in its cluster.
func syntheticTransitions(rng *rand.Rand, cluster []int, members [][]catalog.Row) retrieval.Lists {
	n := len(cluster)
	l := retrieval.Lists{Start: make([]uint32, n+1), Scale: make([]float32, n)}
	for r := range n {
		l.Scale[r] = 0.25 / 256
		var items []catalog.Row
		for range syntheticSteps {
			item := catalog.Row(rng.IntN(n))
			if own := members[cluster[r]]; rng.IntN(5) > 0 {
				item = own[rng.IntN(len(own))]
			}
			if int(item) != r && !slices.Contains(items, item) {
				items = append(items, item)
			}
		}
		slices.Sort(items)
		for range items {
			l.Weights = append(l.Weights, uint8(1+rng.IntN(255)))
		}
		l.Items = append(l.Items, items...)
		l.Start[r+1] = uint32(len(l.Items))
	}
	return l
}
