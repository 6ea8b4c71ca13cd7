package report

import (
	"bytes"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"time"

	"sparrow/build/feedback"
)

// pageText is the page, style sheet included: it loads nothing from the network and
// has no script.
//
//go:embed page.html
var pageText string

var pageTemplate = template.Must(template.New("page").Funcs(template.FuncMap{
	"day": func(at time.Time) string { return at.UTC().Format(time.DateOnly) }, "moment": moment, "rate": rate,
	"percent": func(share float64) string { return fmt.Sprintf("%.1f %%", 100*share) },
}).Parse(pageText))

// page is a report with what is drawn and taken along.
type page struct {
	*Report
	Plots []template.HTML
	Files []file
	Dead  []feedback.Count
}

// Money prints an amount.
func (p *page) Money(v float64) string { return p.money(v) }

// file is a table that the page holds, to be saved.
type file struct {
	Name    string
	Address template.URL
}

const mostReasons = 20 // a dead letter's reason has a place in it, so there may be many

// WritePage writes the report as one page of HTML with plots, which holds its tables,
// too.
func (r *Report) WritePage(w io.Writer) error {
	p := page{Report: r, Dead: r.Read.Dead}
	if n := len(p.Dead) - mostReasons; n > 0 {
		rest := feedback.Count{Name: fmt.Sprintf("%d more reasons, in losses.csv", n), Count: feedback.Total(p.Dead[mostReasons:])}
		p.Dead = append(p.Dead[:mostReasons:mostReasons], rest)
	}
	plots, err := r.plots()
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	for _, svg := range plots {
		p.Plots = append(p.Plots, template.HTML(svg)) // made by package chart, which escapes every name
	}
	for _, t := range r.Tables() {
		var b bytes.Buffer
		if err := t.WriteCSV(&b); err != nil {
			return err
		}
		p.Files = append(p.Files, file{t.Name, template.URL("data:text/csv;charset=utf-8;base64," + base64.StdEncoding.EncodeToString(b.Bytes()))})
	}
	return pageTemplate.Execute(w, &p)
}
