package bundle

import (
	"strconv"

	"sparrow/wasm/quant"
	"sparrow/wasm/retrieval"
)

// cells reads the cells of the retrieval model.
func (d *decoder) cells() {
	m, centroids, cell := &d.bundle.Retrieval, quant.Matrix{}, []byte(nil)
	var bias, recall, compared []float32
	var probes uint64
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
			recall = d.floats("recall")
		case "compared":
			compared = d.floats("compared")
		default:
			d.Skip()
		}
	}
	n, items := centroids.Rows, d.bundle.Catalog.Len()
	if !d.want("columns of centroids", centroids.Cols, m.Out.Cols) || !d.want("bias", len(bias), n) {
		return
	}
	if n > items {
		d.Fail(strconv.Itoa(n) + " cells for " + strconv.Itoa(items) + " items")
		return
	}
	of := d.counts("cell", cell, items)
	d.rising("recall", recall, n)
	d.rising("compared", compared, n)
	if d.Err() != nil {
		return
	}
	found := retrieval.NewCells(n, of)
	switch {
	case found == nil:
		d.Fail("cell: an item is in none of the " + strconv.Itoa(n))
	case probes < 1 || probes > uint64(n):
		d.Fail("probes: " + strconv.FormatUint(probes, 10) + " of " + strconv.Itoa(n) + " cells")
	default:
		found.Centroids, found.Bias, found.Probes, found.Recall = centroids, bias, int(probes), recall
		found.Compared = compared
		m.Cells = found
	}
}

// rising fails unless v are n shares, 0 to 1, none below the one before it.
func (d *decoder) rising(name string, v []float32, n int) {
	if !d.want(name, len(v), n) {
		return
	}
	before := float32(0)
	for i, x := range v {
		if x < before || x > 1 {
			d.Fail(name + ": value " + strconv.Itoa(i) + " is below the one before it, or not within 0 to 1")
			return
		}
		before = x
	}
}
