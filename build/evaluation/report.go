package evaluation

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"

	"sparrow/build/plural"
)

// Report is what was measured of several methods on the same cases.
type Report struct {
	Dataset     string       `json:"dataset"`
	Protocol    string       `json:"protocol"` // "leave-one-out, full ranking, history masked"
	Results     []Result     `json:"results"`
	Comparisons []Comparison `json:"comparisons,omitempty"` // of the first method with the others
}

// Compare replaces all intervals by those of the bootstrap, and compares the first
// method with each other one in the first metric.
func (r *Report) Compare(o Resampling) error {
	for i := range r.Results {
		r.Results[i].Bootstrap(o)
	}
	if len(r.Results) == 0 || len(r.Results[0].Metrics) == 0 {
		return nil
	}
	var err error
	r.Comparisons, err = Compare(r.Results, r.Results[0].Metrics[0].Name, o)
	return err
}

// WriteJSON writes the report as indented JSON.
func (r *Report) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(r)
}

// WriteTable writes the report as a table for people, a line a method, with the
// metrics of the first. The last column is how much better the first method is, user by
// user, in the first metric.
func (r *Report) WriteTable(w io.Writer) error {
	if len(r.Results) == 0 || len(r.Results[0].Metrics) == 0 {
		_, err := fmt.Fprintln(w, "nothing was measured")
		return err
	}
	first := &r.Results[0]
	size := plural.Of(first.Users, "user")
	if first.Cases != first.Users {
		size = fmt.Sprintf("%s of %s", plural.Of(first.Cases, "row"), size)
	}
	fmt.Fprintf(w, "%s: %s, %s, 95 %% intervals over users (%s)\n\n", r.Dataset, r.Protocol, size, first.Intervals)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprint(t, "method")
	for _, m := range first.Metrics {
		fmt.Fprintf(t, "\t%s", m.Name)
	}
	fmt.Fprintf(t, "\tlead in %s\n", first.Metrics[0].Name)
	for i := range r.Results {
		res := &r.Results[i]
		fmt.Fprint(t, res.Method)
		for _, column := range first.Metrics {
			e, ok := res.Get(column.Name)
			if !ok {
				fmt.Fprint(t, "\t–")
				continue
			}
			fmt.Fprintf(t, "\t%.4f", e.Mean)
			if e.High > e.Low {
				fmt.Fprintf(t, " ± %.4f", (e.High-e.Low)/2)
			}
		}
		if i > 0 {
			fmt.Fprint(t, r.lead(res))
		}
		fmt.Fprintln(t)
	}
	return t.Flush()
}

// lead returns the last column of res.
func (r *Report) lead(res *Result) string {
	for _, c := range r.Comparisons {
		if c.B == res.Method {
			return fmt.Sprintf("\t%+.4f (%+.4f to %+.4f), p %.2g by Holm", c.Difference.Mean, c.Difference.Low, c.Difference.High, c.Holm)
		}
	}
	if d, ok := Difference(&r.Results[0], res, r.Results[0].Metrics[0].Name); ok {
		return fmt.Sprintf("\t%+.4f ± %.4f", d.Mean, (d.High-d.Low)/2)
	}
	return ""
}
