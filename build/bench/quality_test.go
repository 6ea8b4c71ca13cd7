package main

import (
	"math"
	"os"
	"path/filepath"
	"testing"

	"sparrow/build/dataset"
	"sparrow/build/pipeline"
)

// madeUp writes made-up interactions as data/ml-latest-small, and returns data.
func madeUp(t *testing.T) string {
	t.Helper()
	data := t.TempDir()
	dir := filepath.Join(data, "ml-latest-small")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	shape := dataset.Shape{Seed: 3, Users: 50, Items: 40, Interactions: 1200, Groups: 3}
	if err := shape.Write(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	return data
}

// TestSmall measures two bundles of made-up data: the figures are those that the
// bundles carry, in one process as they would be in two.
func TestSmall(t *testing.T) {
	data := madeUp(t)
	c, out := newConsole(t.Context()), filepath.Join(data, "of.bundle")
	figures, err := Quality{Data: data, Seeds: 2}.small(c, out)
	if err != nil {
		t.Fatal(err)
	}
	if len(figures) != 14 { // the made-up users have ten likes, but not thirty
		t.Fatalf("%d figures, want 14: %+v", len(figures), figures)
	}
	for _, f := range figures[5:] {
		if math.IsNaN(f.Measured) || f.Measured < 0 {
			t.Errorf("%s: %v", f.Name, f.Measured)
		}
	}
	if stay := figures[5].Measured; stay < 1 || stay > 10 {
		t.Errorf("%s: %v, want some of ten", figures[5].Name, stay)
	}
	var want float64
	for seed := range uint64(2) {
		s, err := read(c, filepath.Join(data, "ml-latest-small"))
		if err != nil {
			t.Fatal(err)
		}
		o := pipeline.DefaultOptions()
		o.Seed = seed + 1
		f, err := s.bundle(c, o, out)
		if err != nil {
			t.Fatal(err)
		}
		want += metric(f, "NDCG@10 ranked") / 2
	}
	if got := figures[0].Measured; math.Abs(got-want) > 1e-6 {
		t.Errorf("NDCG@10 of both seeds is %v, want %v, as their bundles say when the data are read again for each", got, want)
	}
}

func TestMetricIsThere(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("metric returned a figure that is not there")
		}
	}()
	metric(&pipeline.Packed{}, "NDCG@10 ranked")
}
