package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestParetoLine: a mix is on it unless another is as good in all protocols and better in one; of
// what is replaced less is better.
func TestParetoLine(t *testing.T) {
	reached := []mixed{{.10, .20, 3, 0}, {.09, .25, 3, 0}, {.10, .20, 2, 0}, {.09, .24, 3.5, 0}, {.10, .20, 2, 9}}
	for i, want := range []bool{false, true, true, false, true} {
		if got := onLine(reached, i); got != want {
			t.Errorf("%d is on the line: %t, want %t", i, got, want)
		}
	}
}

func TestMixesAreDrawnAndWhatShipsIsNamed(t *testing.T) {
	var reached []mixed
	for i := range mixes {
		reached = append(reached, mixed{next: .09 + .001*float64(i), strangers: .2, replaced: 2})
	}
	file := filepath.Join(t.TempDir(), "mixes.svg")
	if err := drawMixes(file, "made up", .4, reached); err != nil {
		t.Fatal(err)
	}
	svg, err := os.ReadFile(file)
	if err != nil || strings.Count(string(svg), ">0.4 ships<") != 2 || strings.Count(string(svg), " ships<") != 2 || strings.Count(string(svg), ">0.6<") < 2 {
		t.Errorf("drawn is %.300s (%v)", svg, err)
	}
}
