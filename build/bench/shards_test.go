package main

import (
	"slices"
	"testing"

	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/feature"
)

// TestGrownCatalogIsABundle: it is one that a decoder takes, with the items that were asked for; and of its own items, were no
// copy there and all further numbers 0, the ranker says what it said.
func TestGrownCatalogIsABundle(t *testing.T) {
	b := enginetest.Synthetic(1000)
	Shards{Items: 1500, Width: 70, Spread: 0.5}.grow(b)
	if _, err := bundle.Encode(b); err != nil || b.Catalog.Len() != 1500 || b.Retrieval.Out.Cols != 70 {
		t.Fatalf("%d items × %d, %v", b.Catalog.Len(), b.Retrieval.Out.Cols, err)
	}
	wide := enginetest.Synthetic(1000)
	m := &wide.Retrieval
	at := make([]int, 70)
	for i := range at {
		if at[i] = i; i >= m.Out.Cols {
			at[i] = -1
		}
	}
	widen(&wide.Ranking, m.Out.Cols, 70)
	m.Out, m.In = columns(&m.Out, at), columns(&m.In, at)
	q := engine.Query{History: feature.History{{Row: catalog.Row(3), Stars: 5}}, K: 10}
	if got, want := engine.New(wide).Recommend(q), engine.New(enginetest.Synthetic(1000)).Recommend(q); !slices.Equal(got, want) {
		t.Errorf("with wider vectors the list is\n%v, want\n%v", got, want)
	}
}
