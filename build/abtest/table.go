package abtest

import (
	"fmt"
	"io"
	"math"
	"strings"
	"text/tabwriter"
)

// WriteTable writes r for people: what was found in words, then every figure.
func (r *Report) WriteTable(w io.Writer) error {
	fmt.Fprintf(w, "layer %s\n\n", r.Layer)
	for _, p := range r.Findings {
		fmt.Fprintln(w, wrapped(p, 110)+"\n")
	}
	if r.Refused {
		return nil
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "figure\tarm\tobserved\t%.0f %% interval\tdifference\tone look\tevery look\tp\tp, every look\tCUPED\tfound\n", 100*(1-r.Alpha))
	for i := range r.Metrics {
		m := &r.Metrics[i]
		for j, cell := range m.Cells {
			if cell.Hidden {
				fmt.Fprintf(t, "%s\t%s\ttoo few visitors\n", m.Label, cell.Arm)
				continue
			}
			fmt.Fprintf(t, "%s\t%s\t%s\t%s to %s", m.Label, cell.Arm, m.value(cell.Interval.Value), m.value(cell.Interval.Low), m.value(cell.Interval.High))
			if j > 0 && !m.Comparisons[j-1].Hidden {
				c := &m.Comparisons[j-1]
				fmt.Fprintf(t, "\t%s\t%s\t%s\t%s\t%s\t%s\t%s", m.change(c.Difference.Value), m.span(c.Difference), m.span(c.Always),
					chance(c.HolmP), chance(c.AnytimeAdj), c.saved(), map[bool]string{true: "yes", false: "no"}[c.Found])
			}
			fmt.Fprintln(t)
		}
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintln(w, "\np-values are adjusted for their number (Holm); the intervals are not.")
	return err
}

// saved prints by how much CUPED changed the variance.
func (c *Comparison) saved() string {
	if !c.CUPED {
		return "–"
	}
	return fmt.Sprintf("%+.0f %%", math.Round(-100*c.Reduction)+0) // + 0 makes 0 of -0
}

// wrapped breaks text into lines of at most width runes, where it can.
func wrapped(text string, width int) string {
	var b strings.Builder
	line := 0
	for i, word := range strings.Fields(text) {
		n := len([]rune(word))
		switch {
		case i == 0:
		case line+1+n > width:
			b.WriteByte('\n')
			line = 0
		default:
			b.WriteByte(' ')
			line++
		}
		b.WriteString(word)
		line += n
	}
	return b.String()
}
