package pipeline

import (
	"slices"
	"testing"

	"sparrow/build/dataset"
)

// TestAutoRetrieval: which models are tried without being told.
func TestAutoRetrieval(t *testing.T) {
	of := func(interactions, items int) *dataset.Dataset {
		d := dataset.Synthetic(dataset.Shape{Seed: 1, Users: 5, Items: items, Interactions: 50, Groups: 1})
		d.Interactions = make([]dataset.Interaction, interactions)
		d.Start, d.End = []int{0}, []int{interactions}
		return d
	}
	pool, both := []string{"pool"}, []string{"pool", "sequence"}
	for _, c := range []struct {
		retrieval           string
		interactions, items int
		want                []string
		said                bool // why one alone is tried
	}{
		{"auto", fewestInteractions - 1, 50, pool, true},
		{"auto", fewestInteractions, 50, both, false},
		{"auto", mostInteractions, 50, both, false},
		{"auto", mostInteractions + 1, 50, pool, true},
		{"auto", fewestInteractions, 62_000, both, false}, // with drawn negatives
		{"auto", fewestInteractions, mostItems + 1, pool, true},
		{"sequence", 50, 50, []string{"sequence"}, false},
		{"pool", fewestInteractions, 50, pool, false},
	} {
		o := Options{Retrieval: c.retrieval}
		got, why := o.kinds(of(c.interactions, c.items))
		if !slices.Equal(got, c.want) || (why != "") != c.said {
			t.Errorf("%s with %d interactions of %d items: %v is tried, since %q; want %v", c.retrieval, c.interactions, c.items, got, why, c.want)
		}
	}
}
