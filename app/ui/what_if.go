package ui

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// whatIf is what the list would be without one of the likes that carry an item.
type whatIf struct {
	like   catalog.ID // "" while nothing is asked
	answer *protocol.Answer
}

// likes draws the visitor's likes that carry item c, each with its part of the score and a button that says
// what the list would be without it, before anything is done.
func (p *itemPage) likes(s *store, c protocol.Card) app.UI {
	if p.explain == nil || len(p.explain.Shelves) == 0 || c.Action != "" && c.Action != protocol.View {
		return nil
	}
	w := s.words
	rest := p.explain.Score - p.explain.Base
	rows := list(p.explain.Shelves[0].Cards, func(_ int, like protocol.Card) app.UI {
		rest -= like.Score
		scope := strconv.Itoa(s.visit) + "/" + string(like.ID)
		title := w.title(like.Title)
		row := []app.UI{
			link("text-link", ItemURL(s.route.lang, like.ID), app.Text(like.Title)),
			txt("span", "reason-number", signed(like.Score)),
			iconButton("what-if-ask", scope, "no", fill(w.WhatIf, "title", title), yes(p.whatIf.like == like.ID), func(app.Context) { p.ask(s, like.ID) }).
				Attr("aria-controls", "what-if"),
		}
		return el("li", "what-if-like", row...)
	})
	body := []app.UI{
		txt("h2", "why-title", w.WhyLikes),
		el("ul", "what-if-likes", append(rows, el("li", "what-if-like muted", txt("span", "", w.WhyOther), txt("span", "reason-number", signed(rest))))...).Attr("role", "list"),
		el("div", "what-if", p.without(s)...).Attr("id", "what-if").Attr("role", "status"),
	}
	return el("section", "why", body...)
}

// ask asks what the list would be without a like; asked again, the answer goes away.
func (p *itemPage) ask(s *store, like catalog.ID) {
	if p.whatIf.like == like {
		p.whatIf = whatIf{}
		s.redraw()
		return
	}
	p.whatIf = whatIf{like: like}
	q := protocol.Request{Verb: protocol.WhatIf, ID: p.id, Exclude: []catalog.ID{like}, K: forYouCards}
	s.settings.apply(&q)
	s.ask(q, func(r reply) {
		if r.Error == nil && p.whatIf.like == like {
			p.whatIf.answer = &r.Answer
		}
	})
}

// without says what was answered, and offers to do it.
func (p *itemPage) without(s *store) []app.UI {
	a := p.whatIf.answer
	if a == nil {
		return nil
	}
	w := s.words
	var like protocol.Card
	for _, c := range p.explain.Shelves[0].Cards {
		if c.ID == p.whatIf.like {
			like = s.card(c)
		}
	}
	text := w.WhatIfPlace
	switch {
	case a.Before == 0 && a.After == 0:
		text = w.WhatIfNone
	case a.After == 0:
		text = w.WhatIfGone
	case a.Before == 0:
		text = w.WhatIfCome
	case a.Before == a.After:
		text = w.WhatIfStays
	}
	text = fill(text, "title", w.title(like.Title), "before", strconv.Itoa(a.Before), "after", strconv.Itoa(a.After), "n", strconv.Itoa(forYouCards))
	if len(a.Cards) > 0 {
		titles := make([]string, len(a.Cards))
		for i, c := range a.Cards {
			titles[i] = w.title(c.Title)
		}
		text += " " + fill(w.WhatIfInstead, "titles", strings.Join(titles, w.join))
	}
	scope := strconv.Itoa(s.visit) + "/" + string(like.ID)
	return []app.UI{
		txt("p", "", text),
		el("div", "panel-buttons",
			button("button", scope, func(app.Context) {
				p.whatIf = whatIf{}
				s.act(like, protocol.Clear, 0)
			}, app.Text(fill(w.WhatIfDo, "title", w.title(like.Title)))),
			button("button button-quiet", scope, func(app.Context) {
				p.whatIf = whatIf{}
				s.redraw()
			}, app.Text(w.WhatIfLeave))),
	}
}
