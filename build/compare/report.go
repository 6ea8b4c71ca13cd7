package compare

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"sparrow/build/autodiff"
	"sparrow/build/evaluation"
	"sparrow/build/plural"
)

// Report is what a comparison found.
type Report struct {
	Dataset string  `json:"dataset"`
	Users   int     `json:"users"`
	Items   int     `json:"items"`
	Events  int     `json:"interactions"`
	Seed    uint64  `json:"seed"`
	Parts   []*Part `json:"parts"`

	LeftOut []string `json:"left_out,omitempty"` // models that need an order, which the data do not have
}

// Part is models that were judged on the same cases.
type Part struct {
	Name     string  `json:"name"`
	Protocol string  `json:"protocol"`
	Metric   string  `json:"metric"` // what rows are sorted by
	Chosen   string  `json:"chosen"` // what settings and passes were chosen by, on validation data
	Rows     []Row   `json:"rows"`   // best first
	Against  string  `json:"against"`
	Leads    []Leads `json:"leads"` // of every other model over Against
}

// logLoss is what ranking models are chosen by.
const logLoss = "log loss, nats"

// Leads is a paired comparison.
type Leads = evaluation.Comparison

// Row is one model.
type Row struct {
	Name     string            `json:"model"`
	Source   string            `json:"source,omitempty"`
	File     string            `json:"file,omitempty"`
	Setting  string            `json:"setting,omitempty"`
	Tried    []Tried           `json:"tried,omitempty"`
	Seconds  float64           `json:"seconds"`         // of the training that was judged
	Bytes    int               `json:"bytes,omitempty"` // of the model as a file, int8, before compression
	Curve    autodiff.Curve    `json:"curve,omitempty"` // its valid is what Part.Chosen names
	Result   evaluation.Result `json:"result"`
	baseline bool              // nothing was learned
}

// Tried is a setting and what it gave on validation data.
type Tried struct {
	Setting string  `json:"setting"`
	Valid   float64 `json:"valid"` // what Part.Chosen names
}

// WriteJSON writes r as indented JSON.
func (r *Report) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(r)
}

// WriteTable writes r for people: a line a model, best first.
func (r *Report) WriteTable(w io.Writer) error {
	fmt.Fprintf(w, "%s: %s, %s, %s, seed %d\n", r.Dataset, plural.Of(r.Users, "user"), plural.Of(r.Items, "item"), plural.Of(r.Events, "interaction"), r.Seed)
	if len(r.LeftOut) > 0 {
		fmt.Fprintf(w, "left out, since they learn an order that is not known: %s\n", strings.Join(r.LeftOut, ", "))
	}
	for _, p := range r.Parts {
		if len(p.Rows) == 0 {
			continue
		}
		first := &p.Rows[0].Result
		fmt.Fprintf(w, "\n%s: %s; %s of %s; intervals of 95 %%: %s\n\n", p.Name, p.Protocol, plural.Of(first.Cases, "case"), plural.Of(first.Users, "user"), first.Intervals)
		t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		fmt.Fprint(t, "model")
		for _, m := range p.Columns() {
			fmt.Fprint(t, "\t", m.Name)
		}
		fmt.Fprintf(t, "\tlead over %s\tp, Holm\tseconds\tsetting\n", p.Against)
		for i := range p.Rows {
			row := &p.Rows[i]
			fmt.Fprint(t, row.Name)
			for _, m := range p.Columns() {
				fmt.Fprint(t, "\t", figure(&row.Result, m.Name))
			}
			lead, chance := "", ""
			if c := p.lead(row.Name); c != nil {
				lead = fmt.Sprintf("%+.4f (%+.4f to %+.4f)", c.Difference.Mean, c.Difference.Low, c.Difference.High)
				chance = fmt.Sprintf("%.3f", c.Holm)
			}
			fmt.Fprintf(t, "\t%s\t%s\t%.1f\t%s\n", lead, chance, row.Seconds, row.Setting)
		}
		if err := t.Flush(); err != nil {
			return err
		}
	}
	return nil
}

// Columns returns the metrics that tables show and plots draw: those of the model
// with the most, since a baseline that gives no probabilities has no log loss and no
// RMSE.
func (p *Part) Columns() []evaluation.Metric {
	var most []evaluation.Metric
	for i := range p.Rows {
		if m := p.Rows[i].Result.Metrics; len(m) > len(most) {
			most = m
		}
	}
	return most
}

// figure prints a metric with half the width of its interval.
func figure(r *evaluation.Result, metric string) string {
	e, ok := r.Get(metric)
	switch {
	case !ok:
		return "–"
	case e.High > e.Low:
		return fmt.Sprintf("%.4f ± %.4f", e.Mean, (e.High-e.Low)/2)
	}
	return fmt.Sprintf("%.4f", e.Mean)
}

// lead returns the comparison of a model with Against, nil if there is none.
func (p *Part) lead(model string) *Leads {
	for i := range p.Leads {
		if p.Leads[i].B == p.Against && p.Leads[i].A == model {
			return &p.Leads[i]
		}
	}
	return nil
}

// finish sorts the rows and compares each with the one called against.
func (p *Part) finish(against string, o evaluation.Resampling) error {
	p.Against = against
	value := func(r *Row) float64 {
		e, _ := r.Result.Get(p.Metric)
		return e.Mean
	}
	for i := range p.Rows { // insertion sort: few rows, and ties keep their order
		for k := i; k > 0 && value(&p.Rows[k]) > value(&p.Rows[k-1]); k-- {
			p.Rows[k], p.Rows[k-1] = p.Rows[k-1], p.Rows[k]
		}
	}
	results := []evaluation.Result{{}}
	for _, r := range p.Rows {
		if r.Name == against {
			results[0] = r.Result
		} else {
			results = append(results, r.Result)
		}
	}
	if len(results) != len(p.Rows) || len(results) == 1 {
		return nil // nothing to compare with
	}
	leads, err := evaluation.Compare(results, p.Metric, o)
	if err != nil {
		return err
	}
	for i := range leads { // Compare tells how much better the first is
		c := &leads[i]
		c.A, c.B = c.B, c.A
		c.Difference.Mean, c.Difference.Low, c.Difference.High = -c.Difference.Mean, -c.Difference.High, -c.Difference.Low
	}
	p.Leads = leads
	return nil
}
