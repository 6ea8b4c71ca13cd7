package main

import (
	"fmt"
	"io"
	"math"
	"text/tabwriter"
)

// Figure is one measured number beside its bar.
type Figure struct {
	Name     string
	Unit     string  // "", "KB", "s", "%"
	Bar      float64 // the limit, in Unit; NaN where there is none
	AtLeast  bool    // whether Measured must be ≥ Bar; else ≤
	Measured float64
	Runs     string // what was repeated: "5 seeds", "1"
}

// Reached reports whether the figure keeps its bar, if it has one.
func (f Figure) Reached() bool {
	switch {
	case math.IsNaN(f.Bar):
		return true
	case f.AtLeast:
		return f.Measured >= f.Bar
	}
	return f.Measured <= f.Bar
}

// writeTable prints figures to w in their order and reports whether all of
// them keep their bars.
func writeTable(w io.Writer, figures []Figure) bool {
	all := true
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "figure\tbar\tmeasured\truns\treached")
	for _, f := range figures {
		bar, verdict := "≤ "+number(f.Bar, f.Unit), "yes"
		if f.AtLeast {
			bar = "≥ " + number(f.Bar, f.Unit)
		}
		if math.IsNaN(f.Bar) {
			bar, verdict = "–", "–"
		} else if !f.Reached() {
			verdict, all = "NO", false
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", f.Name, bar, number(f.Measured, f.Unit), f.Runs, verdict)
	}
	t.Flush()
	return all
}

// number prints v with the digits its unit deserves.
func number(v float64, unit string) string {
	switch unit {
	case "":
		return fmt.Sprintf("%.4f", v)
	case "KB":
		return fmt.Sprintf("%.1f KB", v)
	default:
		return fmt.Sprintf("%.2f %s", v, unit)
	}
}
