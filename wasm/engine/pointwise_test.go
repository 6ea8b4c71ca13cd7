package engine_test

import (
	"slices"
	"testing"

	"sparrow/wasm/engine"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/feature"
	"sparrow/wasm/ranking"
)

// TestPointwiseModels: a pointwise model of the bundle orders the candidates of the same retrieval.
func TestPointwiseModels(t *testing.T) {
	b := enginetest.Parity(60)
	b.Pointwise = []ranking.Pointwise{enginetest.Oldest()}
	e := engine.New(b)
	if got := e.Models(); !slices.Equal(got, []string{"Oldest"}) {
		t.Fatalf("Models() = %q, want [Oldest]", got)
	}
	q := engine.Query{History: feature.History{{Row: 2, Stars: 5, At: 100}}, Filter: engine.Filter{Genre: engine.AllGenres}, K: 20}
	ranked := e.Recommend(q)
	q.Model, q.Now = "Oldest", 200
	scored := e.Recommend(q)
	if len(scored) != 20 {
		t.Fatalf("%d recommendations, want 20", len(scored))
	}
	for i, r := range scored[1:] {
		a, b := b.Catalog.Years[scored[i].Row], b.Catalog.Years[r.Row]
		if a > b || a == b && scored[i].Row > r.Row {
			t.Errorf("place %d: movie %d of %d stands before movie %d of %d", i+1, scored[i].Row, a, r.Row, b)
		}
		if r.Sources == 0 {
			t.Errorf("place %d has no source", i+2)
		}
	}
	q.Model = ""
	if again := e.Recommend(q); !slices.Equal(again, ranked) {
		t.Error("asking a pointwise model changes what the ranker says")
	}
}

// TestUnknownModelPanics: an unchecked name is a caller's mistake, not
// another model's list.
func TestUnknownModelPanics(t *testing.T) {
	e, _ := parity()
	defer func() {
		if got, want := recover(), "engine: there is no such model"; got != want {
			t.Errorf("Recommend with an unknown model panics with %v, want %q", got, want)
		}
	}()
	e.Recommend(engine.Query{Model: "Youngest", Filter: engine.Filter{Genre: engine.AllGenres}, K: 5})
}
