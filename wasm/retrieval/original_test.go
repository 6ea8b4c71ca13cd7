package retrieval_test

import (
	"cmp"
	"slices"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/retrieval"
)

// The retrieval by embedding of the original, Sparrow RecSys, sorts the items by their
// similarity upwards and takes the first ones: those that are least similar.
func TestOriginalRetrievesTheLeastSimilar(t *testing.T) {
	p, l, s := parity(40)
	h := events(2, 0)
	r := retrieval.New(p, l, s)
	scores := slices.Clone(r.Scores(h))
	var original []catalog.Row
	for row := range catalog.Row(40) {
		original = append(original, row)
	}
	slices.SortStableFunc(original, func(a, b catalog.Row) int { return cmp.Compare(scores[a], scores[b]) })
	for _, row := range original[:10] {
		if row%2 == 0 {
			t.Errorf("the original retrieves the even movie %d for a user of even movies", row)
		}
	}

	got := rows(r.Mixed(nil, h, nil, 10, retrieval.Mix{}, nil)) // all from the embeddings
	if want := []catalog.Row{4, 6, 8, 10, 12, 14, 16, 18, 20, 22}; !slices.Equal(got, want) {
		t.Errorf("Mixed = %v, want %v", got, want)
	}
}
