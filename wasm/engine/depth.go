package engine

import "sparrow/wasm/catalog"

// Depth returns how deep in the catalog item r lies: the share of items, above 0 and up to 1,
// that are at least as well known as it.
func (e *Engine) Depth(r catalog.Row) float32 {
	rows, count := e.sorted(ByPopularity), e.bundle.Statistics.Count
	low, high := 0, len(rows)
	for low < high { // package sort would cost the widget 2 KB
		if middle := (low + high) / 2; count[rows[middle]] < count[r] {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return float32(low) / float32(len(rows))
}

// HalfDepth returns the depth down to which the crowd did half of all it did: with the items
// that lie less deep alone it is less than half. It is 0 where the crowd did nothing.
func (e *Engine) HalfDepth() float32 {
	count, sum := e.bundle.Statistics.Count, 0.0
	for _, r := range e.sorted(ByPopularity) {
		sum += float64(count[r])
		if sum > 0 && sum >= e.totals.Count/2 {
			return e.Depth(r)
		}
	}
	return 0
}
