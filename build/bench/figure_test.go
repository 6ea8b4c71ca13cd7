package main

import (
	"math"
	"strings"
	"testing"
)

func TestTable(t *testing.T) {
	kept := Figure{Name: "size", Unit: "KB", Bar: 10, Measured: 10, Runs: "1"}
	missed := Figure{Name: "NDCG@10", Bar: 0.2, AtLeast: true, Measured: 0.1999, Runs: "5 seeds"}
	for _, c := range []struct {
		name    string
		figures []Figure
		want    bool
		text    string
	}{
		{"a bar that is just met is kept", []Figure{kept}, true, "≤ 10.0 KB"},
		{"a figure without a bar keeps it", []Figure{kept, {Name: "HitRate@10", Bar: math.NaN(), Measured: 0.35}}, true, "–          0.3500"},
		{"what is no number keeps no bar", []Figure{{Name: "ratio", Bar: 1, Measured: math.NaN()}}, false, "NO"},
		{"one missed bar fails the table", []Figure{kept, missed}, false, "NO"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var b strings.Builder
			if got := writeTable(&b, c.figures); got != c.want {
				t.Errorf("writeTable = %v, want %v", got, c.want)
			}
			if !strings.Contains(b.String(), c.text) {
				t.Errorf("table lacks %q:\n%s", c.text, b.String())
			}
		})
	}
}
