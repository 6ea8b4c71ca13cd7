package baseline

import (
	"context"
	"slices"
	"testing"

	"sparrow/wasm/catalog"
)

// With users {0,1}, {0,1}, {0,2} and {0} and λ = 1, G + λI is
//
//	5 2 1
//	2 3 0
//	1 0 2
//
// whose inverse is (6 -4 -3; -4 9 2; -3 2 11)/19: B(0, 1) = 4/9, B(0, 2) = 3/11, B(1, 0) = 4/6,
// B(2, 0) = 3/6, the others are below 0. The three largest are B(1, 0), B(2, 0), B(0, 1). Learned
// again, item 0 by items 1 and 2 is (3 0; 0 2)⁻¹ · (2; 1) = (2/3; 1/2), as before, and item 1
// by item 0 alone is 2/5.
func TestSparseByHand(t *testing.T) {
	d := dataOf(3, saw(0, 1), saw(0, 1), saw(0, 2), saw(0))
	m, err := TrainEASE(context.Background(), d, EASEOptions{Regularization: 1, MinCount: 1, Largest: 9}, nil)
	if err != nil {
		t.Fatal(err)
	}
	s, err := m.Sparse(context.Background(), d, 1)
	if err != nil {
		t.Fatal(err)
	}
	for r, want := range []struct {
		rows    []catalog.Row
		weights []float32
	}{{[]catalog.Row{1}, []float32{2. / 5}}, {[]catalog.Row{0}, []float32{2. / 3}}, {[]catalog.Row{0}, []float32{1. / 2}}} {
		if rows, weights := s.Of(catalog.Row(r)); !slices.Equal(rows, want.rows) || !near(weights, want.weights) {
			t.Errorf("Of(%d) = %v, %v, want %v", r, rows, weights, want)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := m.Sparse(ctx, d, 1); err == nil {
		t.Error("what was cancelled goes on")
	}
}

// TestSparseOfAllIsTheWhole holds that where every weight is above 0 and kept, learning
// them again changes none: each is the same regression.
func TestSparseOfAllIsTheWhole(t *testing.T) {
	d := dataOf(4, saw(0, 1), saw(2, 3), saw(0, 1), saw(0, 2), saw(1, 3), saw(0, 3), saw(1, 2))
	m, err := TrainEASE(context.Background(), d, EASEOptions{Regularization: 20, MinCount: 1, Largest: 9, Dropout: 0.5}, nil)
	if err != nil {
		t.Fatal(err)
	}
	s, err := m.Sparse(context.Background(), d, 4)
	if err != nil {
		t.Fatal(err)
	}
	for r := range 4 {
		rows, weights := s.Of(catalog.Row(r))
		all := m.weights[4*r : 4*r+4]
		if len(rows) != 3 {
			t.Fatalf("item %d speaks for %v: this test shows nothing", r, rows)
		}
		for k, j := range rows {
			if !near(weights[k:k+1], all[j:j+1]) {
				t.Errorf("B(%d, %d) = %v, want %v", r, j, weights[k], all[j])
			}
		}
	}
	if rows, _ := (&Sparse{number: []int32{0}}).Of(0); rows != nil {
		t.Errorf("an item that was left out speaks for %v", rows)
	}
}
