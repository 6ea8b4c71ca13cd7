package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/protocol"
)

// shown is how many reasons stand before the rest is summed up.
const shown = 6

// reasonBars draws what the ranking's score is made of. Base, the bars and the
// rest add up to the score.
func reasonBars(s *store, a protocol.Answer) app.UI {
	w := s.words
	most := float32(0)
	for _, r := range a.Reasons {
		most = max(most, abs(r.Contribution))
	}
	n := min(shown, len(a.Reasons))
	rows := []app.UI{reasonRow(w.WhyBase, "", a.Base, 0)}
	for _, r := range a.Reasons[:n] {
		rows = append(rows, reasonRow(w.feature(r.Feature), r.Value, r.Contribution, most))
	}
	rest := float32(0)
	for _, r := range a.Reasons[n:] {
		rest += r.Contribution
	}
	if len(a.Reasons) > n {
		rows = append(rows, reasonRow(fill(w.WhyRest, "n", w.number(len(a.Reasons)-n)), "", rest, most))
	}
	rows = append(rows, el("div", "reason reason-sum",
		txt("dt", "", w.WhySum), txt("dd", "reason-number", signed(a.Score))))
	return el("dl", "reasons", rows...)
}

// reasonRow draws one bar: to the right for what raises the score, to the left
// for what lowers it. most is the length of a full bar; 0 draws none.
func reasonRow(label, value string, part, most float32) app.UI {
	name := []app.UI{txt("span", "reason-name", label)}
	if value != "" {
		name = append(name, txt("span", "reason-value", value))
	}
	bar := el("span", "reason-bar")
	if most > 0 {
		width := 50 * abs(part) / most
		x := float32(50)
		class := "bar-good"
		if part < 0 {
			x, class = 50-width, "bar-bad"
		}
		bar = bar.Body(svg("0 0 100 8", rect(class, x, 0, width, 8)))
	}
	return el("div", "reason", el("dt", "", name...), el("dd", "", bar, txt("span", "reason-number", signed(part))))
}

// feature returns what a ranking feature is in words; of one that is not known here, that it is something else.
func (w *words) feature(name string) string {
	if s, ok := w.features[name]; ok {
		return s
	}
	for i, c := range name { // "movieGenre2" says what "movieGenre" says
		if c >= '0' && c <= '9' {
			return w.feature(name[:i])
		}
	}
	return w.WhyUnnamed
}

func abs(v float32) float32 {
	if v < 0 {
		return -v
	}
	return v
}

// signed formats v with its sign and two decimals.
func signed(v float32) string {
	s := strconv.FormatFloat(float64(abs(v)), 'f', 2, 32)
	if v < 0 {
		return "−" + s
	}
	return "+" + s
}

const svgNamespace = "http://www.w3.org/2000/svg"

// svg and rect draw bars whose size no style attribute could set: the
// site's content security policy allows none.
func svg(viewBox string, kids ...app.UI) app.UI {
	return el("svg", "", kids...).XMLNS(svgNamespace).
		Attr("viewBox", viewBox).Attr("preserveAspectRatio", "none").Attr("aria-hidden", "true")
}

func rect(class string, x, y, width, height float32) app.UI {
	f := func(v float32) string { return strconv.FormatFloat(float64(v), 'f', 1, 32) }
	return el("rect", class).XMLNS(svgNamespace).
		Attr("x", f(x)).Attr("y", f(y)).Attr("width", f(width)).Attr("height", f(height)).Attr("rx", "1")
}
