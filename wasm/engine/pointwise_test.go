package engine_test

import (
	"slices"
	"testing"

	"sparrow/wasm/engine"
	"sparrow/wasm/engine/planted"
	"sparrow/wasm/feature"
	"sparrow/wasm/ranking"
)

// TestJudges: a pointwise model of the bundle orders the candidates of the same retrieval.
func TestJudges(t *testing.T) {
	b := planted.Parity(60)
	b.Pointwise = []ranking.Pointwise{planted.Oldest()}
	e := engine.New(b)
	if got := e.Judges(); !slices.Equal(got, []string{"Oldest"}) {
		t.Fatalf("Judges = %q", got)
	}
	q := engine.Query{History: feature.History{{Row: 2, Stars: 5, At: 100}}, Filter: engine.Filter{Genre: engine.AllGenres}, K: 20}
	ranked := e.Recommend(q)
	q.Judge, q.Now = 1, 200
	judged := e.Recommend(q)
	if len(judged) != 20 {
		t.Fatalf("%d recommendations, want 20", len(judged))
	}
	for i, r := range judged[1:] {
		a, b := b.Catalog.Years[judged[i].Row], b.Catalog.Years[r.Row]
		if a > b || a == b && judged[i].Row > r.Row {
			t.Errorf("place %d: movie %d of %d stands before movie %d of %d", i+1, judged[i].Row, a, r.Row, b)
		}
		if r.Sources == 0 {
			t.Errorf("place %d has no source", i+2)
		}
	}
	q.Judge = 0
	if again := e.Recommend(q); !slices.Equal(again, ranked) {
		t.Error("a judge that was asked changes what the ranker says")
	}
}
