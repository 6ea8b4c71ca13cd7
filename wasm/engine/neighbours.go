package engine

import (
	"math"
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/quant"
	"sparrow/wasm/vec"
)

// Neighbours finds what is like each item of a catalog without comparing each with
// all others, whose time grows with the square of the catalog: for the builder. It
// can be shared by searches that run at once.
type Neighbours struct {
	engine *Engine
	rank   []int32 // [N] of each item by popularity

	// The items by their sets of genres, within a set by year, and within a year, a
	// run, by popularity.
	set    []uint32      // [N] of each item
	sample []catalog.Row // [S] the best known item of each set
	rows   []catalog.Row // [N]
	runs   []uint32      // [S+1] the runs of set s are runs[s] to runs[s+1]
	starts []uint32      // [runs+1] run i is rows[starts[i]:starts[i+1]]

	cells cells
}

// exactUpTo is the size of a catalog up to which all vectors are compared: what
// cells save there is not worth what they miss.
const exactUpTo = 16_384

// NewNeighbours returns the neighbours of e's items, which e must not be asked about
// meanwhile. run calls do for 0 to n-1, several at once if it likes.
func NewNeighbours(e *Engine, run func(n int, do func(i int))) *Neighbours {
	for e.Prepare() {
	}
	x := &Neighbours{engine: e}
	x.arrange()
	x.divide()
	if e.catalog.Len() > exactUpTo {
		x.cells = newCells(&e.bundle.Retrieval.Out, e.inverse, e.sorted(ByPopularity), run)
	}
	return x
}

// arrange sorts the items by genres, year and popularity.
func (x *Neighbours) arrange() {
	c := x.engine.catalog
	x.rows, x.rank = slices.Clone(x.engine.sorted(ByPopularity)), make([]int32, c.Len())
	for i, r := range x.rows {
		x.rank[r] = int32(i)
	}
	key := make([]uint64, c.Len())
	for r, year := range c.Years {
		key[r] = uint64(year)
	}
	vec.SortByKey(x.rows, key)
	for first := 0; first < len(c.GenreNames); first += 64 {
		for r, genres := range c.Genres {
			key[r] = 0
			for _, g := range genres {
				if bit := int(g) - first; bit >= 0 && bit < 64 {
					key[r] |= 1 << bit
				}
			}
		}
		vec.SortByKey(x.rows, key)
	}
}

// divide finds the sets and the runs of the rows.
func (x *Neighbours) divide() {
	years, genres := x.engine.catalog.Years, x.engine.genres
	x.set = make([]uint32, len(x.rows))
	for i, r := range x.rows {
		same := i > 0 && slices.Equal(genres.of(r), genres.of(x.rows[i-1]))
		if !same {
			x.sample = append(x.sample, r)
			x.runs = append(x.runs, uint32(len(x.starts)))
		}
		if !same || years[r] != years[x.rows[i-1]] {
			x.starts = append(x.starts, uint32(i))
		}
		set := len(x.sample) - 1
		if x.set[r] = uint32(set); x.rank[r] < x.rank[x.sample[set]] {
			x.sample[set] = r
		}
	}
	x.runs, x.starts = append(x.runs, uint32(len(x.starts))), append(x.starts, uint32(len(x.rows)))
}

// cells divides vectors into an inverted file: those of a cell stand one after the
// other. The centroids are items, as in [Engine.Probe].
type cells struct {
	centroids []catalog.Row // [C]
	start     []uint32      // [C+1] cell c is rows[start[c]:start[c+1]]
	rows      []catalog.Row // [N]
	vectors   []int8        // [N×D] of rows
}

// probes is how many cells a search looks into: of C = 2√N cells some 40√N items where
// cells are of one size.
const probes = 80

// newCells divides the rows of m, of which the first of popular are known best.
func newCells(m *quant.Matrix, inverse []float32, popular []catalog.Row, run func(n int, do func(i int))) cells {
	n, d := m.Rows, m.Cols
	x := cells{
		centroids: make([]catalog.Row, 2*int(math.Sqrt(float64(n)))), rows: make([]catalog.Row, n), vectors: make([]int8, n*d),
	}
	centroids := make([]int8, 0, len(x.centroids)*d)
	for c := range x.centroids {
		x.centroids[c] = popular[c*n/len(x.centroids)]
		row, _ := m.Row(int(x.centroids[c]))
		centroids = append(centroids, row...)
	}
	const block = 1024
	cell := make([]uint64, n)
	run((n+block-1)/block, func(b int) {
		products := make([]int32, len(x.centroids))
		for r := b * block; r < min(n, (b+1)*block); r++ {
			row, _ := m.Row(r)
			quant.Dots(products, centroids, row)
			top := float32(-2)
			for c, p := range products {
				if near := float32(p) * inverse[x.centroids[c]]; near > top {
					top, cell[r] = near, uint64(c)
				}
			}
		}
	})
	x.start = make([]uint32, len(x.centroids)+1)
	for r, c := range cell {
		x.rows[r] = catalog.Row(r)
		x.start[c+1]++
	}
	for c := range x.centroids {
		x.start[c+1] += x.start[c]
	}
	vec.SortByKey(x.rows, cell)
	for i, r := range x.rows {
		row, _ := m.Row(int(r))
		copy(x.vectors[i*d:], row)
	}
	return x
}
