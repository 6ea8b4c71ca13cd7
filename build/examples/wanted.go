package examples

import (
	"cmp"
	"slices"

	"sparrow/build/dataset"
)

// Wanted is an interaction that a row is to be made of.
type Wanted struct {
	User  int32
	At    int32   // of Dataset.Interactions
	Label float32 // 0 or 1
}

// byTime sorts wanted by the time of the interactions, ties by their place in the log.
func byTime(d *dataset.Dataset, wanted []Wanted) []Wanted {
	sorted := slices.Clone(wanted)
	slices.SortFunc(sorted, func(a, b Wanted) int {
		return cmp.Or(cmp.Compare(d.Interactions[a.At].At, d.Interactions[b.At].At), cmp.Compare(a.At, b.At))
	})
	return sorted
}
