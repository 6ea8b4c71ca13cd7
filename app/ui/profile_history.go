package ui

import (
	"slices"
	"strconv"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

const historyLines = 100 // that are drawn at once

// historyView draws what holds of each item, the latest first, and folded beneath
// it every line that is kept.
func (p *profilePage) historyView(s *store) app.UI {
	w, lang := s.words, s.route.lang
	heading := txt("h2", "panel-title", w.HistoryTitle).Attr("id", "history")
	items := byItem(p.entries)
	n := min(len(items), len(p.cards)) // they come in one answer
	if n == 0 {
		return el("section", "panel", heading, txt("p", "muted", w.HistoryEmpty))
	}
	lines := make([]app.UI, 0, min(n, historyLines+p.more))
	for i := n - 1; i >= max(0, n-historyLines-p.more); i-- {
		c := p.cards[i]
		lines = append(lines, el("li", "entry",
			link("entry-link", ItemURL(lang, c.ID), posterOf(c, "entry-poster"),
				el("span", "entry-text", txt("span", "entry-title", titleOf(c)), txt("span", "entry-meta", w.state(items[i], c)))),
			iconButton("entry-remove", strconv.Itoa(s.visit)+"/"+string(c.ID), "close", fill(w.Remove, "title", w.title(titleOf(c))), "",
				func(app.Context) { s.act(c, protocol.Forget, 0) }),
		))
	}
	body := []app.UI{heading, el("ul", "entries", lines...).Attr("role", "list")}
	if n > historyLines+p.more {
		body = append(body, button("button", strconv.Itoa(s.visit)+"/more", func(app.Context) {
			p.more += historyLines
			s.redraw()
		}, app.Text(w.Earlier)))
	}
	return el("section", "panel", append(body, p.logView(w))...)
}

// logView draws the newest lines of the log, the latest first.
func (p *profilePage) logView(w *words) app.UI {
	titles := map[catalog.ID]protocol.Card{}
	for _, c := range p.cards {
		titles[c.ID] = c
	}
	log := slices.Clone(p.entries)
	slices.SortStableFunc(log, func(a, b protocol.Entry) int { return int(min(max(b.At-a.At, -1), 1)) })
	return el("details", "log",
		txt("summary", "", fill(w.LogTitle, "n", w.number(len(log)))),
		el("ul", "log-lines", list(log[:min(len(log), historyLines+p.more)], func(_ int, e protocol.Entry) app.UI {
			c := titles[e.ID]
			return txt("li", "", time.Unix(e.At, 0).UTC().Format("2006-01-02")+" · "+titleOf(c)+" · "+w.entry(e, c))
		})...).Attr("role", "list"))
}

// titleOf returns the title of c, or its id where the catalog does not know it.
func titleOf(c protocol.Card) string {
	if c.Title == "" {
		return string(c.ID)
	}
	return c.Title
}

// state describes what holds of an item in short.
func (w *words) state(it said, c protocol.Card) string {
	text := ""
	if it.opinion.Action != "" {
		text = w.entry(it.opinion, c)
	}
	if it.watch.Action == "" {
		return text
	}
	if text != "" {
		text += " · "
	}
	return text + w.Watching
}

// entry describes a profile entry in short.
func (w *words) entry(e protocol.Entry, c protocol.Card) string {
	switch e.Action {
	case protocol.Rate:
		return "★ " + w.stars(e.Stars)
	case protocol.Watchlist:
		return w.Watching
	case protocol.Like:
		return w.Liked
	case protocol.View:
		return w.Viewed
	}
	return w.did(c, e.Action, e.Stars, false)
}
