package pipeline

import (
	"slices"
	"testing"

	"sparrow/build/answers"
	"sparrow/build/dataset"
	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/feature"
)

// quiet is a progress that shows nothing.
type quiet struct{}

func (quiet) Say(string, ...any)                 {}
func (quiet) Stage(string) func(done, total int) { return func(int, int) {} }
func (quiet) Stop()                              {}

// TestRetrievedOrder replaces the ranker of a bundle: both stages must then
// give the same lists.
func TestRetrievedOrder(t *testing.T) {
	d := dataset.Synthetic(dataset.Shape{Seed: 1, Users: 200, Items: 90, Interactions: 5000, Groups: 3})
	trained, err := Options{Seed: 1, Retrieval: "pool", Epochs: 2}.Train(t.Context(), quiet{}, d)
	if err != nil {
		t.Fatal(err)
	}
	b := trained.assemble(d)
	b.Ranking = *retrievedOrder(len(b.Catalog.GenreNames), b.Retrieval.In.Cols)
	data, err := bundle.Encode(b)
	if err != nil {
		t.Fatal(err)
	}
	if b, err = bundle.Decode(data); err != nil {
		t.Fatal(err)
	}
	h := feature.History{{Row: 3, Stars: 5, At: 1}, {Row: 7, Stars: 4, At: 2}}
	var lists [2][]catalog.Row
	for i, stage := range []string{"retrieval", "ranking"} {
		for _, s := range answers.New(engine.New(b), stage, nil, nil)(h, nil, 20) {
			lists[i] = append(lists[i], s.Row)
		}
	}
	if len(lists[0]) != 20 || !slices.Equal(lists[0], lists[1]) {
		t.Errorf("retrieved %v\nranked    %v", lists[0], lists[1])
	}
}
