package evaluation

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"
)

// Report is what was measured of several methods on the same cases.
type Report struct {
	Dataset  string   `json:"dataset"`
	Protocol string   `json:"protocol"` // "leave-one-out, full ranking, history masked"
	Results  []Result `json:"results"`
}

// WriteJSON writes the report as indented JSON.
func (r *Report) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(r)
}

// WriteTable writes the report as a table for people, a line a method. The last
// column is how much better the first method is, user by user, in the first metric.
func (r *Report) WriteTable(w io.Writer) error {
	if len(r.Results) == 0 {
		_, err := fmt.Fprintln(w, "nothing was measured")
		return err
	}
	fmt.Fprintf(w, "%s: %s, %d users, 95 %% intervals over users (normal approximation)\n\n", r.Dataset, r.Protocol, r.Results[0].Cases)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprint(t, "method")
	for _, m := range r.Results[0].Metrics {
		fmt.Fprintf(t, "\t%s", m.Name)
	}
	first := r.Results[0].Metrics[0].Name
	fmt.Fprintf(t, "\tlead in %s\n", first)
	for i, res := range r.Results {
		fmt.Fprint(t, res.Method)
		for _, m := range res.Metrics {
			fmt.Fprintf(t, "\t%.4f", m.Mean)
			if m.High > m.Low {
				fmt.Fprintf(t, " ± %.4f", (m.High-m.Low)/2)
			}
		}
		if d, ok := Difference(&r.Results[0], &res, first); ok && i > 0 {
			fmt.Fprintf(t, "\t%+.4f ± %.4f", d.Mean, (d.High-d.Low)/2)
		}
		fmt.Fprintln(t)
	}
	return t.Flush()
}
