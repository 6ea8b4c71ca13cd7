package retrieval_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/quant"
	"sparrow/wasm/retrieval"
)

// model returns a model of width 2 whose int8 values are given: the scale of
// every row is 1/2.
func model(in, out [][]int8, bias []float32) *retrieval.Model {
	table := func(rows [][]int8) quant.Matrix {
		m := quant.Matrix{Rows: len(rows), Cols: len(rows[0])}
		for _, r := range rows {
			m.Data = append(m.Data, r...)
			m.Scale = append(m.Scale, 0.5)
		}
		return m
	}
	return &retrieval.Model{
		In: table(in), Out: table(out), Bias: bias,
		Position: []float32{1, 0.5},
		Level:    []float32{1, 0, 2, 4},
	}
}

func events(rows ...catalog.Row) feature.History {
	var h feature.History
	for _, r := range rows {
		h = append(h, feature.Event{Row: r})
	}
	return h
}

func TestUserVector(t *testing.T) {
	p := model([][]int8{{2, 0}, {0, 4}, {6, 6}}, [][]int8{{1, 0}, {1, 0}, {1, 0}}, make([]float32, 3))
	tests := []struct {
		name    string
		history feature.History
		want    []float32
	}{
		{"no history", nil, []float32{0, 0}},
		{"one event at position 0", events(0), []float32{1, 0}},                                          // 1·1·½·(2,0)
		{"the newest counts full, the one before half", events(0, 1), []float32{0.5, 2}},                 // ½·(1,0) + 1·(0,2)
		{"the third newest is forgotten", events(2, 0, 1), []float32{0.5, 2}},                            // L = 2
		{"two stars count 0 here", feature.History{{Row: 0, Stars: 2}}, []float32{0, 0}},                 // level 1
		{"three and a half stars count 2", feature.History{{Row: 0, Stars: 3.5}}, []float32{2, 0}},       // level 2
		{"five stars count 4", feature.History{{Row: 0, Stars: 5}, {Row: 1, Stars: 1}}, []float32{2, 0}}, // ½·4·(1,0) + 0
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := []float32{9, 9}
			retrieval.NewEncoder(p).UserVector(got, test.history)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("UserVector(%v) = %v, want %v", test.history, got, test.want)
			}
		})
	}
}

func TestScores(t *testing.T) {
	p := model([][]int8{{2, 0}, {0, 4}}, [][]int8{{1, 0}, {2, -3}}, []float32{0.5, -1})
	got := make([]float32, 2)
	p.Scores(got, []float32{127, -127}) // int8 values 127 and -127 at scale 1
	want := []float32{63.5 + 0.5, 127*5*0.5 - 1}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Scores: got %v, want %v", got, want)
	}
	p.Scores(got, []float32{0, 0})
	if want := []float32{0.5, -1}; !cmp.Equal(want, got) {
		t.Errorf("Scores of the zero vector: got %v, want the bias %v", got, want)
	}
}

// lists has 0 → 1 (weight 1), 0 → 2 (½) and 1 → 2 (¾).
var lists = retrieval.Lists{
	Start:   []uint32{0, 2, 3, 3},
	Items:   []catalog.Row{1, 2, 2},
	Weights: []uint8{200, 100, 150},
	Scale:   []float32{0.005, 0.005, 0},
}

func TestTransitionScores(t *testing.T) {
	got := make([]float32, 3)
	lists.Scores(got, events(0, 1))
	// From 1, the newest: ¾ to 2. From 0, one older: 0.7·1 to 1 and 0.7·½ to 2.
	want := []float32{0, 0.7, 0.75 + 0.35}
	for i := range want {
		if math.Abs(float64(got[i]-want[i])) > 1e-6 {
			t.Errorf("Scores of movie %d = %g, want %g", i, got[i], want[i])
		}
	}
	for _, test := range []struct {
		a, b catalog.Row
		want float32
	}{{0, 1, 1}, {0, 2, 0.5}, {1, 0, 0}, {2, 0, 0}} {
		if got := lists.Weight(test.a, test.b); math.Abs(float64(got-test.want)) > 1e-6 {
			t.Errorf("Weight(%d, %d) = %g, want %g", test.a, test.b, got, test.want)
		}
	}
}

// TestStrongestNeighbours: by weight, those before in the list where weights are equal,
// in the order that they had.
func TestStrongestNeighbours(t *testing.T) {
	all := retrieval.Lists{
		Start: []uint32{0, 4, 4, 5, 8}, Items: []catalog.Row{1, 2, 3, 9, 0, 4, 5, 6}, Weights: []uint8{16, 255, 16, 16, 1, 32, 32, 32},
		Scale: []float32{1, 0, 2, 3},
	}
	for _, c := range []struct {
		k    int
		want retrieval.Lists
	}{
		{1, retrieval.Lists{Start: []uint32{0, 1, 1, 2, 3}, Items: []catalog.Row{2, 0, 4}, Weights: []uint8{255, 1, 32}, Scale: all.Scale}},
		{2, retrieval.Lists{Start: []uint32{0, 2, 2, 3, 5}, Items: []catalog.Row{1, 2, 0, 4, 5}, Weights: []uint8{16, 255, 1, 32, 32}, Scale: all.Scale}},
		{4, all},
		{9, all},
	} {
		if diff := cmp.Diff(c.want, all.Strongest(c.k)); diff != "" {
			t.Errorf("Strongest(%d): %s", c.k, diff)
		}
	}
}
