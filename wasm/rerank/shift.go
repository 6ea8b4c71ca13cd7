package rerank

import (
	"slices"

	"sparrow/wasm/feature"
	"sparrow/wasm/vec"
)

// Shift adds by[i] standard deviations of the values to the value of item i, and sorts
// the items and their vectors by value again, best first, ties in the order they came.
// vectors is [n×C] or empty, by is [n]. It panics if the shapes do not match.
func Shift(items []feature.Candidate, vectors, by []float32) {
	n := len(items)
	if len(by) != n || n > 0 && len(vectors)%n != 0 {
		panic("rerank: shifts do not match the items")
	}
	unit := spread(items)
	for i := range items {
		items[i].Penalty -= unit * by[i]
	}
	resort(items, vectors)
}

// resort sorts the items and their vectors, [n×C] or empty, by value, best first, ties
// in the order they came.
func resort(items []feature.Candidate, vectors []float32) {
	n := len(items)
	if n == 0 {
		return
	}
	width := len(vectors) / n
	wasItems, wasVectors := slices.Clone(items), slices.Clone(vectors)
	order := vec.Sorted(n, func(a, b int32) bool { return wasItems[a].Value() > wasItems[b].Value() })
	for to, from := range order {
		items[to] = wasItems[from]
		copy(vectors[to*width:(to+1)*width], wasVectors[int(from)*width:])
	}
}
