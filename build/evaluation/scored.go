package evaluation

import (
	"cmp"
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/retrieval"
)

// Transitions returns the transition lists alone as a method.
func Transitions(l *retrieval.Lists) Method {
	return Method{"transitions alone", func() Recommender { return newScored(len(l.Scale), l.Scores) }}
}

// scored recommends by a score for each movie.
type scored struct {
	score func(dst []float32, h feature.History) // fills dst, [N]
	buf   []float32
	rows  []catalog.Row
}

func newScored(n int, score func(dst []float32, h feature.History)) *scored {
	return &scored{score, make([]float32, n), make([]catalog.Row, n)}
}

// Recommend returns the k best movies outside h, ties by row.
func (s *scored) Recommend(h feature.History, k int) []catalog.Row {
	s.score(s.buf, h)
	seen := make(map[catalog.Row]bool, len(h))
	for _, e := range h {
		seen[e.Row] = true
	}
	s.rows = s.rows[:0]
	for r := range s.buf {
		if !seen[catalog.Row(r)] {
			s.rows = append(s.rows, catalog.Row(r))
		}
	}
	slices.SortFunc(s.rows, func(a, b catalog.Row) int {
		return cmp.Or(cmp.Compare(s.buf[b], s.buf[a]), cmp.Compare(a, b))
	})
	return s.rows[:min(k, len(s.rows))]
}
