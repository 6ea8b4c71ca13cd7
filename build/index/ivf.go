package index

import (
	"math"
	"math/rand/v2"

	"sparrow/wasm/catalog"
	"sparrow/wasm/index"
	"sparrow/wasm/vec"
)

// IVFOptions shape an inverted file.
type IVFOptions struct {
	Cells      int    // C ≥ 1, fewer where there are fewer rows
	Iterations int    // Lloyd's, at most
	Sample     int    // rows per cell that the centroids are learned from, ≥ 1
	Seed       uint64 // of the sample and of the first centroids
}

// DefaultIVFOptions suit n rows: with √n cells, choosing the cells costs about as
// much as looking into one. The README of this folder has the figures.
func DefaultIVFOptions(n int) IVFOptions {
	return IVFOptions{Cells: max(1, int(math.Round(math.Sqrt(float64(n))))), Iterations: 10, Sample: 50, Seed: 1}
}

// IVF is an inverted file: rows stand in the cell of their nearest centroid, and
// a search looks into the cells whose centroids are nearest to the query. It
// is the coarse quantizer of Jégou, Douze & Schmid, Product quantization for
// nearest neighbor search, TPAMI 2011, section 4, over whole vectors instead of
// codes of residuals. What cells a query looks into, [index.Probe] says, as it does in
// the browser.
type IVF struct {
	v         *Vectors
	centroids []float32     // [C×D], without the last number of wider unit vectors
	start     []int32       // [C+1] the rows of cell c are rows[start[c]:start[c+1]]
	rows      []catalog.Row // ascending in a cell
	vectors   []float32     // [·×D] of these rows: a copy, so that a cell is read in one go
}

// NewIVF indexes v. Building takes at most C·(S·(Iterations+1) + N) inner products,
// where S = C·Sample. It panics unless the options are in range.
func NewIVF(v *Vectors, opt IVFOptions) *IVF {
	if opt.Cells < 1 || opt.Iterations < 0 || opt.Sample < 1 {
		panic("index: an IVF has 1 or more cells and rows to learn them from")
	}
	n, width := len(v.present), v.width()
	cells := min(opt.Cells, n)
	x := &IVF{v: v, start: make([]int32, cells+1), rows: make([]catalog.Row, n)}
	random := rand.New(rand.NewPCG(opt.Seed, 2))
	centroids := kMeans(sample(v, cells*opt.Sample, random), width, cells, opt.Iterations, random)

	units := unitsOf(v, v.present)
	cell := make([]int32, n)
	assign(cell, units, centroids, width)
	for _, c := range cell {
		x.start[c+1]++
	}
	for c := range cells {
		x.start[c+1] += x.start[c]
		x.centroids = append(x.centroids, centroids[c*width:][:v.d]...)
	}
	next := append([]int32(nil), x.start...)
	x.vectors = make([]float32, n*v.d)
	for i, r := range v.present {
		at := int(next[cell[i]])
		x.rows[at] = r
		copy(x.vectors[at*v.d:], v.row(r))
		next[cell[i]]++
	}
	return x
}

// Cells returns C.
func (x *IVF) Cells() int { return len(x.start) - 1 }

// Search returns the k nearest to q, which is [D], of the rows in the given
// number of cells, those with the nearest centroids; ties go to the lower cell.
func (x *IVF) Search(q []float32, k, probes int) Result {
	query, l := x.v.query(q)
	if l == 0 || k <= 0 || probes <= 0 {
		return Result{}
	}
	d := x.v.d
	near := make([]float32, x.Cells())
	for c := range near {
		near[c] = vec.DotLanes(query, x.centroids[c*d:])
	}
	best := nearest{query: query, k: k}
	compared := 0
	for _, c := range index.Probe(near, probes) {
		for i := int(x.start[c]); i < int(x.start[c+1]); i++ {
			best.compare(x.rows[i], x.vectors[i*d:][:d])
			compared++
		}
	}
	return Result{Neighbors: best.found, Compared: compared, Routed: x.Cells()}
}

// sample returns the unit vectors of n different rows, or of all when there are
// no more, [·×width].
func sample(v *Vectors, n int, random *rand.Rand) []float32 {
	rows := v.present
	if n < len(rows) {
		rows = append([]catalog.Row(nil), rows...)
		for i := range n { // Fisher and Yates
			j := i + random.IntN(len(rows)-i)
			rows[i], rows[j] = rows[j], rows[i]
		}
		rows = rows[:n]
	}
	return unitsOf(v, rows)
}

// unitsOf returns the unit vectors of rows, [·×width].
func unitsOf(v *Vectors, rows []catalog.Row) []float32 {
	width := v.width()
	units := make([]float32, len(rows)*width)
	for i, r := range rows {
		v.unit(units[i*width:][:width], r)
	}
	return units
}
