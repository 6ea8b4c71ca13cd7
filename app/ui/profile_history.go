package ui

import (
	"strconv"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

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
	from := max(0, n-historyLines-p.more)
	lines := make([]app.UI, 0, n-from)
	for i := n - 1; i >= from; i-- {
		c := p.cards[i]
		text := el("span", "entry-text", txt("span", "entry-title", titleOf(c)), txt("span", "entry-meta", w.state(items[i], c)))
		shown := link("entry-link", ItemURL(lang, c.ID), posterOf(c, "entry-poster"), text)
		if _, other, _ := recordOf(c.ID); other { // of another site, and perhaps of no page here
			shown = el("span", "entry-link", text)
		}
		lines = append(lines, el("li", "entry", shown,
			iconButton("entry-remove", strconv.Itoa(s.visit)+"/"+string(c.ID), "close", fill(w.Remove, "title", w.title(titleOf(c))), "",
				func(app.Context) { s.act(c, protocol.Forget, 0) }),
		).Attr("data-item", attr(string(c.ID))))
	}
	body := []app.UI{heading, el("ul", "entries", lines...).Attr("role", "list")}
	if from > 0 {
		body = append(body, button("button", strconv.Itoa(s.visit)+"/more", func(app.Context) {
			p.more += historyLines
			s.redraw()
		}, app.Text(w.Earlier)))
	}
	return el("section", "panel", append(body, logView(w, items[from:n], p.cards[from:n], len(p.entries)))...)
}

// logView draws the lines that are kept of these items, the latest item first and
// each item's in the order in which they were said.
func logView(w *words, items []said, cards []protocol.Card, all int) app.UI {
	var lines []app.UI
	for i := len(items) - 1; i >= 0; i-- {
		line := func(e protocol.Entry) {
			if e.Action != "" {
				date := time.Unix(e.At, 0).UTC().Format("2006-01-02")
				lines = append(lines, txt("li", "", date+" · "+titleOf(cards[i])+" · "+w.entry(e, cards[i])))
			}
		}
		for _, e := range items[i].before {
			line(e)
		}
		line(items[i].opinion)
		line(items[i].watch)
	}
	return el("details", "log",
		txt("summary", "", fill(w.LogTitle, "n", w.number(all))),
		el("ul", "log-lines", lines...).Attr("role", "list"))
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
	case protocol.Seen:
		return w.Seen
	case protocol.View:
		return w.Viewed
	}
	return w.did(c, e.Action, e.Stars, false)
}
