package crowd

import "sparrow/build/dataset"

// Counts returns how many interactions each item has, [N], of which some count in
// part. It counts people and not plays: what one person plays all day is not popular.
func Counts(d *dataset.Dataset) []float64 {
	n := make([]float64, d.Catalog.Len())
	for u := range d.Start {
		for _, e := range d.Of(u) {
			n[e.Row] += e.Counted()
		}
	}
	return n
}
