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
// left out. It costs 13 bytes an event.
type sequences struct {
	row   []catalog.Row // [M] the catalog's row of a trained item
	count []float64     // [N] interactions of every item of the catalog

	start   []int     // [users+1]
	item    []int32   // trained item of each event, users one after another, oldest first
	level   []uint8   // and its stars as a level
	weights []float32 // and how much it counts as a target
	targets []int32   // events that have one before them, or another one where that says nothing

	orderFree bool
}

func newSequences(d *dataset.Dataset, opt PoolOptions) *sequences {
	s := &sequences{count: crowd.Counts(d), orderFree: opt.OrderFree}
	for r, c := range evidence(d) {
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
	s.weights = make([]float32, 0, kept)
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
				if opt.OrderFree && len(s.item) == first+1 && s.weight(int32(first)) > 0 {
					s.targets = append(s.targets, int32(first))
				}
				if e.Target() > 0 {
					s.targets = append(s.targets, int32(len(s.item)))
				}
			}
			s.item = append(s.item, m)
			s.level = append(s.level, uint8(retrieval.LevelOf(float32(e.Stars)/2)))
			s.weights = append(s.weights, float32(e.Target()))
		}
		s.start = append(s.start, len(s.item))
	}
	return s
}

// evidence returns how much is known of each item, [N].
func evidence(d *dataset.Dataset) []float64 {
	n := make([]float64, d.Catalog.Len())
	for u := range d.Start {
		for _, e := range d.Of(u) {
			n[e.Row] += e.Evidence()
		}
	}
	return n
}

// span is the events of the user of a target that it may be predicted from.
type span struct{ target, first, end int }

// around returns the span of target e: the events before it, or all of its user's.
func (s *sequences) around(e int32) span {
	u := sort.Search(len(s.start), func(u int) bool { return s.start[u] > int(e) }) - 1
	if s.orderFree {
		return span{int(e), s.start[u], s.start[u+1]}
	}
	return span{int(e), s.start[u], int(e)}
}

// length returns how many events, at most most, the target is predicted from.
func (p span) length(most int) int {
	n := p.end - p.first
	if p.end > p.target {
		n-- // the target itself
	}
	return min(most, n)
}

// event returns the k-th of them: the nearest one before the target first, and
// behind the user's first their last one.
func (p span) event(k int) int {
	if j := p.target - 1 - k; j >= p.first {
		return j
	}
	return p.target - 1 - k + p.end - p.first
}

// weight returns how much event e counts as a target.
func (s *sequences) weight(e int32) float32 {
	return s.weights[e]
}
