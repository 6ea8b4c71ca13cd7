package answers

import (
	"math"
	"slices"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/feature"
)

// history likes three items of the planted bundle, all even.
var history = feature.History{{Row: 0, Stars: 10, At: 1}, {Row: 4, Stars: 10, At: 2}, {Row: 8, Stars: 9, At: 3}}

func rowsOf(list []Scored) []catalog.Row {
	rows := make([]catalog.Row, len(list))
	for i, s := range list {
		rows[i] = s.Row
	}
	return rows
}

// TestStrengthZeroIsTheRankersOrder: so is no reranking, and mmr is what the engine
// itself does with variety.
func TestStrengthZeroIsTheRankersOrder(t *testing.T) {
	b := enginetest.Parity(60)
	want := slices.Clone(New(engine.New(b), "ranking", nil, nil)(history, nil, 8))
	for way, strength := range map[string]float32{None: 1, MMR: 0, DPP: 0, Calibrated: 0} {
		if got := Reranked(engine.New(b), way, strength, nil)(history, nil, 8); !slices.Equal(got, want) {
			t.Errorf("%s at %v: %v, want %v", way, strength, got, want)
		}
	}
	q := engine.Query{History: history, Filter: engine.Filter{Genre: engine.AllGenres}, K: 8, Variety: 0.9}
	var rows []catalog.Row
	for _, r := range engine.New(b).Recommend(q) {
		rows = append(rows, r.Row)
	}
	if got := rowsOf(Reranked(engine.New(b), MMR, 0.9, nil)(history, nil, 8)); !slices.Equal(got, rows) {
		t.Errorf("mmr: %v, want the engine's %v", got, rows)
	}
}

// TestWaysDoWhatTheyAreFor: dpp spreads a list, and a calibrated one has genres
// nearer to the history's; neither has an item twice or one that is excluded.
func TestWaysDoWhatTheyAreFor(t *testing.T) {
	b := enginetest.Parity(60)
	excluded := []catalog.Row{2, 6}
	measure := func(way string, strength float32) Variety {
		m := NewVarietyMeter(engine.New(b))
		list := Reranked(engine.New(b), way, strength, nil)(history, excluded, 8)
		if len(list) != 8 {
			t.Errorf("%s: %d movies, want 8", way, len(list))
		}
		rows := rowsOf(list)
		for i, r := range rows {
			if slices.Contains(rows[:i], r) || slices.Contains(excluded, r) || r == 0 || r == 4 || r == 8 {
				t.Errorf("%s: movie %d is twice in %v, excluded or of the history", way, r, rows)
			}
		}
		m.Add(history, list)
		return m.Mean()
	}
	plain := measure(None, 0)
	if got := measure(DPP, 1); got.IntraListDistance <= plain.IntraListDistance {
		t.Errorf("dpp: %+v, want a larger distance than %+v", got, plain)
	}
	if got := measure(Calibrated, 1); got.Divergence > plain.Divergence || got.Divergence > 0.1 {
		t.Errorf("calibrated: %+v, want less divergence than %+v", got, plain)
	}
}

// TestVarietyByHand: item 2 is a comedy, 6 a comedy and a western, 7 a drama and a
// western, of three genres; the history is all comedies.
func TestVarietyByHand(t *testing.T) {
	b := enginetest.Parity(60)
	m := NewVarietyMeter(engine.New(b))
	if got := m.Mean(); got != (Variety{}) {
		t.Errorf("without lists: %+v, want zeros", got)
	}
	m.Add(history, []Scored{{Row: 2}, {Row: 6}})
	m.Add(nil, []Scored{{Row: 7}}) // no history, no pair: its genres count alone
	m.Add(history, nil)
	v := engine.New(b).Describe([]catalog.Row{2, 6})
	inner := 0.0
	for i, x := range v[:len(v)/2] {
		inner += float64(x * v[len(v)/2+i])
	}
	// The first list is three quarters comedy: ln(1 / (0.99·0.75 + 0.01)).
	want := Variety{GenreCoverage: 2. / 3, IntraListDistance: 1 - inner, Divergence: -math.Log(0.7525)}
	got := m.Mean()
	if math.Abs(got.GenreCoverage-want.GenreCoverage)+math.Abs(got.IntraListDistance-want.IntraListDistance)+math.Abs(got.Divergence-want.Divergence) > 1e-5 {
		t.Errorf("Mean() = %+v, want %+v", got, want)
	}
}
