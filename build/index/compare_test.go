package index

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestCompare: 20 tight groups of 100 vectors and one vector of zeros. Exact search
// compares all that are not held out, in 20 cells one is enough, and more probes
// never find less.
func TestCompare(t *testing.T) {
	const n, d, groups = 2000, 16, 20
	m := append(clusters(n, d, groups, 0.1, 1), make([]float32, d)...)
	s := Settings{K: 10, Cells: groups, Tables: 8, Hashes: 10, Width: 1, Probes: []int{1, 4}, Seed: 1}
	figures, searched, queries := Compare(m, d, s)
	if searched != n-n/Held || queries != n/Held {
		t.Errorf("%d vectors and %d queries, want %d and %d", searched, queries, n-n/Held, n/Held)
	}
	var names []string
	for i := range figures {
		f := &figures[i]
		names = append(names, f.Index)
		if f.Microseconds <= 0 {
			t.Errorf("%+v took no time", *f)
		}
		if f.Microseconds = 0; f.Probes == 4 && (f.Recall < figures[i-1].Recall || f.Compared < figures[i-1].Compared) {
			t.Errorf("%+v is less than %+v", *f, figures[i-1])
		}
	}
	if want := []string{"exact", "cells", "cells", "signs", "signs", "buckets", "buckets"}; !cmp.Equal(names, want) {
		t.Fatalf("searches %v, want %v", names, want)
	}
	if want := (Figure{Index: "exact", Recall: 1, Compared: 1}); figures[0] != want {
		t.Errorf("exact search: %+v, want %+v", figures[0], want)
	}
	if f := figures[1]; f.Probes != 1 || f.Recall < 0.99 || f.Compared > 0.06 || math.Abs(f.Routed-20./1750) > 1e-9 {
		t.Errorf("one cell: %+v, want all found in a twentieth, chosen by 20 of 1,750", f)
	}
	again, _, _ := Compare(m, d, s)
	for i := range again {
		again[i].Microseconds = 0
	}
	if diff := cmp.Diff(figures, again); diff != "" {
		t.Errorf("the same seed gave other figures: %s", diff)
	}
	if figures, searched, queries := Compare(nil, d, s); len(figures) != 7 || searched != 0 || queries != 0 {
		t.Errorf("without vectors: %v, %d, %d", figures, searched, queries)
	}
}
