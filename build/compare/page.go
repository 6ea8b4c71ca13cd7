package compare

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"sparrow/build/autodiff"
	"sparrow/build/chart"
	"sparrow/build/evaluation"
)

// pageText is the page, style sheet included: it asks the network for nothing.
//
//go:embed page.html
var pageText string

var pageTemplate = template.Must(template.New("page").Funcs(template.FuncMap{
	"figure": figure, "chance": func(p float64) string { return fmt.Sprintf("%.3f", p) },
	"signed": func(v float64) string { return fmt.Sprintf("%+.4f", v) },
	"short":  func(v float64) string { return fmt.Sprintf("%.4f", v) },
	"time":   func(seconds float64) string { return fmt.Sprintf("%.1f s", seconds) },
	"ref":    func(r Row) *evaluation.Result { return &r.Result },
}).Parse(pageText))

// drawn is a part with its plots.
type drawn struct {
	*Part
	Figures []template.HTML // of all models beside each other
	Curves  []template.HTML
	Bins    []template.HTML
}

// Lead returns the comparison of a model with the one that all are compared with.
func (d drawn) Lead(model string) *Leads { return d.lead(model) }

// WritePage writes r as one page of HTML with plots.
func (r *Report) WritePage(w io.Writer) error {
	page := struct {
		*Report
		Drawn []drawn
	}{Report: r}
	for _, p := range r.Parts {
		d := drawn{Part: p}
		if err := d.draw(); err != nil {
			return fmt.Errorf("compare: %w", err)
		}
		page.Drawn = append(page.Drawn, d)
	}
	return pageTemplate.Execute(w, page)
}

func (d *drawn) draw() error {
	var failed error
	add := func(to *[]template.HTML) func(string, error) {
		return func(svg string, err error) {
			if err != nil {
				failed = err
			}
			*to = append(*to, template.HTML(svg)) // made by build/chart, which escapes every name
		}
	}
	for _, m := range d.Columns() {
		if m.High > m.Low {
			add(&d.Figures)(d.intervals(m.Name))
		}
	}
	add(&d.Figures)(d.against())
	for i := range d.Rows {
		r := &d.Rows[i]
		if len(r.Curve) > 1 {
			d.curves(r, add(&d.Curves))
		}
		if len(r.Result.Bins) > 0 {
			add(&d.Bins)(bins(r))
		}
	}
	return failed
}

// intervals shows a metric of all models.
func (d *drawn) intervals(metric string) (string, error) {
	var list chart.Intervals
	var names []string
	for i := range d.Rows {
		if e, ok := d.Rows[i].Result.Get(metric); ok {
			list, names = append(list, chart.Interval{Value: e.Mean, Low: e.Low, High: e.High}), append(names, d.Rows[i].Name)
		}
	}
	p := chart.New()
	p.Add(list)
	chart.Lines(p, names)
	p.X.Label.Text, p.X.Tick.Marker = metric, chart.Few(4)
	return chart.SVG(p, 52+24*float64(len(list)), metric+" of every model")
}

// against shows what quality costs: coverage for lists, seconds for probabilities.
func (d *drawn) against() (string, error) {
	var points []chart.Point
	other, label := "", "seconds of training"
	for _, m := range d.Columns() {
		if strings.HasPrefix(m.Name, "Coverage") {
			other, label = m.Name, m.Name
		}
	}
	for i := range d.Rows {
		r := &d.Rows[i]
		y, ok := r.Result.Get(d.Metric)
		x := r.Seconds
		if other != "" {
			e, _ := r.Result.Get(other)
			x = e.Mean
		}
		if ok {
			points = append(points, chart.Point{Name: r.Name, X: x, Y: y.Mean})
		}
	}
	return chart.Points(d.Metric+" and "+label, label, d.Metric, points, false)
}

// curves shows how the training of a model went: its loss, and beside it or, where that is
// another quantity, in a plot of its own, what was looked at on validation data.
func (d *drawn) curves(r *Row, add func(string, error)) {
	train, valid := chart.Series{Name: "training"}, chart.Series{Name: "validation"}
	for _, p := range r.Curve {
		train.X, train.Y = append(train.X, float64(p.Epoch)), append(train.Y, p.Train)
		valid.X, valid.Y = append(valid.X, float64(p.Epoch)), append(valid.Y, p.Valid)
	}
	const pass = "pass"
	looked := slices.ContainsFunc(r.Curve, func(p autodiff.Point) bool { return p.Valid != 0 })
	if looked && d.Chosen == logLoss {
		train.Dashed = true
		add(chart.Curves(r.Name, pass, logLoss, valid, train))
		return
	}
	train.Name, valid.Name = "", "" // one line each needs no legend
	add(chart.Curves(r.Name, pass, "training loss, nats", train))
	if looked {
		add(chart.Curves(r.Name, pass, d.Chosen+" on validation data", valid))
	}
}

// bins shows whether what a model says comes true.
func bins(r *Row) (string, error) {
	var points []chart.Point
	for _, b := range r.Result.Bins {
		points = append(points, chart.Point{X: b.Predicted, Y: b.Observed.Mean})
	}
	return chart.Points(r.Name+": said and observed", "probability said", "share liked", points, true)
}
