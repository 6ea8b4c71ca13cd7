package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// probeView draws the approximate search against the exact one: a slider for
// how many cells are searched, the recall of that and its cost.
func (p *labPage) probeView(s *store) app.UI {
	w := s.words
	cells := len(p.curve.Recall)
	if cells == 0 {
		return labPart("probe", w.LabProbe, w.LabProbeText, waiting(w, "lab-waiting-probe"))
	}
	n := max(1, min(p.probes, cells))
	cellsText := fill(w.LabCells, "n", strconv.Itoa(n), "all", strconv.Itoa(cells))
	return labPart("probe", w.LabProbe, w.LabProbeText,
		el("div", "lab-probe",
			el("div", "lab-probe-set",
				el("div", "slider",
					txt("label", "slider-label", w.LabCellsLabel).Attr("for", "probes"),
					void("input", "").Attr("id", "probes").Attr("type", "range").
						Attr("min", "1").Attr("max", strconv.Itoa(cells)).Attr("step", "1").
						Attr("value", strconv.Itoa(n)).Attr("aria-valuetext", cellsText).
						On("input", func(ctx app.Context, e app.Event) {
							p.probes = atoi(ctx.JSSrc().Get("value").String())
							s.redraw()
						}, app.EventScope(strconv.Itoa(s.visit))),
					txt("p", "lab-cells", cellsText),
				),
				el("dl", "lab-measures",
					measure("recall", w.LabRecall, p.curve.Recall[n-1]),
					measure("compared", w.LabCompared, p.curve.Compared[n-1]),
				),
			),
			p.curveView(w, n),
		))
}

// measure draws a share as a large number over its meaning.
func measure(id, label string, v float32) app.UI {
	return el("div", "lab-measure", txt("dt", "", label), txt("dd", "lab-measure-number", percent(v)).Attr("id", "lab-"+id))
}

// curveView draws all numbers of cells at once, the chosen one as a dot: the x
// axis is what is compared, the y axis what is found.
func (p *labPage) curveView(w *words, n int) app.UI {
	const width, height = 320, 200
	x := func(i int) string { return units(p.curve.Compared[i] * width) }
	y := func(i int) string { return units(height - p.curve.Recall[i]*height) }
	line := ""
	for i := range p.curve.Recall {
		line += x(i) + "," + y(i) + " "
	}
	return el("figure", "lab-curve",
		shape("svg", "lab-curve-svg",
			shape("line", "lab-axis").Attr("x1", "0").Attr("y1", "200").Attr("x2", "320").Attr("y2", "200"),
			shape("line", "lab-axis").Attr("x1", "0").Attr("y1", "0").Attr("x2", "0").Attr("y2", "200"),
			shape("polyline", "lab-line").Attr("points", line),
			shape("circle", "lab-at").Attr("cx", x(n-1)).Attr("cy", y(n-1)).Attr("r", "7"),
		).Attr("viewBox", "-10 -10 340 220").Attr("aria-hidden", "true"),
		txt("figcaption", "muted", w.LabCurve))
}

// shape returns an element of a picture.
func shape(tag, class string, kids ...app.UI) app.HTMLElem {
	return el(tag, class, kids...).XMLNS(svgNamespace)
}

// units returns a length in a picture.
func units(v float32) string { return strconv.FormatFloat(float64(v), 'f', 1, 32) }
