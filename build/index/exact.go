package index

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/vec"
)

// Neighbor is a row that a search found.
type Neighbor struct {
	Row   catalog.Row
	Score float32 // by the metric of the vectors
}

// Result is what a search found and what that cost.
type Result struct {
	Neighbors []Neighbor // best first, ties by row; fewer than K where fewer were compared
	Compared  int        // rows whose score was computed
	Routed    int        // inner products that chose those rows: with centroids or directions
}

// Exact compares a query with every vector. It is the oracle that the
// approximate indexes are measured against, and below some 100,000 rows it is
// fast enough to need no other.
type Exact struct{ v *Vectors }

// NewExact returns the exhaustive search over v.
func NewExact(v *Vectors) *Exact { return &Exact{v} }

// Search returns the k rows nearest to q, which is [D]. A q of zeros is near
// nothing. Safe for concurrent use, as all searches of the package are.
func (x *Exact) Search(q []float32, k int) Result {
	query, l := x.v.query(q)
	if l == 0 || k <= 0 {
		return Result{}
	}
	best := nearest{query: query, k: k}
	for _, r := range x.v.present {
		best.compare(r, x.v.row(r))
	}
	return Result{Neighbors: best.found, Compared: len(x.v.present)}
}

// nearest keeps the best k of the vectors that are compared with the query, best
// first, ties by row, in whatever order they come. k is at least 1.
type nearest struct {
	query []float32 // [D]
	k     int
	found []Neighbor
}

// compare computes the score of row r, whose vector is [D]. Few rows get past
// the first test, so that a sorted list does for a heap.
func (n *nearest) compare(r catalog.Row, vector []float32) {
	c := Neighbor{Row: r, Score: vec.DotLanes(n.query, vector)}
	if len(n.found) == n.k {
		if !c.before(n.found[n.k-1]) {
			return
		}
		n.found = n.found[:n.k-1]
	}
	n.found = append(n.found, c)
	for i := len(n.found) - 1; i > 0 && c.before(n.found[i-1]); i-- {
		n.found[i-1], n.found[i] = c, n.found[i-1]
	}
}

func (a Neighbor) before(b Neighbor) bool {
	return a.Score > b.Score || a.Score == b.Score && a.Row < b.Row
}
