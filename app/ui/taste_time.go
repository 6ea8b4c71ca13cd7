package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// timeView draws genres and decades of what the visitor liked, rated or saw, over time.
func (p *tastePage) timeView(w *words) []app.UI {
	m := p.summary
	n, sum := len(m.Periods), float32(0)
	if n == 0 {
		return nil
	}
	for _, of := range m.Entries {
		sum += of
	}
	body := sentences(fill(w.TasteTimeText, "n", decimal(sum, 0), "first", m.Periods[0], "last", m.Periods[n-1]))
	if m.Earlier > 0 {
		body = append(body, sentences(fill(w.TasteEarlier, "n", decimal(m.Earlier, 0)))...)
	}
	return append(body, el("div", "taste-parts", bandsView(w, w.TasteGenres, "{n}", m.Periods, m.Genres, m.Parts), bandsView(w, w.TasteDecades, w.DecadeOf, m.Periods, m.Decades, m.Parts[len(m.Genres)*n:])))
}

// bandsView draws a row of bars for each label, all on one scale: the largest share is a full bar. parts are
// [labels×periods] and perhaps more. A reader who does not see them hears the shares. name is what a label is called,
// with {n} for it.
func bandsView(w *words, title, name string, periods, labels []string, parts []float32) app.UI {
	n, most := len(periods), float32(0)
	for _, part := range parts[:n*len(labels)] {
		most = max(most, part)
	}
	rows := []app.UI{txt("h3", "panel-sub pictured", title)}
	for k, label := range labels {
		heard := ""
		var bars []app.UI
		for i, period := range periods {
			part := parts[k*n+i]
			heard += when(i > 0, w.join) + period + " " + percent(part)
			bars = append(bars, rect("bar-plain", float32(10*i+1), 32-32*part/most, 8, 32*part/most))
		}
		rows = append(rows, el("div", "band", txt("span", "pictured", fill(name, "n", w.genre(label))),
			el("span", "band-bars pictured", svg("0 0 "+strconv.Itoa(10*n)+" 32", bars...)).Attr("role", "img").Attr("aria-label", attr(heard))))
	}
	rows = append(rows, el("div", "band", el("span", "band-axis pictured", txt("span", "", periods[0]), txt("span", "", periods[n-1]))),
		txt("p", "muted pictured", fill(w.TasteScale, "p", percent(most))))
	return el("div", "", rows...)
}
