package rerank

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/vec"
)

// camps returns n items, scores falling by one, whose even rows point along the
// first axis and whose odd rows point along the second.
func camps(rows ...catalog.Row) (items []feature.Candidate, vectors []float32) {
	for i, r := range rows {
		items = append(items, feature.Candidate{Row: r, Score: float32(len(rows) - i)})
		if r%2 == 0 {
			vectors = append(vectors, 1, 0)
		} else {
			vectors = append(vectors, 0, 1)
		}
	}
	return items, vectors
}

func rowsOf(items []feature.Candidate) []catalog.Row {
	rows := make([]catalog.Row, len(items))
	for i, it := range items {
		rows[i] = it.Row
	}
	return rows
}

func TestDiversify(t *testing.T) {
	items, vectors := camps(0, 2, 4, 6, 1, 3) // scores 6 5 4 3 2 1
	tests := []struct {
		name    string
		variety float32
		k       int
		want    []catalog.Row
	}{
		{"no variety keeps the ranker's order", 0, 4, []catalog.Row{0, 2, 4, 6}},
		{"less than none is none", -1, 2, []catalog.Row{0, 2}},
		// w = 0.5: after 0, row 2 is worth 0.5·0.8-0.5 = -0.1 and row 1 0.5·0.2-0 = 0.1.
		// Then every row has a twin in the list, and relevance decides: 2.
		{"full variety takes the other camp second", 1, 3, []catalog.Row{0, 1, 2}},
		// w = 0.05: row 2 is worth 0.95·0.8-0.05 = 0.71, row 1 0.95·0.2 = 0.19.
		{"a little variety changes nothing here", 0.1, 3, []catalog.Row{0, 2, 4}},
		// w = 0.35: row 2 is worth 0.65·0.8-0.35 = 0.17, row 1 0.13; then row 4 0.04 and row 1 still 0.13.
		{"more than there is", 0.7, 99, []catalog.Row{0, 2, 1, 4, 6, 3}},
		{"nothing asked", 0.5, 0, []catalog.Row{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := rowsOf(Diversify(items, vectors, tt.variety, tt.k))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Diversify(variety %v, k %d): -want +got\n%s", tt.variety, tt.k, diff)
			}
		})
	}
	if got := Diversify(nil, nil, 1, 5); len(got) != 0 {
		t.Errorf("Diversify(nothing) = %v, want nothing", got)
	}
}

// TestDiversifyIsAChoice says what must hold for any scores and vectors: k
// different items with their own scores, the best one first.
func TestDiversifyIsAChoice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(t, "n")
		items := make([]feature.Candidate, n)
		vectors := make([]float32, 0, 3*n)
		for i := range items {
			items[i] = feature.Candidate{Row: catalog.Row(i), Score: rapid.Float32Range(-5, 5).Draw(t, "score")}
			v := []float32{1, rapid.Float32Range(-1, 1).Draw(t, "y"), rapid.Float32Range(-1, 1).Draw(t, "z")}
			norm := float32(math.Sqrt(float64(vec.Dot(v, v))))
			vectors = append(vectors, v[0]/norm, v[1]/norm, v[2]/norm)
		}
		slices.SortFunc(items, func(a, b feature.Candidate) int {
			if a.Score > b.Score {
				return -1
			}
			return 1
		})
		k := rapid.IntRange(1, n).Draw(t, "k")
		got := Diversify(items, vectors, rapid.Float32Range(0, 1).Draw(t, "variety"), k)
		if len(got) != k {
			t.Fatalf("got %d items, want %d", len(got), k)
		}
		if got[0] != items[0] {
			t.Fatalf("first is %v, want the ranker's %v", got[0], items[0])
		}
		for i, it := range got {
			if !slices.Contains(items, it) || slices.Contains(got[:i], it) {
				t.Fatalf("item %d is %v: not one of the candidates, or twice", i, it)
			}
		}
	})
}

func TestPushDown(t *testing.T) {
	items, vectors := camps(0, 2, 1, 3)
	PushDown(items, vectors, []float32{1, 0}, 9) // an even item is disliked
	if want := []catalog.Row{1, 3, 0, 2}; !slices.Equal(rowsOf(items), want) {
		t.Errorf("PushDown(even): %v, want %v", rowsOf(items), want)
	}
	if want := []float32{0, 1, 0, 1, 1, 0, 1, 0}; !slices.Equal(vectors, want) {
		t.Errorf("vectors are %v, want them to follow their items: %v", vectors, want)
	}
	// The odd items have no penalty. The spread of 4 3 2 1 is √1.25; the even
	// ones fall by all of 9 times that, and keep their scores.
	if got, want := items[2].Value(), float32(4-9*math.Sqrt(1.25)); math.Abs(float64(got-want)) > 1e-5 || items[2].Score != 4 || items[0].Penalty != 0 {
		t.Errorf("the even movie's value is %v, want %v: %+v", got, want, items)
	}

	items, vectors = camps(0, 1)
	PushDown(items, vectors, []float32{0.5, 0.5}, 9)
	if want := []feature.Candidate{{Row: 0, Score: 2}, {Row: 1, Score: 1}}; !slices.Equal(items, want) {
		t.Errorf("PushDown(half alike): %v, want %v unchanged", items, want)
	}
	PushDown(nil, nil, []float32{1, 0}, 9)
}

func BenchmarkDiversify(b *testing.B) {
	const n, width = 300, 52
	items := make([]feature.Candidate, n)
	vectors := make([]float32, n*width)
	for i := range items {
		items[i] = feature.Candidate{Row: catalog.Row(i), Score: float32(n - i)}
		vectors[i*width+i%width] = 1
	}
	for b.Loop() {
		Diversify(items, vectors, 0.5, 40)
	}
}
