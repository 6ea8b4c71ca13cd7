package ui

import (
	"math"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/protocol"
)

// why draws why item c would fit: at most three sentences, each with its part of the score and a button that
// says what the list would be without it, before anything is done; behind them every bar. nil while nothing
// is known.
func (p *itemPage) why(s *store, c protocol.Card) app.UI {
	if p.explain == nil {
		return nil
	}
	w := s.words
	body := []app.UI{txt("h2", "why-title", w.whyTitle(c, p.explain))}
	spoken := c.Action != "" && c.Action != protocol.View // the visitor knows; what speaks for it says nothing
	said := len(p.explain.Parts) > 0 && !spoken
	if said {
		body = append(body, p.sentences(s),
			el("div", "what-if", p.unsure(s)...).Attr("id", "what-if").Attr("role", "status"))
	}
	all := el("details", "why-all", txt("summary", "why-more", w.WhyDetails), txt("p", "why-about", w.WhyAbout), reasonBars(s, *p.explain))
	return el("section", "why", append(body, all.Attr("open", when(!said, "true")))...)
}

// sentences draws the reasons, what is left over and the score, which they add up to as they are shown.
func (p *itemPage) sentences(s *store) app.UI {
	w := s.words
	cents := func(v float32) int { return int(math.Round(100 * float64(v))) }
	rest := cents(p.explain.Score)
	row := func(class string, name app.UI, amount int, ask app.UI) app.UI {
		return el("li", "what-if-like"+class, name, txt("span", "reason-number", signed(float32(amount)/100)), ask)
	}
	rows := list(p.explain.Parts, func(i int, part protocol.Reason) app.UI {
		amount := cents(part.Contribution)
		rest -= amount
		text := w.why(part.Why)
		name := txt("span", "", text)
		if part.Why.ID != "" {
			name = link("text-link", ItemURL(s.route.lang, part.Why.ID), app.Text(text))
		}
		d, ok := doubtOf(s, part.Why)
		if !ok {
			return row("", name, amount, el("span", ""))
		}
		label := fill(w.WhatIf, "title", w.title(d.title))
		if d.item == "" {
			label = fill(w.WhatIfWish, "wish", d.wish)
		}
		scope := strconv.Itoa(s.visit) + "/" + part.Why.Kind + string(part.Why.ID)
		return row("", name, amount, iconButton("what-if-ask", scope, "close", label, yes(p.whatIf.of == i+1), func(app.Context) { p.ask(s, i+1, d) }).
			Attr("aria-controls", "what-if"))
	})
	rows = append(rows,
		row("", txt("span", "muted", w.WhyOther), rest, el("span", "")),
		row(" what-if-sum", txt("span", "", w.WhySum), cents(p.explain.Score), el("span", "")))
	return el("ul", "what-if-likes", rows...).Attr("role", "list")
}
