package main

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestVisitsHaveTheirBars reads a visit that keeps every bar but two.
func TestVisitsHaveTheirBars(t *testing.T) {
	v := visit{
		Open: 700, Memory: 200.1e6, First: map[string]float64{"recommend": 9, "similar": 400, "search": 500, "home": 400},
		Median: map[string]float64{"recommend": 8, "similar": 20, "search": 30, "home": 100.5},
	}
	missed := func(items int) (names []string) {
		for _, f := range v.figures(items) {
			if !f.Reached() {
				names = append(names, f.Name)
			}
		}
		return names
	}
	for items, want := range map[int]string{10_000: "", 62_000: "open, first search, similar", 200_000: "home, memory of the program", 1_000_000: ""} {
		if got := strings.Join(missed(items), ", "); got != want {
			t.Errorf("with %d items the bars of %q are missed, want %q", items, got, want)
		}
	}
	v.Median = nil // a page that measured nothing is not within a bar
	if got := missed(62_000); len(got) < 2 {
		t.Errorf("a visit without answers misses only %q", got)
	}
}

func TestGrowthIsDrawnOfAllSizes(t *testing.T) {
	of := func(ms float64) []Figure {
		return []Figure{{Name: "open", Bar: math.NaN(), Measured: ms}, {Name: "idle", Bar: math.NaN()}}
	}
	file := filepath.Join(t.TempDir(), "growth.svg")
	if err := drawGrowth(file, []size{{10_000, of(5)}, {62_000, of(31)}}); err != nil {
		t.Fatal(err)
	}
	svg, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(svg), ">open<") || strings.Contains(string(svg), ">idle<") {
		t.Errorf("drawn is %.200s (%v)", svg, err)
	}
}
