package index

import (
	"math/rand/v2"

	"sparrow/wasm/catalog"
	"sparrow/wasm/quant"
	"sparrow/wasm/retrieval"
	"sparrow/wasm/vec"
)

// Cells divides the items of a retrieval model into cells for its searches: those of
// an IVF by inner product over vectors and biases, with int8 centroids. What they
// reach is not known yet, and one cell is probed: see [Reach]. It is nil where there is
// nothing to tell items apart by. The mean is taken off the
// biases, which changes no order and makes rows more alike in length.
func Cells(m *retrieval.Model, opt IVFOptions) *retrieval.Cells {
	n, d := m.Out.Rows, m.Out.Cols
	var mean float64
	for _, b := range m.Bias {
		mean += float64(b) / float64(n)
	}
	rows := make([]float32, n*(d+1))
	for r := range n {
		row := rows[r*(d+1):][:d+1]
		m.Out.Dequantize(row[:d], r)
		row[d] = m.Bias[r] - float32(mean)
	}
	v := NewVectors(rows, d+1, InnerProduct)
	width, cells := v.width(), min(opt.Cells, len(v.present))
	if cells == 0 {
		return nil // all items score the same
	}
	random := rand.New(rand.NewPCG(opt.Seed, 2))
	centroids := kMeans(sample(v, cells*opt.Sample, random), width, cells, opt.Iterations, random)
	nearest, of := make([]int32, n), make([]uint32, n)
	const block = 1 << 14 // unit vectors at a time
	for every := everyRow(n); len(every) > 0; every = every[min(block, len(every)):] {
		part := every[:min(block, len(every))]
		assign(nearest[part[0]:][:len(part)], unitsOf(v, part), centroids, width)
	}

	for r, c := range nearest {
		of[r] = uint32(c)
	}
	found := retrieval.NewCells(cells, of)
	vectors := make([]float32, 0, cells*d)
	for c := range cells {
		centroid := centroids[c*width:][:width]
		vectors = append(vectors, centroid[:d]...)
		found.Bias = append(found.Bias, quant.Coarse(centroid[d]))
	}
	found.Centroids, found.Probes = quant.Quantize(vectors, cells, d), 1
	return found
}

// Reach returns for 1, 2, … cells that a search of m looks into what share of the k best
// items it finds, and what share of all items it scores: means over users with the
// vectors u, [·×D].
func Reach(m *retrieval.Model, u []float32, k int) (recall, compared []float32) {
	c, d := m.Cells, m.Out.Cols
	cell := make([]int32, m.Out.Rows)
	for i := range c.Bias {
		for _, r := range c.Rows[c.Start[i]:c.Start[i+1]] {
			cell[r] = int32(i)
		}
	}
	recall, compared = make([]float32, len(c.Bias)), make([]float32, len(c.Bias))
	found, looked := make([]int, len(c.Bias)), make([]int, len(c.Bias)) // over all users
	users, search := len(u)/d, retrieval.NewCellSearch(m)
	for i, best := range bestOf(m, u, k) {
		in := make([]int, len(c.Bias))
		for _, r := range best {
			in[cell[r]]++
		}
		hits, scored := 0, 0
		for place, at := range search.Order(u[i*d:][:d], len(c.Bias)) {
			hits += in[at]
			scored += int(c.Start[at+1] - c.Start[at])
			found[place] += hits
			looked[place] += scored
		}
	}
	for place := range recall {
		recall[place] = float32(float64(found[place]) / float64(users*min(k, len(cell))))
		compared[place] = float32(float64(looked[place]) / float64(users*len(cell)))
	}
	return recall, compared
}

// bestOf returns for each of the users the k best items of m, by a scan of all.
func bestOf(m *retrieval.Model, u []float32, k int) [][]int32 {
	d := m.Out.Cols
	found := make([][]int32, len(u)/d)
	none := make([]bool, m.Out.Rows)
	inParallel(len(found), func() func(int) {
		var top vec.TopK
		return func(i int) {
			top.Reset(min(k, m.Out.Rows))
			m.Best(&top, u[i*d:][:d], none)
			for _, key := range top.Sorted() {
				found[i] = append(found[i], vec.At(key))
			}
		}
	})
	return found
}

func everyRow(n int) []catalog.Row {
	rows := make([]catalog.Row, n)
	for r := range rows {
		rows[r] = catalog.Row(r)
	}
	return rows
}
