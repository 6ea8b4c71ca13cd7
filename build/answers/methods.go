package answers

import (
	"sparrow/build/evaluation"
	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/feature"
	"sparrow/wasm/session"
)

// Methods returns the bundle as methods that evaluation measures: the engine's
// own order first, then what it is made of, up to the stage last, "retrieval" or
// "ranking".
func Methods(b *bundle.Bundle, last string) []evaluation.Method {
	of := func(name, stage string) evaluation.Method {
		return evaluation.Method{Name: name, New: func() evaluation.Recommender {
			return &recommender{answer: New(engine.New(b), stage, nil, nil), n: b.Catalog.Len()}
		}}
	}
	retrieval := of("retrieval", "retrieval")
	if last == "retrieval" {
		return []evaluation.Method{retrieval}
	}
	return []evaluation.Method{of("retrieval + ranking", "ranking"), retrieval, evaluation.Transitions(&b.Transition)}
}

// Shown returns the bundle as a method whose lists are varied and balanced as the app's are, where
// those of [Methods] have the ranker's order.
func Shown(b *bundle.Bundle) evaluation.Method {
	return evaluation.Method{Name: "lists as shown", New: func() evaluation.Recommender {
		return &recommender{answer: Reranked(engine.New(b), MMR, session.ListVariety, nil), n: b.Catalog.Len()}
	}}
}

// recommender is the engine as an [evaluation.Recommender].
type recommender struct {
	answer func(h feature.History, excluded []catalog.Row, k int) []Scored
	n      int // items of the catalog
	rows   []catalog.Row
}

// Recommend returns the engine's k best items for h.
func (a *recommender) Recommend(h feature.History, k int) []catalog.Row { return a.without(h, nil, k) }

// Choose implements [evaluation.Chooser].
func (a *recommender) Choose(h feature.History, pool []catalog.Row, k int) []catalog.Row {
	in := make([]bool, a.n)
	for _, r := range pool {
		in[r] = true
	}
	var excluded []catalog.Row
	for r, yes := range in {
		if !yes {
			excluded = append(excluded, catalog.Row(r))
		}
	}
	return a.without(h, excluded, k)
}

func (a *recommender) without(h feature.History, excluded []catalog.Row, k int) []catalog.Row {
	a.rows = a.rows[:0]
	for _, s := range a.answer(h, excluded, k) {
		a.rows = append(a.rows, s.Row)
	}
	return a.rows
}
