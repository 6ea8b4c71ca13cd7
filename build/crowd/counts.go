package crowd

import "sparrow/build/dataset"

// Counts returns the weight of all interactions of each item, [N]: their
// number where each counts in full.
func Counts(d *dataset.Dataset) []float64 {
	n := make([]float64, d.Catalog.Len())
	for u := range d.Start {
		for _, e := range d.Of(u) {
			n[e.Row] += e.Weight()
		}
	}
	return n
}
