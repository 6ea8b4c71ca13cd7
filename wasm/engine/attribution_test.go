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
		e.bundle.Profile.Blend(candidates, h, make([]float32, e.catalog.Len()))
		return candidates
	}
	all := func(i int, lacks catalog.Row) (sum float32) { // over the orders that a set is ranked in
		for _, turn := range e.turns(h) {
			sum += scores(without(turn, lacks))[i].Score
		}
		return sum
	}
	for i := range list {
		for _, r := range e.carriers(e.turns(h)[0], list[i].Row) {
			if all(i, r) < all(i, catalog.None) {
				list[i].Because = r
				break
			}
		}
	}
}

// TestAttributeIsThePlainOne compares the reasons with those of the plain way, for
// pooling and for a network, for histories shorter and longer than what carries, and
// for sets of likes.
func TestAttributeIsThePlainOne(t *testing.T) {
	network := enginetest.Networked(90)
	network.Profile = profiled(90, 0.6).Profile
	for name, b := range map[string]*bundle.Bundle{"pooling": enginetest.Parity(90), "network": network, "profile": profiled(90, 0.6)} {
		e := New(b)
		named, silent, sets := 0, 0, 0
		for seed := range uint64(60) {
			rng := rand.New(rand.NewPCG(seed, 5))
			var h feature.History
			for i, r := range rng.Perm(90)[:1+rng.IntN(45)] {
				h = append(h, feature.Event{Row: catalog.Row(r), Stars: float32(rng.IntN(11)) / 2, At: int64(1e9 + 900*i*rng.IntN(9))})
			}
			if seed%3 == 0 {
				for i := range h {
					h[i].Stars, h[i].At = 5, 1e9
				}
			}
			if e.isSet(h) {
				sets++
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
		if named < 100 || silent < 10 || b.Profile != nil && sets < 10 {
			t.Errorf("%s: %d reasons, %d items without one and %d sets: too few to compare", name, named, silent, sets)
		}
	}
}
