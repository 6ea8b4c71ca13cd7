package sasrec

import (
	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
)

// events are the users' sequences in the model's own numbering: the M items
// that are trained, by row. Events with other items are left out.
type events struct {
	number []int32       // [N] an item's number, -1 of one that is not trained
	row    []catalog.Row // [M] the row of a number
	count  []float64     // [M] of an item's events

	item   []int32   // item of each event, users one after another, oldest first
	weight []float32 // how much an event counts as a target
	window []window  // the examples
	mean   float64   // targets of a window, on average
}

// window is an example: targets end-n ≤ e < end, each with the events of its
// user from first on before it, of which the model sees the events from end-n-1 on.
type window struct{ first, end, n int32 }

func newEvents(d *dataset.Dataset, minCount, length int) *events {
	s := &events{number: make([]int32, d.Catalog.Len())}
	count, evidence := make([]float64, d.Catalog.Len()), make([]float64, d.Catalog.Len())
	for u := range d.Start {
		for _, e := range d.Of(u) {
			count[e.Row] += e.Counted()
			evidence[e.Row] += e.Evidence()
		}
	}
	for r, c := range count {
		s.number[r] = -1
		if c > 0 && evidence[r] >= float64(minCount) {
			s.number[r] = int32(len(s.row))
			s.row, s.count = append(s.row, catalog.Row(r)), append(s.count, c)
		}
	}
	for u := range d.Start {
		first := int32(len(s.item))
		for _, e := range d.Of(u) {
			if m := s.number[e.Row]; m >= 0 {
				s.item = append(s.item, m)
				s.weight = append(s.weight, float32(e.Target()))
			}
		}
		// Cut from the newest on, so that it is the oldest window that is short. One
		// without anything to recommend teaches nothing.
		for end := int32(len(s.item)); end-first >= 2; end -= int32(length) {
			n := min(int32(length), end-first-1)
			targets := 0
			for _, w := range s.weight[end-n : end] {
				if w > 0 {
					targets++
				}
			}
			if targets > 0 {
				s.window = append(s.window, window{first, end, n})
				s.mean += float64(targets)
			}
		}
	}
	s.mean /= float64(max(1, len(s.window)))
	return s
}
