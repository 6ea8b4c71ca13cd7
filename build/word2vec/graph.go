package word2vec

import (
	"math/rand/v2"
	"slices"
	"sort"
)

// graph is what was liked right after what: the edge from a to b weighs as many
// users as liked b next. The edges of a node are sorted by their end.
type graph struct {
	start  []int32   // [M+1]
	to     []int32   // ends of edges
	weight []float64 // of each edge
	sum    []float64 // running sums of the weights of a node's edges
}

func newGraph(sentences [][]int32, nodes int) *graph {
	next := make([]map[int32]float64, nodes)
	for _, s := range sentences {
		for i := range len(s) - 1 {
			if next[s[i]] == nil {
				next[s[i]] = map[int32]float64{}
			}
			next[s[i]][s[i+1]]++
		}
	}
	g := &graph{start: make([]int32, nodes+1)}
	for a, edges := range next {
		ends := make([]int32, 0, len(edges))
		for b := range edges {
			ends = append(ends, b)
		}
		slices.Sort(ends)
		var sum float64
		for _, b := range ends {
			sum += edges[b]
			g.to, g.weight, g.sum = append(g.to, b), append(g.weight, edges[b]), append(g.sum, sum)
		}
		g.start[a+1] = int32(len(g.to))
	}
	return g
}

// edges returns where the edges of node a are.
func (g *graph) edges(a int32) (from, to int) { return int(g.start[a]), int(g.start[a+1]) }

// next draws an edge of a by its weight and returns its end, -1 if there is none.
func (g *graph) next(a int32, rng *rand.Rand) int32 {
	from, to := g.edges(a)
	if from == to {
		return -1
	}
	v := rng.Float64() * g.sum[to-1]
	return g.to[min(from+sort.SearchFloat64s(g.sum[from:to], v), to-1)]
}

// linked reports whether there is an edge from a to b.
func (g *graph) linked(a, b int32) bool {
	from, to := g.edges(a)
	_, found := slices.BinarySearch(g.to[from:to], b)
	return found
}
