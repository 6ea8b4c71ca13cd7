package examples

import (
	"cmp"
	"slices"
)

// Wanted is an interaction that a row is to be made of.
type Wanted struct {
	User  int32
	At    int32   // of Dataset.Interactions
	Label float32 // 0 or 1
}

// byMoment sorts wanted by the moment of the interactions, ties by their place in the log.
func (s *Stream) byMoment(wanted []Wanted) []Wanted {
	sorted := slices.Clone(wanted)
	slices.SortFunc(sorted, func(a, b Wanted) int {
		return cmp.Or(cmp.Compare(s.Moment(a.At), s.Moment(b.At)), cmp.Compare(a.At, b.At))
	})
	return sorted
}
