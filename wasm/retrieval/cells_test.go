package retrieval

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/quant"
	"sparrow/wasm/vec"
)

func TestNewCells(t *testing.T) {
	cell := []uint32{2, 0, 2, 1, 0}
	want := &Cells{Start: []uint32{0, 2, 3, 5, 5}, Rows: []catalog.Row{1, 4, 3, 0, 2}}
	if diff := cmp.Diff(want, NewCells(4, cell)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	for _, n := range []int{0, 1, 2} {
		if got := NewCells(n, cell); got != nil {
			t.Errorf("cell 2 of %d: %+v, want none", n, got)
		}
	}
}

// withCells divides the items of m at random into n cells around items.
func withCells(m *Model, n int) {
	rng := rand.New(rand.NewPCG(3, 3))
	d := m.Out.Cols
	of := make([]uint32, m.Out.Rows)
	for r := range of {
		of[r] = uint32(r * 7 % n)
	}
	m.Cells = NewCells(n, of)
	m.Cells.Centroids = quant.Matrix{Rows: n, Cols: d, Data: m.Out.Data[:n*d], Scale: m.Out.Scale[:n]}
	for range n {
		m.Cells.Bias = append(m.Cells.Bias, rng.Float32())
	}
}

// TestCellsAnswerAsTheScan: in all cells a search finds what the scan of all items
// finds, ties too, to the bit; in some what the formula gives for the items of those.
func TestCellsAnswerAsTheScan(t *testing.T) {
	for _, n := range []int{20, block + 1, 3*block + 17} {
		for _, d := range []int{4, 32, 50, 64} {
			m, u := wideModel(n, d)
			withCells(m, 3)
			search, skip, scores := NewCellSearch(m), make([]bool, n), plainScores(m, u)
			for r := range skip {
				skip[r] = r%41 == 3
			}
			for probes := 1; probes <= 3; probes++ {
				var want, got vec.TopK
				want.Reset(15)
				got.Reset(15)
				for _, c := range search.Order(u, probes) {
					for r, v := range scores {
						if !skip[r] && r*7%3 == int(c) {
							want.Push(v, int32(r))
						}
					}
				}
				search.Best(&got, u, skip, probes)
				if g, w := slices.Clone(got.Sorted()), want.Sorted(); !slices.Equal(g, w) {
					t.Fatalf("N=%d D=%d: in %d cells the best are %v, want %v", n, d, probes, g, w)
				}
			}
			var all, cells vec.TopK
			all.Reset(15)
			cells.Reset(15)
			m.Best(&all, u, skip)
			if enough := search.Best(&cells, u, skip, 3); !enough || !slices.Equal(cells.Sorted(), all.Sorted()) {
				t.Fatalf("N=%d D=%d: all cells give another answer than all items, enough: %t", n, d, enough)
			}
		}
	}
}

// TestFewLeftMakesAScan: where a filter leaves little of the nearest cells, the
// candidates are those of all items.
func TestFewLeftMakesAScan(t *testing.T) {
	const n, d = 3000, 32
	m, _ := wideModel(n, d)
	m.In, m.Position, m.Level = m.Out, []float32{1}, []float32{1, 1, 1, 1}
	lists := &Lists{Start: make([]uint32, n+1), Scale: make([]float32, n)}
	statistics := &feature.Statistics{Count: make([]uint32, n), Mean: make([]float32, n), Stddev: make([]float32, n), Trend: make([]float32, n)}
	exact := New(m, lists, statistics)
	divided := *m
	withCells(&divided, 50)
	divided.Cells.Probes = 2
	cells := New(&divided, lists, statistics)
	rapid.Check(t, func(t *rapid.T) {
		h := feature.History{{Row: catalog.Row(rapid.IntRange(0, n-1).Draw(t, "row"))}}
		skip, keep := make([]bool, n), rapid.IntRange(2, 8).Draw(t, "one item is kept of")
		for r := range skip {
			skip[r] = r/50%keep != 0 // in every cell alike
		}
		k := rapid.IntRange(1, 400).Draw(t, "k")
		want := exact.Mixed(nil, h, skip, k, Mix{}, nil)
		if diff := cmp.Diff(want, cells.Mixed(nil, h, skip, k, Mix{}, nil)); diff != "" {
			t.Fatalf("one of %d left: -all +cells\n%s", keep, diff)
		}
		// And where more are asked for than two cells hold.
		if diff := cmp.Diff(exact.Mixed(nil, h, nil, 200, Mix{}, nil), cells.Mixed(nil, h, nil, 200, Mix{}, nil)); diff != "" {
			t.Fatalf("200 of all: -all +cells\n%s", diff)
		}
	})
	h := feature.History{{Row: 5}}
	if cmp.Equal(exact.Mixed(nil, h, nil, 20, Mix{}, nil), cells.Mixed(nil, h, nil, 20, Mix{}, nil)) {
		t.Error("two random cells gave the best 20 of all: the cells are not used")
	}
}
