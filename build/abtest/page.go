package abtest

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
)

// pageText is the page, style sheet included: it loads nothing from the network.
//
//go:embed page.html
var pageText string

var pageTemplate = template.Must(template.New("page").Funcs(template.FuncMap{
	"date": date, "chance": chance,
	"confidence": func(alpha float64) string { return fmt.Sprintf("%.0f %%", 100*(1-alpha)) },
	"value":      (*Metric).value, "change": (*Metric).change, "span": (*Metric).span, "saved": (*Comparison).saved,
	"at": func(m *Metric, i int) *Comparison { // of the cell i; nil for control and for what is hidden
		if i == 0 || m.Comparisons[i-1].Hidden {
			return nil
		}
		return &m.Comparisons[i-1]
	},
	"ref": func(m Metric) *Metric { return &m },
}).Parse(pageText))

// drawn is a report with its plots.
type drawn struct {
	*Report
	Arms  []template.HTML // a plot a measure
	Days  []template.HTML // a plot a comparison
	Duels []template.HTML
}

// WritePage writes reports as one page of HTML with plots.
func WritePage(w io.Writer, reports []*Report) error {
	var all []drawn
	for _, r := range reports {
		d, err := r.draw()
		if err != nil {
			return fmt.Errorf("abtest: %w", err)
		}
		all = append(all, d)
	}
	return pageTemplate.Execute(w, all)
}

// draw makes the plots of r: every measure in every arm, and over time the
// measure that comes first and those in which a difference was found.
func (r *Report) draw() (drawn, error) {
	d := drawn{Report: r}
	var failed error
	add := func(to *[]template.HTML) func(string, error) {
		return func(svg string, err error) {
			switch {
			case err != nil:
				failed = err
			case svg != "":
				*to = append(*to, template.HTML(svg)) // made by plots.go, which escapes every name
			}
		}
	}
	for i := range r.Metrics {
		m := &r.Metrics[i]
		add(&d.Arms)(intervalPlot(m))
		for j := range m.Comparisons {
			if c := &m.Comparisons[j]; i == 0 || c.Found {
				add(&d.Days)(daysPlot(m, c))
			}
		}
	}
	for i := range r.Duels {
		add(&d.Duels)(duelPlot(&r.Duels[i]))
	}
	return d, failed
}
