package pool

import (
	"sort"

	"sparrow/build/crowd"
	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
	"sparrow/wasm/retrieval"
)

// sequences are the users' histories in the trainer's own numbering: the M
// items that are trained, most popular first. Events with other items are
// left out. It costs 10 bytes an event.
type sequences struct {
	row   []catalog.Row // [M] the catalog's row of a trained item
	count []float64     // [N] weight of all interactions of every item of the catalog

	start   []int   // [users+1]
	item    []int32 // trained item of each event, users one after another, oldest first
	level   []uint8 // and its stars as a level
	part    []uint8 // and its part, see [dataset.Interaction]
	targets []int32 // events that have one before them
}

func newSequences(d *dataset.Dataset, opt PoolOptions) *sequences {
	s := &sequences{count: crowd.Counts(d)}
	for r, c := range s.count {
		if c >= float64(opt.MinCount) {
			s.row = append(s.row, catalog.Row(r))
		}
	}
	sort.SliceStable(s.row, func(i, j int) bool { return s.count[s.row[i]] > s.count[s.row[j]] })
	number := make([]int32, d.Catalog.Len())
	for i := range number {
		number[i] = -1
	}
	for i, r := range s.row {
		number[r] = int32(i)
	}
	kept := 0
	for u := range d.Start {
		for _, e := range d.Of(u) {
			if number[e.Row] >= 0 {
				kept++
			}
		}
	}
	s.item = make([]int32, 0, kept)
	s.level = make([]uint8, 0, kept)
	s.part = make([]uint8, 0, kept)
	s.targets = make([]int32, 0, kept)
	s.start = append(s.start, 0)
	for u := range d.Start {
		first := len(s.item)
		for _, e := range d.Of(u) {
			m := number[e.Row]
			if m < 0 {
				continue
			}
			if len(s.item) > first {
				s.targets = append(s.targets, int32(len(s.item)))
			}
			s.item = append(s.item, m)
			s.level = append(s.level, uint8(retrieval.LevelOf(float32(e.Stars)/2)))
			s.part = append(s.part, e.Part)
		}
		s.start = append(s.start, len(s.item))
	}
	return s
}

// first returns where the sequence begins that event e is part of.
func (s *sequences) first(e int32) int {
	return s.start[sort.Search(len(s.start), func(u int) bool { return s.start[u] > int(e) })-1]
}

// weight returns how much event e counts as a target.
func (s *sequences) weight(e int32) float32 {
	return float32(dataset.Interaction{Part: s.part[e]}.Weight())
}
