package command

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestNeighbors: the exact search finds all, every other one no more than all, and
// in all cells nothing is missed.
func TestNeighbors(t *testing.T) {
	b := trainedSmall(t)
	out, _ := call(t, "neighbors", "--bundle", b, "--k", "5", "--cells", "4", "--probes", "1,4", "--json")
	var f neighborsFigures
	if err := json.Unmarshal([]byte(out), &f); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	if f.Items+f.Queries > small.Items || f.Queries == 0 || f.K != 5 || len(f.Figures) != 7 {
		t.Fatalf("neighbors: %+v", f)
	}
	for _, s := range f.Figures {
		if s.Recall < 0 || s.Recall > 1 || s.Compared < 0 || s.Compared > 1 {
			t.Errorf("%+v: shares are from 0 to 1", s)
		}
		if (s.Index == "exact" || s.Index == "cells" && s.Probes == 4) && (s.Recall != 1 || s.Compared != 1) {
			t.Errorf("%+v looks at everything, want all found", s)
		}
	}
	if out, _ := call(t, "neighbors", "--bundle", b); strings.Count(out, "\n") != 13 || !strings.Contains(out, "recall@10") {
		t.Errorf("neighbors prints\n%s", out)
	}
}
