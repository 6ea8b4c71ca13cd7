package engine

import (
	"math/rand/v2"
	"slices"
	"testing"

	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/feature"
	"sparrow/wasm/retrieval"
)

// plainly is Attribute as its comment defines it: every candidate is scored again,
// by a retriever that remembers nothing, for every event that is tried.
func (e *Engine) plainly(h feature.History, found []catalog.Row, list []Recommendation) {
	rows := make([]catalog.Row, len(list))
	for i := range list {
		rows[i] = list[i].Row
	}
	for i := 0; i < len(found); i += becauseStride {
		if !slices.Contains(rows[:len(list)], found[i]) {
			rows = append(rows, found[i])
		}
	}
	scores := func(h feature.History) []feature.Candidate {
		model := &e.bundle.Retrieval
		user, out := make([]float32, model.Out.Cols), make([]float32, model.Out.Cols)
		if model.Network != nil {
			retrieval.NewEncoder(model).UserVector(user, h[max(0, len(h)-becauseSteps):])
		} else {
			retrieval.NewEncoder(model).UserVector(user, h)
		}
		candidates := make([]feature.Candidate, len(rows))
		for i, r := range rows {
			model.Out.Dequantize(out, int(r))
			score := model.Bias[r]
			for c, v := range out {
				score += float32(v * user[c])
			}
			candidates[i] = feature.Candidate{Row: r, Score: score}
		}
		e.ranker.Score(h, candidates)
		return candidates
	}
	with := scores(h)
	for i := range list {
		for _, k := range e.carriers(h, list[i].Row) {
			if scores(without(h, h[k].Row))[i].Score < with[i].Score {
				list[i].Because = h[k].Row
				break
			}
		}
	}
}

// TestAttributeIsThePlainOne compares the reasons with those of the plain way, for
// pooling and for a network, and for histories shorter and longer than what carries.
func TestAttributeIsThePlainOne(t *testing.T) {
	for name, b := range map[string]*bundle.Bundle{"pooling": enginetest.Parity(90), "network": enginetest.Networked(90)} {
		e := New(b)
		named, silent := 0, 0
		for seed := range uint64(60) {
			rng := rand.New(rand.NewPCG(seed, 5))
			var h feature.History
			for i, r := range rng.Perm(90)[:1+rng.IntN(45)] {
				h = append(h, feature.Event{Row: catalog.Row(r), Stars: float32(rng.IntN(11)) / 2, At: int64(1e9 + 900*i*rng.IntN(9))})
			}
			list, found := e.RecommendAmong(&Query{History: h, Filter: everything, K: 12, Variety: 0.3})
			want := slices.Clone(list)
			e.plainly(h, found, want)
			e.Attribute(h, found, list)
			for i := range list {
				if list[i] != want[i] {
					t.Fatalf("%s, seed %d, history of %d: %+v, want %+v", name, seed, len(h), list[i], want[i])
				}
				if list[i].Because == catalog.None {
					silent++
				} else {
					named++
				}
			}
		}
		if named < 100 || silent < 10 {
			t.Errorf("%s: %d reasons and %d items without one: too few to compare", name, named, silent)
		}
	}
}
