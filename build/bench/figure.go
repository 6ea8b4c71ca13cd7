package main

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// Figure is one measured number beside its bar.
type Figure struct {
	Name     string
	Unit     string  // "", "KB", "s", "%"
	Bar      float64 // the limit, in Unit
	AtLeast  bool    // whether Measured must be ≥ Bar; else ≤
	Measured float64
	Runs     string // what was repeated: "5 seeds", "1"
}

// Reached reports whether the figure keeps its bar.
func (f Figure) Reached() bool {
	if f.AtLeast {
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
		sign, verdict := "≤", "yes"
		if f.AtLeast {
			sign = "≥"
		}
		if !f.Reached() {
			verdict, all = "NO", false
		}
		fmt.Fprintf(t, "%s\t%s %s\t%s\t%s\t%s\n", f.Name, sign, number(f.Bar, f.Unit), number(f.Measured, f.Unit), f.Runs, verdict)
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
