package index

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestAssign(t *testing.T) {
	// Similarities of four rows to three centroids.
	similarities := [][]float32{
		{0.9, -1, 0.5, 0},
		{0.8, -1, 0.5, 0},
		{0.9, -2, 0.6, 1},
	}
	got := Assign(4, 3, func(dst []float32, c int) { copy(dst, similarities[c]) })
	if want := []int32{0, 0, 2, 2}; !slices.Equal(got, want) { // rows 0 and 1 tie: the lower cell
		t.Errorf("Assign = %v, want %v", got, want)
	}
	if got := Assign(0, 3, func([]float32, int) {}); len(got) != 0 {
		t.Errorf("Assign of no rows = %v", got)
	}
}

func TestProbe(t *testing.T) {
	near := []float32{0.1, 0.7, -2, 0.7, 0.3}
	for _, tt := range []struct {
		name string
		near []float32
		k    int
		want []int32
	}{
		{"the nearest, the lower of equals", near, 1, []int32{1}},
		{"equals side by side", near, 3, []int32{1, 3, 4}},
		{"all", near, 5, []int32{1, 3, 4, 0, 2}},
		{"more than there are", near, 9, []int32{1, 3, 4, 0, 2}},
		{"no probe", near, 0, nil},
		{"fewer than none", near, -1, nil},
		{"no cell", nil, 3, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Probe(tt.near, tt.k); !slices.Equal(got, tt.want) {
				t.Errorf("Probe(%v, %d) = %v, want %v", tt.near, tt.k, got, tt.want)
			}
		})
	}
}

// TestProbeIsASort compares the chosen cells with all of them sorted.
func TestProbeIsASort(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		near := rapid.SliceOf(rapid.Custom(func(t *rapid.T) float32 { return float32(rapid.IntRange(-3, 3).Draw(t, "x")) })).Draw(t, "near")
		k := rapid.IntRange(0, 20).Draw(t, "k")
		want := make([]int32, len(near))
		for c := range want {
			want[c] = int32(c)
		}
		slices.SortStableFunc(want, func(a, b int32) int { return cmp.Compare(near[b], near[a]) })
		if got := Probe(near, k); !slices.Equal(got, want[:min(k, len(want))]) {
			t.Errorf("Probe(%v, %d) = %v, want the first of %v", near, k, got, want)
		}
	})
}
