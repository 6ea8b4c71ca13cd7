package shard

import (
	"math"

	"sparrow/build/index"
	"sparrow/wasm/quant"
	"sparrow/wasm/retrieval"
)

// levels are how many numbers a centroid has on either side of 0: it says which cells to fetch and no
// score, and a core has all of them.
const levels = 7

// divide returns the cells of m, of items whose vectors have about the same direction. People are shown
// the popular items from the core; what they fetch cells for is what is like an item, which
// [index.Cells], by vector and bias, tears apart. The centroid of a cell is the mean of its items, its bias the largest
// one: of two cells in the same direction, the one with the better known item has more of the best. It is nil where there is nothing to tell items apart by.
func divide(m *retrieval.Model, cells int) *retrieval.Cells {
	n, d := m.Out.Rows, m.Out.Cols
	units := *m
	units.Out.Scale, units.Bias = make([]float32, n), make([]float32, n)
	for r := range n {
		if row, _ := m.Out.Row(r); quant.Dot(row, row) > 0 {
			units.Out.Scale[r] = float32(1 / math.Sqrt(float64(quant.Dot(row, row))))
		}
	}
	ivf := index.DefaultIVFOptions(n)
	ivf.Cells = cells
	found := index.Cells(&units, ivf)
	if found == nil {
		return nil
	}
	centroids, v := make([]float32, len(found.Bias)*d), make([]float32, d)
	for c := range found.Bias {
		rows := found.Rows[found.Start[c]:found.Start[c+1]]
		var bias float64
		for _, r := range rows {
			m.Out.Dequantize(v, int(r))
			for i, x := range v {
				centroids[c*d+i] += x / float32(len(rows))
			}
			if r == rows[0] || float64(m.Bias[r]) > bias {
				bias = float64(m.Bias[r])
			}
		}
		found.Bias[c] = quant.Coarse(float32(bias))
	}
	found.Centroids = quant.QuantizeTo(centroids, len(found.Bias), d, levels)
	return found
}
