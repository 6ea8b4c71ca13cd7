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

	targets float64 // of these windows
	mean    float64 // of a window, on average over all
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
			s.add(int32(e.Row), float32(e.Target()))
		}
		s.targets += s.cut(first, length)
	}
	s.mean = s.targets / float64(max(1, len(s.window)))
	return s
}

// add adds an event of the user that comes last, where its item is trained.
func (s *events) add(row int32, weight float32) {
	if m := s.number[row]; m >= 0 {
		s.item, s.weight = append(s.item, m), append(s.weight, weight)
	}
}

// cut makes windows of the events of the user that begin at first, and returns how many targets they have: from the
// newest on, so that it is the oldest window that is short. One without anything to recommend teaches nothing.
func (s *events) cut(first int32, length int) (targets float64) {
	for end := int32(len(s.item)); end-first >= 2; end -= int32(length) {
		n, found := min(int32(length), end-first-1), 0
		for _, w := range s.weight[end-n : end] {
			if w > 0 {
				found++
			}
		}
		if found > 0 {
			s.window, targets = append(s.window, window{first, end, n}), targets+float64(found)
		}
	}
	return targets
}
