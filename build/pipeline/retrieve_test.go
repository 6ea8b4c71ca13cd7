package pipeline

import (
	"testing"

	"sparrow/build/dataset"
)

// TestAutoRetrieval: which model is trained without being told.
func TestAutoRetrieval(t *testing.T) {
	of := func(interactions, items int) *dataset.Dataset {
		d := dataset.Synthetic(dataset.Shape{Seed: 1, Users: 5, Items: items, Interactions: 50, Groups: 1})
		d.Interactions = make([]dataset.Interaction, interactions)
		d.Start, d.End = []int{0}, []int{interactions}
		return d
	}
	for _, c := range []struct {
		retrieval           string
		interactions, items int
		want                bool
	}{
		{"auto", fewestInteractions - 1, 50, false},
		{"auto", fewestInteractions, 50, true},
		{"auto", mostInteractions, 50, true},
		{"auto", mostInteractions + 1, 50, false},
		{"auto", fewestInteractions, 62_000, true}, // with drawn negatives
		{"auto", fewestInteractions, mostItems + 1, false},
		{"sequence", 50, 50, true},
		{"pool", fewestInteractions, 50, false},
	} {
		f := Options{Retrieval: c.retrieval}
		if got := f.sequential(of(c.interactions, c.items)); got != c.want {
			t.Errorf("%s with %d interactions of %d movies: sequence %t, want %t", c.retrieval, c.interactions, c.items, got, c.want)
		}
	}
}
