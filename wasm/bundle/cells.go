package bundle

import (
	"strconv"

	"sparrow/wasm/quant"
	"sparrow/wasm/retrieval"
)

// cells reads the cells of the retrieval model.
func (d *decoder) cells() {
	m, centroids, cell := &d.bundle.Retrieval, quant.Matrix{}, []byte(nil)
	var bias []float32
	var probes uint64
	var recall float32
	for range d.Map() {
		switch d.Str() {
		case "centroids":
			d.matrix(&centroids, "centroids")
		case "bias":
			bias = d.floats("bias")
		case "cell":
			cell = d.Bin()
		case "probes":
			probes = d.Uint()
		case "recall":
			recall = float32(d.Float())
		default:
			d.Skip()
		}
	}
	n, items := centroids.Rows, d.bundle.Catalog.Len()
	if !d.want("columns of centroids", centroids.Cols, m.Out.Cols) || !d.want("bias", len(bias), n) {
		return
	}
	if len(cell) < items || n > items {
		d.Fail("cell: " + strconv.Itoa(len(cell)) + " bytes and " + strconv.Itoa(n) + " cells for " + strconv.Itoa(items) + " items")
		return
	}
	column := varints{d, "cell", cell}
	found := retrieval.NewCells(items, n, func(r int) uint32 {
		if r == 0 { // the column is read twice: to count, and to place
			column.b = cell
		}
		return column.next()
	})
	if found == nil {
		d.Fail("cell: an item is in none of the " + strconv.Itoa(n))
		return
	}
	column.end()
	switch {
	case d.Err() != nil:
	case probes < 1 || probes > uint64(n):
		d.Fail("probes: " + strconv.FormatUint(probes, 10) + " of " + strconv.Itoa(n) + " cells")
	case !(recall >= 0 && recall <= 1):
		d.Fail("recall is not within 0 to 1")
	default:
		found.Centroids, found.Bias, found.Probes, found.Recall = centroids, bias, int(probes), recall
		m.Cells = found
	}
}
