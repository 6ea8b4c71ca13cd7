package engine

import (
	"math"

	"sparrow/wasm/catalog"
)

// tastePool is how many of the best known items a wall of tastes chooses from.
const tastePool = 240

// Tastes returns k well-known items that tell tastes apart, without those that
// skip names. Each next one maximizes fame·√(distance to the nearest chosen one):
// the greedy 2-approximation of the k-centre problem (Gonzalez 1985), weighted
// so that an item is worth asking about only if people have seen it.
func (e *Engine) Tastes(k int, skip func(catalog.Row) bool) []catalog.Row {
	rows := make([]catalog.Row, 0, tastePool)
	for _, r := range e.sorted(ByPopularity) {
		if len(rows) == cap(rows) {
			break
		}
		if !skip(r) && e.among(nil).Has(r) {
			rows = append(rows, r)
		}
	}
	vectors := e.Describe(rows)
	nearest := make([]float32, len(rows))
	for i := range nearest {
		nearest[i] = 2 // the largest distance of two unit vectors
	}
	chosen := make([]catalog.Row, 0, k)
	for len(chosen) < min(k, len(rows)) {
		next, best := -1, float32(0)
		for i, r := range rows {
			if nearest[i] < 0 {
				continue // chosen
			}
			value := e.fame[r] * float32(math.Sqrt(float64(nearest[i])))
			if next < 0 || value > best {
				next, best = i, value
			}
		}
		chosen = append(chosen, rows[next])
		for i := range rows {
			if nearest[i] >= 0 {
				nearest[i] = min(nearest[i], max(0, e.distance(vectors, next, i)))
			}
		}
		nearest[next] = -1
	}
	return chosen
}
