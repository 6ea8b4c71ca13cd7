package engine

import (
	"math"

	"sparrow/wasm/index"
)

const (
	probeQueries = 48 // items whose neighbours are sought, from the best known to the least
	probeK       = 10 // neighbours of each
)

// Probe measures an approximate search for the items nearest by taste against the
// exact one: an inverted file, see [index.Assign], with every N/C-th item by
// popularity for a centroid. Those cost nothing to find, where k-means adds 9.6 KB
// to engine.wasm; for that they compare two to three times as many items for the
// same recall (the demo bundle at 0.94: 21.6 % of them, where k-means needs 8.5 %).
// It returns, for 1 to C probed cells, two means over the queries, 0 to 1:
// recall@10, and the share of the items that were compared.
//
// A bundle with cells brings what its builder measured of them: the index that its
// candidates come from, for users of the validation data and their 300 best items.
//
// Of the exact answer, such a search finds what stands in the cells it looks into, so
// that one pass tells it for any number of them.
func (e *Engine) Probe() (recall, compared []float32) {
	if c := e.bundle.Retrieval.Cells; c != nil {
		return c.Recall, c.Compared
	}
	all := e.sorted(ByPopularity)
	n := len(all)
	cells := int(math.Sqrt(float64(n)))
	cell := index.Assign(n, cells, func(dst []float32, c int) { e.cosines(dst, all[c*n/cells]) })
	size := make([]float32, cells)
	for _, c := range cell {
		size[c]++
	}
	recall, compared = make([]float32, cells), make([]float32, cells)
	score, near := e.scratch.score, make([]float32, cells)
	for q := range probeQueries {
		e.cosines(score, all[q*n/probeQueries])
		for c := range near {
			near[c] = score[all[c*n/cells]]
		}
		found := e.best(score, probeK)
		for place, c := range index.Probe(near, cells) {
			for _, r := range found {
				if cell[r] == c {
					recall[place]++
				}
			}
			compared[place] += size[c]
		}
	}
	var found, looked float32 // sums of integers, which are exact
	for i := range recall {
		found, looked = found+recall[i], looked+compared[i]
		recall[i], compared[i] = found/float32(probeQueries*min(probeK, n)), looked/float32(probeQueries*n)
	}
	return recall, compared
}
