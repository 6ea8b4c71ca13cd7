package evaluation

import (
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/retrieval"
	"sparrow/wasm/vec"
)

// Scores stores in dst, [N], how well each item of a catalog fits history h.
type Scores func(dst []float32, h feature.History)

// Scored returns a method that recommends the items of the highest score
// outside the history, ties by row. n is the size of the catalog. start is called
// once for each goroutine that uses it: what it returns may keep scratch memory.
func Scored(name string, n int, start func() Scores) Method {
	return Method{name, func() Recommender {
		return &scored{score: start(), buf: make([]float32, n), rows: make([]catalog.Row, n), seen: make([]bool, n)}
	}}
}

// Transitions returns the transition lists alone as a method.
func Transitions(l *retrieval.Lists) Method {
	return Scored("transitions alone", len(l.Scale), func() Scores { return l.Scores })
}

// scored recommends by a score for each item.
type scored struct {
	score Scores
	buf   []float32
	rows  []catalog.Row
	seen  []bool // false between lists
	top   vec.TopK
}

// Recommend returns the k best items outside h, ties by row.
func (s *scored) Recommend(h feature.History, k int) []catalog.Row {
	s.rows = s.rows[:0]
	for r := range s.buf {
		s.rows = append(s.rows, catalog.Row(r))
	}
	return s.best(h, k)
}

// Choose implements [Chooser].
func (s *scored) Choose(h feature.History, pool []catalog.Row, k int) []catalog.Row {
	s.rows = append(s.rows[:0], pool...)
	return s.best(h, k)
}

// best returns the k best of rows outside h, ties by row.
func (s *scored) best(h feature.History, k int) []catalog.Row {
	s.score(s.buf, h)
	for _, e := range h {
		s.seen[e.Row] = true
	}
	s.rows = slices.DeleteFunc(s.rows, func(r catalog.Row) bool { return s.seen[r] })
	for _, e := range h {
		s.seen[e.Row] = false
	}
	s.top.Reset(k)
	for _, r := range s.rows { // of a pool in any order
		s.top.Push(s.buf[r], int32(r))
	}
	s.rows = s.rows[:0]
	for _, key := range s.top.Sorted() {
		s.rows = append(s.rows, catalog.Row(vec.At(key)))
	}
	return s.rows
}
